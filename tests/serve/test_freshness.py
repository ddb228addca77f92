"""Readers see an update and a rebuild at once; a build and updates keep out of each other's way."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import kg
from kg.engine.folder import exclusive

NAMES = "SELECT ?name { ?s a eco:Agency ; rdfs:label ?name }"
EDITS = "SELECT ?o { GRAPH graph:edits { ?s rdfs:comment ?o } }"


def note(text: str) -> str:
    return f'INSERT DATA {{ GRAPH graph:edits {{ water:泾河 rdfs:comment "{text}"@zh }} }}'


def test_every_reader_sees_an_update_at_once(writing: Any) -> None:
    for number in range(10):
        assert writing.update(f'DELETE WHERE {{ GRAPH graph:edits {{ water:泾河 rdfs:comment ?o }} }} ; {note(str(number))}').status == 204
        for _ in range(3):
            assert writing.query(EDITS, Accept="text/csv").text == f"o\r\n{number}\r\n"


def test_the_search_sees_an_update_at_once(writing: Any) -> None:
    agency = '<urn:局> a eco:Agency ; rdfs:label "新设督查局"@zh'
    for update, count in ((f"INSERT DATA {{ {agency} }}", 1), (f"DELETE DATA {{ {agency} }}", 0)):
        assert writing.update(update).status == 204
        assert len(json.loads(writing.ask("GET", "/search", url=[("q", "设督"), ("form", "json")]).text)) == count


def test_readers_see_a_rebuild_at_once_and_it_keeps_the_edits(built: Path, folder: Path, tmp_path: Path, serving: Any) -> None:
    output = tmp_path / "output"
    shutil.copytree(built, output)
    with serving(output, "--writable") as server:
        assert server.update(note("由人核对")).status == 204
        assert server.update("CLEAR DEFAULT").status == 204
        assert "甘肃省生态环境厅" not in server.query(NAMES, Accept="text/csv").text
        (folder / "新.txt").write_text("甘肃省水利厅印发《甘肃省泾河管护规划》。", encoding="utf-8")
        kg.build(folder, output)
        names = server.query(NAMES, Accept="text/csv").text
        assert "甘肃省生态环境厅" in names
        assert "甘肃省水利厅" in names
        assert server.query(EDITS, Accept="text/csv").text == "o\r\n由人核对\r\n"
    kg.build(folder, tmp_path / "fresh")
    assert (output / "graph.ttl").read_bytes() == (tmp_path / "fresh" / "graph.ttl").read_bytes()


def test_no_query_fails_while_updates_go_on(writing: Any) -> None:
    failed: list[str] = []
    going = True

    def ask() -> None:
        while going:
            reply = writing.query(NAMES)
            if reply.status != 200:
                failed.append(reply.text)

    readers = [threading.Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for number in range(10):
            assert writing.update(note(str(number))).status == 204
    finally:
        going = False
        for reader in readers:
            reader.join()
    assert failed == []


def test_an_answer_on_its_way_is_of_the_graph_where_it_began(writing: Any) -> None:
    pieces: list[Any] = []
    reading = threading.Thread(target=lambda: pieces.append(writing.ask("GET", "/store?default", Accept="application/n-triples")))
    before = writing.ask("GET", "/store?default", Accept="application/n-triples").body
    reading.start()
    assert writing.update("INSERT DATA { <urn:a> <urn:b> 1 }").status == 204
    reading.join()
    assert len(pieces[0].body.splitlines()) - len(before.splitlines()) in (0, 1)
    assert writing.update("DELETE DATA { <urn:a> <urn:b> 1 }").status == 204


def test_while_a_build_holds_the_folder_updates_wait_for_another_time(writing: Any) -> None:
    with exclusive(writing.folder):
        reply = writing.update(note("später"))
        assert (reply.status, reply.headers["Retry-After"]) == (503, "10")
        assert "build" in reply.text
        assert writing.query(NAMES).status == 200
    assert writing.update(note("später")).status == 204


def test_an_update_that_takes_too_long_changes_nothing_and_holds_up_no_other(built: Path, tmp_path: Path, serving: Any) -> None:
    shutil.copytree(built, tmp_path / "output")
    with serving(tmp_path / "output", "--writable", "--timeout", "2") as server:
        start = time.monotonic()
        reply = server.update("INSERT { ?a <urn:x> ?l } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
        assert reply.status == 504
        assert time.monotonic() - start < 5
        assert server.update(note("danach")).status == 204
        assert server.query("ASK { ?s <urn:x> ?o }").text.strip() == '{"head":{},"boolean":false}'
