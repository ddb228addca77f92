"""A picture written by hand, with a hostile name in it."""

import pytest

from kg.query.reading import ClaimRow, DocumentRow, EntityRow, Evidence, ValueRow
from kg.render.picture import Picture

HOSTILE = '<img src=x onerror="window.hit=1">\u2028</script><script>window.hit=1</script>'
MODALITIES = ("done", "ongoing", "planned", "required", "negated", "prohibited")


@pytest.fixture(scope="session")
def hostile():
    return HOSTILE


@pytest.fixture(scope="session")
def shown():
    entities = (
        EntityRow("urn:gs", "Place", "AdministrativeDivision", "甘肃省", ("甘肃",), pinyin="gansusheng gss", documents=2),
        EntityRow("urn:st", "Agency", "GovernmentBody", "甘肃省生态环境厅", hidden=("省生态环境厅",), documents=2),
        EntityRow("urn:jh", "WaterFeature", "River", "泾河", documents=1),
        EntityRow("urn:gh", "Programme", "Plan", "甘肃省水生态保护规划", documents=1),
        EntityRow("urn:xm", "Project", "Works", "泾河生态修复工程", documents=1),
        EntityRow("urn:bad", "Agency", "", HOSTILE, (HOSTILE,), (HOSTILE,), HOSTILE, 1),
    )
    evidence = [Evidence(f"urn:d1#char={n},{n + 9}", f"省生态环境厅的第{n}句话，说到泾河。{HOSTILE}", "urn:d1") for n in range(8)]
    lines = [("urn:st", "issues", "urn:gh"), ("urn:st", "implements", "urn:xm"), ("urn:gh", "covers", "urn:jh"),
             ("urn:st", "locatedIn", "urn:gs"), ("urn:bad", "implements", "urn:gh"), ("urn:bad", "supervises", "urn:gs")]
    claims = tuple(ClaimRow(f"urn:c{n}", *line, MODALITIES[n], evidence[n]) for n, line in enumerate(lines))
    values = (ValueRow("urn:v1c", "urn:v1", "Target", f"优良断面比例{HOSTILE}", ">=", "95", "", "%", "2025", "planned", "95%以上",
                       evidence[6], scope="urn:gs"),
              ValueRow("urn:v2c", "urn:v2", "Result", "投资", "=", "120000000", "", "CNY", "2024", "done", "", evidence[7], about="urn:xm"))
    support = {"urn:gs": 3, "urn:st": 3, "urn:gh": 3, "urn:jh": 1, "urn:xm": 2, "urn:bad": 2}
    return Picture(entities, {e.iri: e for e in entities}, claims, values,
                   {"urn:d1": DocumentRow("urn:d1", HOSTILE, "2024-03-01")}, support, 9)
