"""The pages as a reader without scripts gets them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rdflib import Graph

import kg
from kg.query.ready import questions
from kg.serve.pages.home import themes
from kg.serve.pages.language import strings
from kg.vocab import ID

AGENCY = "/id/agency/" + quote("甘肃省生态环境厅")
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HOSTILE = "<script>window.hit=1</script><img src=x onerror=window.hit=1>"
BREAKING = '"><svg onload=window.hit=1>'


def get(server: Any, path: str, *, url: Any = (), **headers: str) -> Any:
    return server.ask("GET", path, url=url, **{"Accept": HTML, "Accept_Language": "zh-CN", **headers})


def words(reply: Any) -> str:
    """What a page says: its text without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"(?s)<head>.*?</head>", "", reply.text)))


def document_of(server: Any, title: str) -> str:
    listed = get(server, "/documents").text
    return next(path for path, named in re.findall(r'href="(/id/document/\w+)"><bdi>([^<]*)', listed) if title in named)


@pytest.mark.parametrize("path", ["/", "/documents", "/search", "/search?q=jh", "/questions", "/questions/targets", "/questions/about", "/indicators",
                                  "/ask", "/graph", "/query", AGENCY])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_page_is_whole_in_both_languages(reading: Any, path: str, language: str) -> None:
    reply = get(reading, f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy or path == "/query"
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in reply.text
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", reply.text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', reply.text)
    assert f"lang={language}" in reply.headers["Set-Cookie"]


def test_the_language_is_chosen_kept_and_guessed(reading: Any) -> None:
    assert "最新文档" in get(reading, "/").text
    assert "Newest documents" in get(reading, "/", Accept_Language="en-GB,en;q=0.9").text
    assert "Newest documents" in get(reading, "/", Cookie="lang=en").text
    assert "最新文档" in get(reading, "/?lang=zh", Cookie="lang=en").text
    assert "最新文档" in get(reading, "/?lang=<b>").text
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in get(reading, "/").headers["Vary"].split(",")}


def test_home_counts_lists_and_asks(reading: Any) -> None:
    said = words(get(reading, "/"))
    assert "文档 3" in said
    assert "平凉市生态环境局工作简报" in said
    assert all(question.title_zh in said for question in questions().values())


@pytest.mark.parametrize(("query", "name"), [("泾河", "泾河"), ("jinghe", "泾河"), ("jh", "泾河"), ("态环境厅", "甘肃省生态环境厅"), ("崆峒区信息", "崆峒区信息")])
def test_search_finds_by_any_form(reading: Any, query: str, name: str) -> None:
    assert name in words(get(reading, "/search", url=[("q", query)]))
    suggested = json.loads(get(reading, "/search", url=[("q", query), ("form", "json")]).text)
    assert name in [each["name"] for each in suggested]


def test_search_keeps_to_a_type_and_says_when_nothing_is_found(reading: Any) -> None:
    assert "泾河生态修复工程" not in words(get(reading, "/search", url=[("q", "泾河"), ("type", "WaterFeature")]))
    assert "没有找到“没有的名字”" in words(get(reading, "/search", url=[("q", "没有的名字")]))


def test_an_entity_has_its_facts_with_sentences(reading: Any) -> None:
    said = words(get(reading, AGENCY))
    assert "甘肃省生态环境厅" in said
    assert "政府机关" in said
    assert "甘肃省水生态保护规划" in said
    assert "甘肃省生态环境厅印发《甘肃省水生态保护规划》，明确治理重点。" in said
    assert "甘肃省生态环境厅关于水生态保护的通报" in said
    assert '<mark class="Agency strong">甘肃省生态环境厅</mark>' in get(reading, AGENCY).text


@pytest.mark.parametrize(("accept", "media"), [
    (HTML, "text/html"), ("*/*", "text/html"), ("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"),
    ("application/ld+json;q=0.5, text/turtle", "text/turtle"), ("application/rdf+xml", "application/rdf+xml")])
def test_an_entity_answers_in_the_form_that_is_accepted(reading: Any, accept: str, media: str) -> None:
    reply = get(reading, AGENCY, Accept=accept)
    assert (reply.status, reply.headers.get_content_type()) == (200, media)
    assert "Accept" in reply.headers["Vary"]


@pytest.mark.parametrize(("name", "form"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_downloads_are_rdf_of_the_entity(reading: Any, name: str, form: str) -> None:
    graph = Graph().parse(data=get(reading, f"{AGENCY}?format={name}").text, format=form)
    labels = {str(label) for label in graph.objects(predicate=None)}
    assert "甘肃省生态环境厅" in labels
    assert any("甘肃省生态环境厅印发" in label for label in labels)


def test_a_form_that_is_not_there_and_a_name_that_is_not_there(reading: Any) -> None:
    assert get(reading, AGENCY, Accept="image/png").status == 406
    for accept in (HTML, "text/turtle"):
        assert get(reading, "/id/agency/nobody", Accept=accept).status == 404
    assert "首页" in words(get(reading, "/nowhere/at/all"))
    assert get(reading, "/nowhere", Accept="*/*").headers.get_content_type() == "text/plain"
    assert get(reading, "/questions/none").status == 404
    assert get(reading, "/indicators/none").status == 404


def test_an_iri_leads_to_its_page(reading: Any) -> None:
    reply = get(reading, "/resource?iri=" + quote(ID) + "agency/" + quote("甘肃省生态环境厅"))
    assert (reply.status, reply.headers["Location"]) == (303, AGENCY)
    assert get(reading, "/resource?iri=urn:nothing").status == 404
    assert get(reading, "/resource?iri=%22%3E%3Cscript%3E").status == 404
    value = re.search(re.escape(ID) + r"value/\w+", reading.query("SELECT ?v { ?v a eco:Target }").text)
    assert value
    assert "95" in words(get(reading, value[0].replace(ID, "/id/")))


def test_a_document_shows_its_text_with_marks_and_facts(reading: Any) -> None:
    reply = get(reading, document_of(reading, "水生态保护"))
    assert re.search(r'<a class="mark Agency" href="#facts-\d+" data-of="[^"]+" title="甘肃省生态环境厅">甘肃省生态环境厅</a>', reply.text)
    assert re.search(r'<a class="mark value" href="#facts-\d+">95%</a>', reply.text)
    targets = set(re.findall(r'href="#([^"]+)"', reply.text)) - {"content"}
    assert targets == targets & set(re.findall(r'id="([^"]+)"', reply.text))
    assert any(target.startswith("char=") for target in targets)
    text = "甘肃省生态环境厅关于水生态保护的通报"
    assert text in words(reply)


@pytest.mark.parametrize("name", questions())
def test_each_ready_question_has_a_page_and_files(reading: Any, name: str) -> None:
    asked = questions()[name]
    reply = get(reading, f"/questions/{name}", url=list(asked.example.items()))
    assert reply.status == 200
    assert asked.title_zh in words(reply)
    given = [] if any(p.required for p in asked.parameters) and not asked.example else list(asked.example.items())
    answer = reading.ask("GET", f"/questions/{name}.csv", url=given)
    if answer.status == 200:
        assert next(csv.reader(io.StringIO(answer.text))) == list(asked.variables)
        assert json.loads(reading.ask("GET", f"/questions/{name}.json", url=given).text)["head"]["vars"] == list(asked.variables)
    else:
        assert answer.status == 400


def test_a_question_answers_with_sentences(reading: Any) -> None:
    reply = get(reading, "/questions/targets", url=[("place", "甘肃省"), ("year", "2025")])
    assert "≥95%" in words(reply)
    assert "到2025年，全省地表水优良断面比例达到95%以上。" in words(reply)
    assert re.search(r'href="/id/document/\w+#char=\d+,\d+"', reply.text)
    assert "place=%E7%94%98" in reply.text


def test_a_wrong_parameter_is_said_in_the_page(reading: Any) -> None:
    assert "is no integer" in words(get(reading, "/questions/targets", url=[("year", "many")]))
    assert "answers to 没有" in words(get(reading, "/questions/about", url=[("entity", "没有")]))
    assert "填好必填的条件" in words(get(reading, "/questions/about"))
    assert reading.ask("GET", "/questions/targets.csv", url=[("year", "many")]).status == 400


def test_plain_chinese_is_understood_or_not(reading: Any) -> None:
    understood = get(reading, "/ask", url=[("q", "甘肃省生态环境厅发布了什么？")])
    assert "甘肃省水生态保护规划" in words(understood)
    assert "理解为" in words(understood)
    assert "没有听懂" in words(get(reading, "/ask", url=[("q", "今天午饭吃什么")]))


def test_indicators_lead_to_their_values(reading: Any) -> None:
    listed = get(reading, "/indicators")
    path = re.search(r'href="(/indicators/[^"]+)"><bdi>[^<]*优良断面', listed.text)
    assert path
    said = words(get(reading, quote(unescape(path[1]), safe="/%")))
    assert "95%以上" in said
    assert "甘肃省" in said
    assert "没有这样的指标" in words(get(reading, "/indicators", url=[("q", "没有")]))


def test_static_files_are_kept_by_their_content(reading: Any) -> None:
    style = re.search(r'href="(/static/site\.css\?v=\w+)"', get(reading, "/").text)
    assert style
    assert "immutable" in get(reading, style[1]).headers["Cache-Control"]
    assert get(reading, "/static/site.css").headers["Cache-Control"] == "no-cache"
    for path in ("/static/../pages/routes.py", "/static/%2e%2e/pages/routes.py", "/static/..%2fpages%2froutes.py"):
        assert get(reading, path).status == 404


def test_a_head_has_no_body(reading: Any) -> None:
    reply = reading.ask("HEAD", "/")
    assert (reply.status, reply.body) == (200, b"")


def test_themes_name_questions_that_there_are() -> None:
    assert "other" not in themes()
    assert sorted(question.name for found in themes().values() for question in found) == sorted(questions())
    assert all(f"theme-{name}" in strings() for name in themes())


def test_every_string_is_said_in_both_languages_and_used() -> None:
    room = Path(kg.__file__).parent / "serve"
    used = "".join(path.read_text(encoding="utf-8") for path in [*room.rglob("*.html"), *room.rglob("*.py")])
    assert all(len(both) == 2 and all(both) for both in strings().values())
    built = ("error-", "do-", "theme-", "editor-", "target", "result", "change")
    named = {key for _, key in re.findall(r"""(['"])([\w-]+)\1""", used)}
    assert [key for key in strings() if key not in named and not key.startswith(built)] == []


def test_a_new_graph_is_searched_at_once(writing: Any) -> None:
    assert "没有找到" in words(get(writing, "/search", url=[("q", "新来的河")]))
    added = f'INSERT DATA {{ <{ID}water/新来的河> a eco:WaterFeature ; rdfs:label "新来的河"@zh ; eco:documentCount 1 }}'
    assert writing.update(added).status == 204
    assert "新来的河" in words(get(writing, "/search", url=[("q", "新来")]))
    assert "新来的河" in words(get(writing, "/id/water/" + quote("新来的河")))


@pytest.fixture(scope="module")
def hostile(serving: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server over a graph of documents whose names, titles and texts would be markup."""
    room = tmp_path_factory.mktemp("hostile")
    folder = room / "documents"
    folder.mkdir()
    text = (f"{HOSTILE}平凉市通报\n2024年3月1日\n\n平凉市{BREAKING}生态环境局印发《{HOSTILE}水污染防治规划》。"
            f"平凉市生态环境局实施《平凉市{BREAKING}泾河治理方案》，投资1.2亿元<b onclick=alert(1)>。到2025年，{HOSTILE}优良天数比率达到95%以上。\n")
    (folder / "<img src=x onerror=window.hit=1>.txt").write_text(text, encoding="utf-8")
    kg.build(folder, room / "output")
    with serving(room / "output", "--writable") as server:
        label = json.dumps(HOSTILE)
        added = (f"INSERT DATA {{ <{ID}agency/hostile> a eco:Agency ; rdfs:label {label}@zh ; skos:altLabel {json.dumps(BREAKING)} ; "
                 f"skos:hiddenLabel {label} ; eco:documentCount 1 . <{ID}water/hostile> a eco:WaterFeature ; rdfs:label {label}@zh ; "
                 f"eco:tributaryOf <{ID}agency/hostile> . <{ID}document/0123456789abcdef> a eco:Document ; dcterms:title {label} ; "
                 f"nif:isString {label} ; dcterms:issued '2024-01-01'^^xsd:date ; dcterms:source {label} . <{ID}document/0123456789abcdef#char=0,10> a eco:Sentence ; "
                 f"nif:beginIndex 0 ; nif:endIndex 10 ; nif:anchorOf {label} ; nif:referenceContext <{ID}document/0123456789abcdef> . "
                 f"<{ID}document/0123456789abcdef/claim/1> rdf:subject <{ID}agency/hostile> ; rdf:predicate eco:supervises ; "
                 f"rdf:object <{ID}water/hostile> ; eco:modality eco:done ; eco:evidence <{ID}document/0123456789abcdef#char=0,10> . "
                 f"<{ID}value/hostile> a eco:IndicatorValue, eco:Result ; eco:indicator <{ID}indicator/hostile> ; eco:value 1.5 ; "
                 f"eco:about <{ID}agency/hostile> ; eco:period {label} ; eco:operator {label} ; eco:unit <urn:unit> . "
                 f"<{ID}indicator/hostile> a skos:Concept ; rdfs:label {label}@zh . "
                 f"<{ID}document/0123456789abcdef/claim/2> eco:states <{ID}value/hostile> ; eco:modality eco:done ; eco:asWritten {label} ; "
                 f"eco:evidence <{ID}document/0123456789abcdef#char=0,10> }}")
        reply = server.update(added)
        assert reply.status == 204, reply.text
        yield server


HOSTILE_PATHS = ["/", "/documents", "/id/agency/hostile", "/id/water/hostile", "/id/document/0123456789abcdef", "/indicators", "/indicators/hostile",
                 "/id/value/hostile", "/search?q=script", "/questions/documents", "/questions/supervision", "/questions/results",
                 "/search?q=" + quote(HOSTILE), "/search?q=" + quote(BREAKING) + "&type=" + quote(BREAKING), "/ask?q=" + quote(HOSTILE),
                 "/questions/targets?place=" + quote(BREAKING), "/questions/sentences-with?text=" + quote(HOSTILE),
                 "/questions/about?entity=" + quote('urn:x> } INSERT DATA { <urn:a> <urn:b> <urn:c> } #'), "/indicators?q=" + quote(BREAKING),
                 "/nope/" + quote(HOSTILE), "/id/agency/" + quote(BREAKING), "/?lang=" + quote(BREAKING), "/resource?iri=" + quote("javascript:alert(1)"),
                 "/?" + quote(BREAKING), "/documents?page=" + quote(BREAKING)]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_what_is_hostile_stays_text(hostile: Any, path: str) -> None:
    reply = get(hostile, path)
    assert reply.status in (200, 404)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<svg onload|<img|<b onclick|=.javascript:", reply.text)
    assert not re.search(r'<\w[^>]*\son\w+=(?![^<]*&)', re.sub(r'"[^"]*"', '""', reply.text))
    assert hostile.query("ASK { <urn:a> <urn:b> ?c }").text.count("true") == 0


def test_a_hostile_file_is_read_as_text(hostile: Any) -> None:
    assert "<img src=x onerror=window.hit=1>.txt" in words(get(hostile, document_of(hostile, "平凉市通报")))
    answer = hostile.ask("GET", "/questions/documents.csv")
    assert HOSTILE in answer.text.replace('""', '"')
    assert answer.headers.get_content_type() == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
