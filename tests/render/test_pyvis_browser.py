"""The page in headless Chromium, with the network off."""

import pytest

from kg.query.reading import EntityRow
from kg.render.picture import Picture
from kg.render.pyvis_page import html

READY = "document.documentElement.dataset.ready"


@pytest.fixture(params=[(1440, 900, "light"), (390, 844, "dark")], ids=lambda p: f"{p[0]}-{p[2]}")
def page(request, browser, shown, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(html(shown), encoding="utf-8")
    width, height, scheme = request.param
    context = browser.new_context(offline=True, locale="zh-CN", viewport={"width": width, "height": height}, color_scheme=scheme)
    opened = context.new_page()
    wrong = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda sent: None if sent.url.startswith(("file:", "data:")) else wrong.append(sent.url))
    opened.goto(file.as_uri())
    opened.wait_for_function(READY)
    yield opened
    assert wrong == []
    assert opened.evaluate("window.hit") is None
    assert opened.locator("img").count() == 0
    context.close()


def test_the_page_opens_with_the_list_of_entities(page):
    assert page.locator("#panel .row").count() == 6
    assert "6 实体" in page.locator("#counts").inner_text()
    assert "另有 3 个" in page.locator("#note").text_content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_hostile_name_stays_text_in_every_place(page, hostile):
    page.fill("#search", "<img")
    assert page.locator("#found li").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").text_content() == hostile
    for row in page.locator("#panel summary").all():
        row.click()
    assert "onerror" in page.locator("#panel").inner_text()
    page.locator("#panel .link").nth(1).click()
    page.wait_for_timeout(300)


def test_an_entity_shows_its_facts_with_sentence_and_document(page):
    page.fill("#search", "省生态环境厅")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    text = page.locator("#panel").inner_text()
    assert "发布" in text
    assert "甘肃省水生态保护规划" in text
    assert "第0句话" in text
    assert "2024-03-01" in text
    assert page.locator("#panel mark").first.inner_text() == "省生态环境厅"
    page.keyboard.press("Escape")
    assert page.locator("#panel .row").count() == 6


def test_figures_stand_with_their_place(page):
    page.fill("#search", "gss")
    page.keyboard.press("Enter")
    assert "95%以上" in page.locator("#panel").inner_text()


def test_the_picture_answers_to_the_mouse(page):
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    places = page.evaluate("JSON.parse(document.getElementById('graph').textContent).nodes.map(n => [n.x, n.y])")
    assert len(places) == 6
    page.locator("#fit").click()
    page.wait_for_timeout(400)
    assert page.locator("#panel .row").count() == 6


def test_english_and_back(page):
    page.locator("#language").click()
    assert page.locator("#counts").inner_text().startswith("6 entities")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("#language").click()
    assert "实体" in page.locator("#counts").inner_text()


def test_every_control_is_reached_by_keyboard_and_named(page):
    names = page.evaluate("""[...document.querySelectorAll('button, input, summary')].filter(e => e.offsetParent)
        .map(e => [e.tabIndex, (e.getAttribute('aria-label') || e.textContent).trim()])""")
    assert all(index == 0 and name for index, name in names)


def test_nothing_found_says_so(page):
    page.fill("#search", "没有这个名字")
    assert "没有找到" in page.locator("#found").inner_text()


def test_print_shows_the_list(page):
    page.emulate_media(media="print")
    assert page.locator("#search").is_hidden()
    assert page.locator("#panel").is_visible()


@pytest.mark.parametrize("names", [(), ("泾河",)], ids=["nothing", "one entity without a relation"])
def test_small_pictures_open_too(browser, names, tmp_path):
    entities = tuple(EntityRow(f"urn:{name}", "WaterFeature", "River", name) for name in names)
    file = tmp_path / "page.html"
    file.write_text(html(Picture(entities, {e.iri: e for e in entities}, (), (), {}, {}, len(names))), encoding="utf-8")
    with browser.new_context(offline=True, locale="zh-CN") as context:
        opened = context.new_page()
        wrong = []
        opened.on("console", lambda message: wrong.append(message.text))
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.goto(file.as_uri())
        opened.wait_for_function(READY)
        assert opened.locator("#panel").inner_text().startswith("依据最多" if names else "这里没有实体")
        assert wrong == []
