"""Every page in headless Chromium: what a person opens and clicks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import kg

WEB = Path(__file__).resolve().parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
SERVE = Path(kg.__file__).parent / "serve"
BUNDLED = (SERVE / "bundle" / "query.js").is_file()
DRAWN = (SERVE.parent / "render" / "bundle" / "page.js").is_file()
AGENCY = "/id/agency/" + quote("甘肃省生态环境厅")
PAGES = ["/", "/documents", "/search?q=jh", "/search?q=none", "/questions", "/questions/targets", "/questions/about", "/indicators",
         "/ask", "/ask?q=" + quote("甘肃省生态环境厅发布了什么？"), AGENCY, "/nope"]
SCREENS = [(1440, 900, "light", "zh-CN"), (390, 844, "dark", "en")]
SOFTWARE = "GPU stall due to ReadPixels"
"""What Chromium says on the console where it draws without a graphics card."""

needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there: npm ci in web/")
needs_editor = pytest.mark.skipif(not BUNDLED, reason="the query editor has not been built: npm run build in web/")
needs_drawing = pytest.mark.skipif(not DRAWN, reason="the browsing page has not been built: npm run build in web/")


@contextmanager
def opening(browser: Any, server: Any, screen: tuple[int, int, str, str] = SCREENS[0], *, scripts: bool = True, expected: str = "") -> Iterator[Any]:
    """A page on which nothing may go wrong: no error on the console, no request to elsewhere."""
    width, height, scheme, locale = screen
    context = browser.new_context(base_url=server.address, locale=locale, viewport={"width": width, "height": height}, color_scheme=scheme,
                                  java_script_enabled=scripts)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if SOFTWARE not in message.text else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((server.address, "data:", "blob:")) else wrong.append(sent.url))
    yield page
    context.close()
    assert [said for said in wrong if not expected or expected not in said] == []


def faults(page: Any) -> list[str]:
    """The serious faults that axe-core finds."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found if fault["impact"] in ("serious", "critical")]


def until(page: Any, said: str) -> None:
    """Wait until something is so; Playwright's own way needs eval, which the policy of the pages does not allow."""
    for _ in range(100):
        if page.evaluate(said):
            return
        page.wait_for_timeout(50)
    raise AssertionError(said)


def painted(page: Any, path: str, tries: int = 3) -> float:
    """Milliseconds to the first contentful paint, the best of some tries: the machine does other things too."""
    best = 1e9
    for _ in range(tries):
        until(page, "performance.getEntriesByName('first-contentful-paint').length")
        best = min(best, page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        if best < 300:
            break
        page.goto(path)
    return best


@needs_axe
@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: f"{s[0]}-{s[2]}")
@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_without_a_fault(browser: Any, reading: Any, path: str, screen: tuple[int, int, str, str]) -> None:
    with opening(browser, reading, screen, expected="404 (Not Found)" if path == "/nope" else "") as page:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert painted(page, path) < 1000
        assert faults(page) == []


def test_a_person_finds_an_entity_and_its_words(browser: Any, reading: Any) -> None:
    with opening(browser, reading) as page:
        page.goto("/")
        page.locator(".find.big input").press_sequentially("gsssthjt", delay=20)
        page.locator(".complete li").first.get_by_text("甘肃省生态环境厅", exact=True).wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/agency/**")
        assert page.locator("h1").inner_text() == "甘肃省生态环境厅"
        fact = page.locator(".fact").first
        fact.locator("summary").click()
        assert fact.locator("mark.strong").first.inner_text() == "甘肃省生态环境厅"
        fact.locator("blockquote footer a").click()
        page.wait_for_url("**#char=**")
        target = page.locator(":target")
        assert not AXE.is_file() or faults(page) == []
        assert "甘肃省生态环境厅印发" in target.inner_text()
        assert target.evaluate("e => e.getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_mark_leads_to_its_facts_and_back(browser: Any, reading: Any, scripts: bool) -> None:
    with opening(browser, reading, SCREENS[1], scripts=scripts) as page:
        page.goto("/")
        page.get_by_role("link", name="甘肃省生态环境厅关于水生态保护的通报").click()
        page.locator("a.mark.Agency[href^='#facts-']").first.click()
        listed = page.locator(".stated li:target")
        assert "甘肃省水生态保护规划" in listed.inner_text()
        listed.locator(".back").click()
        assert "印发" in page.locator(".sentence:target").inner_text()
        page.locator(".stated .name").first.click()
        page.wait_for_load_state()
        assert page.locator("h1").inner_text()


def test_reading_needs_no_script(browser: Any, reading: Any) -> None:
    with opening(browser, reading, scripts=False) as page:
        page.goto("/")
        page.fill(".find.big input", "泾河")
        page.locator(".find.big button").click()
        page.get_by_role("link", name="泾河", exact=True).click()
        page.locator("summary").first.click()
        assert page.locator("blockquote").first.is_visible()
        page.goto("/questions/targets")
        page.fill("#p-year", "2025")
        page.get_by_role("button", name="查询").click()
        assert page.locator(".rows tbody tr").count() == 1
        page.get_by_role("link", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"


def test_a_question_completes_names_and_answers(browser: Any, reading: Any) -> None:
    with opening(browser, reading) as page:
        page.goto("/questions/who-issued")
        page.locator("#p-agency").press_sequentially("plsrmzf", delay=20)
        page.locator(".complete li").first.get_by_text("平凉市人民政府", exact=True).wait_for()
        page.locator(".complete li").first.click()
        assert page.locator("#p-agency").input_value() == "平凉市人民政府"
        page.get_by_role("button", name="查询").click()
        assert "平凉市泾河综合治理方案" in page.locator(".rows").inner_text()
        with page.expect_download() as started:
            page.get_by_role("link", name="CSV").click()
        assert started.value.suggested_filename == "who-issued.csv"
        page.locator(".sparql summary").click()
        assert "SELECT" in page.locator(".sparql pre").inner_text()


def test_indicators_and_places_lead_on(browser: Any, reading: Any) -> None:
    with opening(browser, reading) as page:
        page.goto("/indicators")
        page.get_by_role("link", name="优良断面").first.click()
        assert "≥95%" in page.locator(".rows").inner_text()
        page.locator(".rows .sentence a").first.click()
        page.wait_for_url("**#char=**")


@needs_drawing
def test_the_graph_opens_in_its_frame_and_leads_to_pages(browser: Any, reading: Any) -> None:
    with opening(browser, reading, expected="503") as page:
        page.goto(AGENCY)
        page.locator(".around figcaption a").click()
        page.wait_for_selector("iframe#graph", timeout=60_000)
        inside = page.frame_locator("#graph")
        inside.locator("#panel h2").get_by_text("甘肃省生态环境厅").wait_for(timeout=90_000)
        inside.locator("#panel a.button").first.click()
        page.wait_for_url("**/id/agency/**")
        assert page.locator("h1").inner_text() == "甘肃省生态环境厅"


@needs_axe
@needs_editor
@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: f"{s[0]}-{s[2]}")
def test_the_query_page_opens_without_a_fault(browser: Any, reading: Any, screen: tuple[int, int, str, str]) -> None:
    with opening(browser, reading, screen) as page:
        page.goto("/query")
        page.wait_for_selector("#editor[data-ready]")
        assert faults(page) == []


@needs_editor
def test_the_query_page_asks_and_draws(browser: Any, reading: Any) -> None:
    with opening(browser, reading) as page:
        page.goto("/query")
        page.wait_for_selector("#editor[data-ready]")
        page.select_option("#example", "best-supported")
        page.locator(".yasqe_queryButton").click()
        page.wait_for_selector(".yasr table.answered tbody td")
        assert "甘肃省生态环境厅" in page.locator(".yasr").inner_text()
        page.locator(".yasr_btn.select_chart").click()
        assert page.locator(".yasr rect.bar").count() > 3
        page.select_option("#example", "who-issued")
        page.locator(".yasqe_queryButton").click()
        page.locator(".yasr_btn.select_graph:not(.disabled)").click()
        page.wait_for_selector(".yasr .drawn .node")
        page.locator(".yasr .drawn a").first.click()
        page.wait_for_url("**/id/**")


@needs_editor
def test_an_answer_is_sorted_by_the_keyboard_and_taken_away(browser: Any, reading: Any) -> None:
    with opening(browser, reading) as page:
        page.goto("/query")
        page.wait_for_selector("#editor[data-ready]")
        page.evaluate("q => yasgui.getTab().setQuery(q)", 'SELECT ?name ?n WHERE { VALUES (?name ?n) { ("=1+1" 2) ("泾河，" 1) } }')
        page.locator(".yasqe_queryButton").click()
        header = page.locator(".yasr table.answered th button", has_text="n").last
        header.focus()
        page.keyboard.press("Enter")
        assert page.locator(".yasr th[aria-sort=ascending] button").evaluate("e => e === document.activeElement")
        page.keyboard.press("Enter")
        assert page.locator(".yasr table.answered tbody td").first.inner_text() == "=1+1"
        with page.expect_download() as started:
            page.locator(".yasr_downloadIcon").click()
        assert started.value.suggested_filename.endswith(".csv")
        assert Path(started.value.path()).read_bytes() == "\ufeffname,n\r\n'=1+1,2\r\n泾河，,1\r\n".encode()


@needs_editor
def test_the_editor_completes_terms_and_declares_prefixes(browser: Any, reading: Any) -> None:
    with opening(browser, reading) as page:
        page.goto("/query")
        page.wait_for_selector("#editor[data-ready]")
        page.evaluate("yasgui.getTab().setQuery('SELECT * WHERE { ?x a  }')")
        page.evaluate("(() => { const e = yasgui.getTab().getYasqe(); e.setCursor(0, 22); e.focus(); })()")
        page.keyboard.type("eco:Age", delay=30)
        page.wait_for_selector(".CodeMirror-hint")
        assert "eco:Agency" in page.locator(".CodeMirror-hints").inner_text()
        page.keyboard.press("Enter")
        until(page, "yasgui.getTab().getYasqe().getValue().includes('PREFIX eco:')")
        query = page.evaluate("yasgui.getTab().getYasqe().getValue()")
        assert "eco:Agency" in query
        assert query.count("PREFIX") == 1


HOSTILE = "<script>window.hit=1</script><img src=x onerror=window.hit=1>"


@pytest.fixture(scope="module")
def hostile(serving: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server over a document whose name, title and text would be markup."""
    room = tmp_path_factory.mktemp("hostile")
    (room / "documents").mkdir()
    text = f"{HOSTILE}平凉市通报\n2024年3月1日\n\n平凉市生态环境局印发《{HOSTILE}泾河治理方案》。到2025年，{HOSTILE}优良天数比率达到95%以上。\n"
    (room / "documents" / "<img src=x onerror=window.hit=1>.txt").write_text(text, encoding="utf-8")
    kg.build(room / "documents", room / "output")
    with serving(room / "output", "--writable") as server:
        iri, label = "https://w3id.org/shanshui/id/agency/hostile", json.dumps(HOSTILE)
        server.update(f"INSERT DATA {{ <{iri}> a eco:Agency ; rdfs:label {label}@zh ; skos:altLabel {label} ; eco:documentCount 9 }}")
        yield server


@pytest.mark.parametrize("path", ["/", "/documents", "/id/agency/hostile", "/search?q=hit", "/questions/documents", "/indicators",
                                  "/search?q=" + quote(HOSTILE), "/ask?q=" + quote(HOSTILE), "/questions/targets?place=" + quote(HOSTILE)])
def test_nothing_hostile_runs(browser: Any, hostile: Any, path: str) -> None:
    with opening(browser, hostile) as page:
        page.goto(path)
        for folded in page.locator("summary").all():
            folded.click()
        assert page.locator("img").count() == 0
        assert page.evaluate("window.hit") is None


def test_a_hostile_name_is_completed_as_text(browser: Any, hostile: Any) -> None:
    with opening(browser, hostile) as page:
        page.goto("/")
        page.locator(".find.big input").press_sequentially("<script", delay=10)
        page.wait_for_selector(".complete li")
        assert HOSTILE in page.locator(".complete").inner_text()
        assert page.evaluate("window.hit") is None


@needs_editor
def test_a_hostile_name_is_text_in_answers(browser: Any, hostile: Any) -> None:
    with opening(browser, hostile) as page:
        page.goto("/query")
        page.wait_for_selector("#editor[data-ready]")
        asked = "SELECT ?x ?name ?n WHERE { ?x a <https://w3id.org/shanshui/ontology#Agency> ; <http://www.w3.org/2000/01/rdf-schema#label> ?name ; " \
                "<https://w3id.org/shanshui/ontology#documentCount> ?n }"
        page.evaluate("query => yasgui.getTab().setQuery(query)", asked)
        page.locator(".yasqe_queryButton").click()
        page.wait_for_selector(".yasr table.answered tbody td")
        page.locator(".yasr_btn.select_chart").click()
        page.wait_for_selector(".yasr rect.bar")
        assert page.locator(".yasr img").count() == 0
        assert page.evaluate("window.hit") is None
