"""kg build: what it writes, what it does again, what it refuses."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from filelock import FileLock

import kg
from kg import pipeline

FILES = ("graph.ttl", "graph.html")


def content(output):
    return {name: (output / name).read_bytes() for name in FILES}


def fresh(folder, room, **options):
    kg.build(folder, room, **options)
    return content(room)


def test_a_build_writes_store_turtle_page_and_report(call, folder, tmp_path):
    output = tmp_path / "output"
    shown = call("build", folder, "-o", output).output
    assert "documents" in shown
    assert str(output / "graph.ttl") in shown
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    assert (report["documents"], report["built"], report["skipped"]) == (3, 3, [])
    assert {"compare", "read", "extract", "store", "write", "total"} == set(report["seconds"])
    assert report["entities"]["Agency"] >= 4
    assert not [p.name for p in output.iterdir() if p.name.endswith((".part", ".next", ".old"))]


def test_building_again_extracts_only_what_changed_and_gives_the_bytes_of_a_fresh_build(folder, tmp_path):
    output = tmp_path / "output"
    kg.build(folder, output)
    again = kg.build(folder, output)
    assert (again.built, again.unchanged, again.removed) == (0, 3, 0)
    path = folder / "规划.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("91.5%", "92.5%"), encoding="utf-8")
    changed = kg.build(folder, output)
    assert (changed.built, changed.unchanged, changed.removed) == (1, 2, 1)
    assert content(output) == fresh(folder, tmp_path / "fresh")


def test_a_file_taken_away_takes_only_what_it_alone_supported(folder, tmp_path):
    output = tmp_path / "output"
    kg.build(folder, output)
    (folder / "平凉" / "信息.md").unlink()
    assert kg.build(folder, output).removed == 1
    assert content(output) == fresh(folder, tmp_path / "fresh")
    turtle = (output / "graph.ttl").read_text(encoding="utf-8")
    assert "崆峒区人民政府" not in turtle
    assert "平凉市泾河综合治理方案" in turtle


def test_the_order_of_the_input_and_the_number_of_processes_do_not_matter(folder, tmp_path):
    one = fresh([folder / "规划.txt", folder / "平凉"], tmp_path / "one")
    other = fresh([folder / "平凉", folder / "规划.txt"], tmp_path / "other", workers=2)
    assert one == other


def test_add_keeps_documents_that_are_not_given(folder, tmp_path):
    output = tmp_path / "output"
    kg.build(folder / "规划.txt", output)
    report = kg.build(folder / "平凉", output, add=True)
    assert (report.documents, report.built, report.unchanged) == (3, 2, 1)
    assert kg.build(folder / "平凉", output).documents == 2


@pytest.mark.parametrize("option", [{"place": "平凉市"}, {"year": 2023}, {"base_iri": "https://example.org/id/"}])
def test_options_are_part_of_what_a_document_yields(folder, tmp_path, option):
    output = tmp_path / "output"
    kg.build(folder, output)
    assert kg.build(folder, output, **option).built == 3
    assert content(output) == fresh(folder, tmp_path / "fresh", **option)


def test_a_row_of_the_metadata_builds_its_document_again(folder, tmp_path):
    output, table = tmp_path / "output", tmp_path / "meta.tsv"
    table.write_text("file\ttitle\tplace\n平凉/信息.md\t信息\t平凉市\n", encoding="utf-8")
    kg.build(folder, output)
    assert kg.build(folder, output, metadata=table).built == 1


def test_a_gazetteer_of_ones_own_finds_its_names(folder, tmp_path):
    table = tmp_path / "own.tsv"
    table.write_text("type\tsubtype\tname\nProject\tWorks\t污水管网\n", encoding="utf-8")
    assert kg.build(folder, tmp_path / "output", gazetteer=table).entities["Project"] >= 1
    table.write_text("type\tname\nCity\t平凉\n", encoding="utf-8")
    with pytest.raises(kg.KgError, match=r"own\.tsv:2"):
        kg.build(folder, tmp_path / "output", gazetteer=table)


def test_files_that_cannot_be_read_are_named_and_the_rest_is_built(call, folder, tmp_path):
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "空.txt").write_bytes(b"")
    output = tmp_path / "output"
    result = call("build", folder, "-o", output, status=1)
    assert "旧.doc" in result.stderr
    assert "空.txt" in result.stderr
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    assert report["documents"] == 3
    assert {row["file"] for row in report["skipped"]} == {"旧.doc", "空.txt"}
    assert all(row["reason"] and row["remedy"] for row in report["skipped"])


def test_strict_builds_nothing(call, folder, tmp_path):
    output = tmp_path / "output"
    kg.build(folder, output)
    before = content(output)
    (folder / "规划.txt").write_text("泾河。", encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    assert "Nothing was built" in call("build", folder, "-o", output, "--strict", status=1).stderr
    assert content(output) == before


@pytest.mark.parametrize("names", [(), ("空.txt",)])
def test_a_build_of_nothing_says_so(call, tmp_path, names):
    empty = tmp_path / "empty"
    empty.mkdir()
    for name in names:
        (empty / name).write_bytes(b"")
    shown = call("build", empty, "-o", tmp_path / "output", status=1).stderr
    assert "Nothing was built" in shown
    assert not (tmp_path / "output" / "store").exists()


def test_a_dry_run_lists_and_writes_nothing(call, folder, tmp_path):
    output = tmp_path / "output"
    shown = call("build", folder, "-o", output, "--dry-run").output
    assert "utf-8" in shown
    assert "平凉/简报.txt" in shown
    assert "2024" in shown
    assert not output.exists()


def test_two_files_of_one_text_are_one_document(call, folder, tmp_path):
    output = tmp_path / "output"
    kg.build(folder, output)
    (folder / "副本.txt").write_bytes((folder / "规划.txt").read_bytes())
    assert "副本.txt, 规划.txt" in call("build", folder, "-o", output).stderr
    assert content(output) == fresh(folder, tmp_path / "fresh")
    (folder / "规划.txt").unlink()
    report = kg.build(folder, output)
    assert (report.documents, report.duplicates) == (3, ())
    assert content(output) == fresh(folder, tmp_path / "again")


def test_files_of_one_name_in_two_folders_are_two_documents(folder, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "规划.txt").write_text("平凉市人民政府实施泾河生态修复工程。", encoding="utf-8")
    assert kg.build([folder, tmp_path / "other"], tmp_path / "output").documents == 4


def test_the_output_inside_the_input_is_not_read(folder):
    assert kg.build(folder, folder / "output").documents == 3
    report = kg.build(folder, folder / "output")
    assert (report.documents, report.skipped) == (3, ())


def test_a_second_build_is_told_to_wait(call, folder, tmp_path):
    output = tmp_path / "output"
    output.mkdir()
    with FileLock(output / ".lock"):
        assert "another build" in call("build", folder, "-o", output, status=1).stderr
    call("build", folder, "-o", output)


def test_a_store_of_another_layout_is_refused_with_the_remedy(call, folder, tmp_path):
    output = tmp_path / "output"
    kg.build(folder, output)
    layout = next(p for p in (output / "store").iterdir() if "layout" in p.name.lower())
    layout.write_text("0\n", encoding="utf-8")
    shown = call("build", folder, "-o", output, status=1).stderr
    assert "layout" in shown
    assert "elete" in shown
    assert "layout" in call("query", "-g", output, "ASK { ?s ?p ?o }", status=1).stderr


def test_a_document_that_breaks_the_extraction_is_skipped_and_reported(folder, tmp_path, monkeypatch):
    whole = pipeline.extract

    def extract(document, **named):
        if document.name == "规划.txt":
            raise ZeroDivisionError("by nothing")
        return whole(document, **named)

    monkeypatch.setattr(pipeline, "extract", extract)
    report = kg.build(folder, tmp_path / "output")
    assert report.documents == 2
    assert [s.file for s in report.skipped] == ["规划.txt"]
    assert "by nothing" in report.skipped[0].reason
    assert "Traceback" in report.skipped[0].trace


def test_an_interrupted_build_leaves_the_last_good_graph(folder, tmp_path):
    output = tmp_path / "output"
    kg.build(folder, output)
    before = content(output)
    (folder / "规划.txt").write_text("平凉市人民政府实施泾河生态修复工程。", encoding="utf-8")
    # a process that a shell starts in the background (with &), as tests may be, has SIGINT ignored, and so has each that it starts
    code = ("import signal, sys, time; from kg import pipeline\nfrom kg.cli import main\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "pipeline.extract = lambda *a, **k: (print('at work', flush=True), time.sleep(30))\n"
            f"main(['build', {str(folder)!r}, '-o', {str(output)!r}])")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"at work\n"
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"Traceback" not in complaint
    assert content(output) == before
    with kg.open(output) as graph:
        assert graph.counts().documents == 3


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_progress_shows_on_a_terminal_and_nowhere_else(folder, tmp_path):
    import pty
    quiet = subprocess.run([sys.executable, "-m", "kg.cli", "build", folder, "-o", tmp_path / "a"], capture_output=True, check=True)
    assert quiet.stderr == b""
    reader, terminal = pty.openpty()
    command = [sys.executable, "-m", "kg.cli", "build", folder, "-o", tmp_path / "b"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=terminal, check=True)
    os.close(terminal)
    time.sleep(0.1)
    shown = os.read(reader, 100_000)
    assert all(step in shown for step in (b"Reading", b"Extracting", b"Storing", b"Writing"))
    os.close(reader)


@pytest.mark.parametrize("base", ["nothing", "https://example.org/id", "https://example.org/a b/", "https://e.org/<x>/", ""])
def test_a_base_that_is_no_base_is_refused(call, folder, tmp_path, base):
    assert "ends in / or #" in call("build", folder, "-o", tmp_path / "output", "--base-iri", base, status=1).stderr


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_file_name_that_is_no_text(folder, tmp_path):
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_text("平凉市人民政府实施泾河生态修复工程。", encoding="utf-8")
    assert kg.build(folder, tmp_path / "output").documents == 4


def test_a_terminal_without_chinese_is_no_reason_to_stop(folder, tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "kg.cli", "build", folder, "-o", tmp_path / "o"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def test_the_output_may_not_be_a_file(call, folder, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "-o" in call("build", folder, "-o", tmp_path / "file", status=1).stderr


def test_a_place_that_nobody_knows_is_refused(call, folder, tmp_path):
    assert "Gansu" in call("build", folder, "-o", tmp_path / "output", "--place", "Gansu", status=1).stderr
