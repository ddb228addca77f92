"""The browsing page in headless Chromium with software WebGL and the network off: what a person does."""

import re
from pathlib import Path

import pytest

import kg
from kg.query.reading import ClaimRow, EntityRow, Evidence
from kg.query.whole import Mentions
from kg.render import web_page
from kg.render.picture import Picture

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def sample(built):
    return built / "graph.html"


@pytest.fixture
def opening(browser):
    """Opens a file as a page that reports errors of its console and requests to the outside.

    Playwright waits for conditions by eval, which the page's own policy forbids: `policed` leaves the policy in force.
    """
    contexts, wrong = [], []

    def opens(file, *, width=1440, height=900, scheme="light", language="zh-CN", fragment="", policed=False):
        context = browser.new_context(offline=True, locale=language, viewport={"width": width, "height": height}, color_scheme=scheme,
                                      accept_downloads=True, reduced_motion="reduce", bypass_csp=not policed)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") and "GPU stall" not in m.text else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith(("file:", "data:", "blob:")) else wrong.append(sent.url))
        page.goto(file.as_uri() + fragment)
        page.locator("html[data-ready=true]").wait_for(state="attached")
        return page

    yield opens
    for context in contexts:
        context.close()
    assert wrong == []


def find(page, typed):
    page.fill("#search", typed)
    page.keyboard.press("Enter")


def sentence(page):
    """The first sentence of the panel, opened where it is folded."""
    if not page.locator("#panel blockquote").count():
        page.locator("#panel button.open").first.click()
    quoted = page.locator("#panel blockquote p", has_text=re.compile("...")).first
    quoted.wait_for()
    return quoted


def test_search_by_pinyin_opens_an_entity_and_its_sentence(opening, sample):
    page = opening(sample, policed=True)
    find(page, "plsrmzf")
    assert page.locator("#panel h2").first.inner_text() == "平凉市人民政府"
    assert len(sentence(page).inner_text()) > 8
    assert page.locator("#panel blockquote mark").count() > 0
    assert page.locator("#panel blockquote footer").first.inner_text()


def test_a_click_on_the_picture_opens_what_lies_there(opening, sample):
    page = opening(sample)
    place = page.evaluate("shanshui.positionOf('平凉市')")
    page.mouse.click(place["x"], place["y"])
    page.wait_for_function("shanshui.state().selected !== null")
    assert page.locator("#panel h2").first.inner_text() == "平凉市"
    page.keyboard.press("Escape")
    page.wait_for_function("shanshui.state().selected === null")


def test_the_picture_stands_on_two_sheets_of_its_size_and_the_panel_is_filled_after(opening, sample):
    page = opening(sample)
    room = page.evaluate("[canvas.clientWidth, canvas.clientHeight]")
    assert page.locator("#canvas canvas").evaluate_all("all => all.map(one => [one.width, one.height])") == [room, room]
    page.locator("#panel h2").first.wait_for()
    assert page.locator("#legend .number").evaluate_all("all => all.every(one => Number(one.textContent) > 0)")
    assert page.evaluate("performance.getEntriesByName('ready').length") == 1


def test_the_legend_filters_and_says_how_many(opening, sample):
    page = opening(sample)
    before = page.evaluate("shanshui.shown()")
    page.locator("#legend [data-filter=types-1]").click()
    after = page.evaluate("shanshui.shown()")
    assert after["nodes"] < before["nodes"]
    assert page.locator("#legend [data-filter=types-1]").get_attribute("aria-pressed") == "false"
    page.go_back()
    page.wait_for_function("n => shanshui.shown().nodes === n", arg=before["nodes"])
    page.locator("#filters").click()
    page.locator("#drawer select[data-filter=document]").select_option(index=1)
    assert page.evaluate("shanshui.shown().nodes") < before["nodes"]
    page.locator("#drawer .actions button").click()
    assert page.evaluate("shanshui.shown().nodes") == before["nodes"]


def test_a_path_between_two_entities_with_its_evidence(opening, sample):
    page = opening(sample)
    find(page, "崆峒区人民政府")
    page.get_by_role("button", name=re.compile("从这里|path from", re.I)).click()
    find(page, "平凉市人民政府")
    page.locator("#panel .notice button.strong").click()
    assert page.locator("#panel ol.path > li").count() == 3
    assert len(page.evaluate("shanshui.state().path")) == 2


def test_language_theme_and_the_address_that_restores(opening, sample):
    page = opening(sample)
    find(page, "泾河")
    page.locator("#language").click()
    assert "entities" in page.locator("#counts").inner_text()
    page.locator("#theme").click()
    again = opening(sample, fragment=page.evaluate("location.hash"))
    assert again.locator("#panel h2").first.inner_text() == "泾河"
    assert "entities" in again.locator("#counts").inner_text()


@pytest.mark.parametrize(("item", "suffix", "begins"), [("PNG", ".png", b"\x89PNG"), ("SVG", ".svg", b"<"), ("CSV", ".csv", b"\xef\xbb\xbf")])
def test_pictures_and_tables_are_taken_away(opening, sample, item, suffix, begins):
    page = opening(sample)
    page.locator("#takeaway summary").click()
    with page.expect_download() as caught:
        page.locator("#takeaway .menu button", has_text=item).first.click()
    assert caught.value.suggested_filename.endswith(suffix)
    body = Path(caught.value.path()).read_bytes()
    assert body.startswith(begins)
    assert len(body) > 500
    if suffix != ".png":
        assert "平凉市".encode() in body


def test_the_other_views_show_and_lead_to_evidence(opening, sample):
    page = opening(sample)
    for view in ("timeline", "matrix"):
        page.locator(f"#tabs [data-view={view}]").click()
        page.locator("#other p").first.wait_for()
    cell = page.locator("#other td[data-at]").first
    cell.click()
    page.locator("#panel blockquote").first.wait_for()


def test_the_keyboard_alone_leads_everywhere(opening, sample):
    page = opening(sample)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("pingliangshi")
    page.keyboard.press("Enter")
    assert page.evaluate("shanshui.state().selected.kind") == "entity"
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "height", "scheme"), [(1440, 900, "light"), (390, 844, "dark")])
def test_no_serious_faults_for_those_who_do_not_see_or_point(opening, sample, width, height, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is not there: run npm ci in web/")
    page = opening(sample, width=width, height=height, scheme=scheme)
    find(page, "平凉市")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                          ".map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target).join(' ')}`))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


HARD = ["<script>window.hit=1</script>", "\u202e倒着的名字\u202c", "长" * 10_000, "🏞️水💧", "'\"`&amp;<b>", "=1+1"]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_hostile_names_are_text_and_break_no_layout(opening, shown, tmp_path, width, scheme):
    entities = (*shown.drawn, *(EntityRow(f"urn:h{n}", "Agency", "", name, (name,)) for n, name in enumerate(HARD)))
    hostile = Picture(entities, {e.iri: e for e in entities}, shown.claims, shown.values, shown.documents, shown.support, len(entities))
    file = tmp_path / "page.html"
    file.write_text(web_page.html(hostile, {}, Mentions), encoding="utf-8")
    page = opening(file, width=width, scheme=scheme)
    for n, name in enumerate(HARD):
        page.evaluate("n => { location.hash = ''; shanshui.select(n) }", name)
        assert page.locator("#panel h2").first.text_content() == name, n
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), n
    find(page, "<img")
    sentence(page)
    for view in ("timeline", "matrix", "graph"):
        page.locator(f"#tabs [data-view={view}]").click()
    assert page.evaluate("window.hit") is None
    assert page.locator("img:not(#printed)").count() == 0
    assert page.locator("script:not([type]):not([id])").count() <= 1


def test_a_large_graph_opens_in_groups(opening, tmp_path):
    entities = tuple(EntityRow(f"urn:{n}", "Place", "", f"第{n}镇", documents=1) for n in range(900))
    claims = tuple(ClaimRow(f"urn:c{n}", f"urn:{n}", "partOf", f"urn:{n // 30 * 30 if n % 30 else max(n - 30, 0)}", "done",
                            Evidence(f"urn:d#char={n},{n + 1}", "句", "urn:d")) for n in range(1, 900))
    shown = Picture(entities, {e.iri: e for e in entities}, claims, (), {}, {e.iri: 2 for e in entities}, 900)
    file = tmp_path / "page.html"
    file.write_text(web_page.html(shown, {}, Mentions), encoding="utf-8")
    page = opening(file)
    assert page.evaluate("shanshui.state().by") == "community"
    closed = page.evaluate("shanshui.shown().nodes")
    assert closed < 200
    place = page.evaluate("shanshui.positionOfGroup(0)")
    page.mouse.click(place["x"], place["y"])
    page.wait_for_function("n => shanshui.shown().nodes > n", arg=closed)
    page.locator("#ways [data-by=all]").click()
    page.wait_for_function("shanshui.shown().nodes === 900")


def test_what_was_left_out_is_said(opening, built, tmp_path):
    with kg.open(built) as graph:
        whole = graph.render(engine="webgl")
    bare = len(whole.encode()) - sum(len(b) for b in re.findall(r'<script type="text/plain" id="sentences-\d+">[^<]*</script>\n', whole))
    with kg.open(built) as graph:
        text = graph.render(engine="webgl", max_size=(bare + 100) / 1e6)
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    page = opening(file)
    find(page, "平凉市人民政府")
    assert "--max-size" in sentence(page).inner_text()
