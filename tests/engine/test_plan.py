"""What a build has to do."""

from pathlib import Path

import pytest

from kg.engine.plan import Known, SourceFile, fingerprint, options_of, plan
from kg.engine.report import BuildReport, LeftOut, carried_over

A, B, C = (SourceFile(Path(f"/in/{n}"), f"{n}.txt", n * 2) for n in "abc")
OPTIONS = options_of(place="甘肃省")


def known(*groups):
    return {f.name: Known(f.sha256, fingerprint(group, OPTIONS), f"urn:{group[0].name}") for group in groups for f in group}


CASES = [
    ("nothing known", [A, B], {}, (), (A, B)),
    ("all the same", [A, B], known((A,), (B,)), ("urn:a.txt", "urn:b.txt"), ()),
    ("a new file", [A, C], known((A,)), ("urn:a.txt",), (C,)),
    ("a file gone", [A], known((A,), (B,)), ("urn:a.txt",), ()),
    ("two files of one text", [A, B], known((A, B)), ("urn:a.txt",), ()),
    ("one of two files gone", [A], known((A, B)), (), (A,)),
    ("other bytes", [SourceFile(A.path, A.name, "zz")], known((A,)), (), (SourceFile(A.path, A.name, "zz"),)),
    ("other metadata", [SourceFile(A.path, A.name, A.sha256, "{}")], known((A,)), (), (SourceFile(A.path, A.name, A.sha256, "{}"),)),
]


@pytest.mark.parametrize(("files", "before", "keep", "read"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_plans(files, before, keep, read):
    made = plan(files, before, OPTIONS)
    assert tuple(sorted(made.keep)) == keep
    assert made.read == read


def test_other_options_keep_nothing():
    assert plan([A], known((A,)), options_of(place="平凉市")).read == (A,)


def test_a_report_is_carried_over_for_documents_that_stay():
    rows = (LeftOut("urn:a", "urn:a/claim/1", "shares", "over 100"), LeftOut("urn:b", "urn:b/claim/1", "shares", "over 100"))
    report = BuildReport(2, 2, 0, 0, {}, {}, 0, 0, 0, {"total": 0.1}, left_out=rows)
    assert carried_over(report.to_json(), frozenset({"urn:b"})) == ((rows[1],), ())
