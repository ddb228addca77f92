"""Former bodies in the graph: linked to their successors with dates, never renamed."""

from __future__ import annotations

from kg import iri
from kg.gazetteer import Gazetteer
from kg.graph.succeeding import succession_lines

STANDARD = Gazetteer.load()


def agencies(*names: str) -> dict[str, str]:
    return {iri.mint("Agency", name): name for name in names}


def successors(lines: set[str]) -> set[tuple[str, str]]:
    parts = [line.split() for line in lines if "isReplacedBy" in line]
    return {(p[0].strip("<>").rpartition("/")[2], p[2].strip("<>").rpartition("/")[2]) for p in parts}


def test_each_step_has_its_years() -> None:
    lines = succession_lines(agencies("华亭县环境保护局"), gazetteer=STANDARD)
    assert successors(lines) == {("华亭县环境保护局", "华亭市环境保护局"), ("华亭市环境保护局", "平凉市生态环境局")}
    dated = {line.split("/agency/")[1].split(" .")[0] for line in lines if "valid" in line}
    assert any(text.startswith("华亭县环境保护局") and "validTo" in text and "2017-12-31" in text for text in dated)
    assert any(text.startswith("平凉市生态环境局") and "validFrom" in text and "2019-01-01" in text for text in dated)


def test_the_successor_that_a_document_names_goes_before_the_usual_one() -> None:
    assert successors(succession_lines(agencies("兰州市国土资源局"), gazetteer=STANDARD)) == {("兰州市国土资源局", "兰州市自然资源局")}
    both = succession_lines(agencies("兰州市国土资源局", "兰州市自然资源和规划局"), gazetteer=STANDARD)
    assert successors(both) == {("兰州市国土资源局", "兰州市自然资源和规划局")}
    assert not any("rdf-schema#label" in line for line in both)


def test_bodies_of_same_named_districts_keep_the_place_above_them() -> None:
    base = iri.mint("Agency", "鼓楼区农业局", "福建省/福州市")
    line = next(line for line in succession_lines({base: "鼓楼区农业局"}, gazetteer=STANDARD) if "isReplacedBy" in line)
    assert line.split()[2] == f"<{iri.mint('Agency', '鼓楼区农业农村局', '福建省/福州市')}>"
    unknown = iri.mint("Agency", "鼓楼区农业局", "~0123456789abcdef")
    assert succession_lines({unknown: "鼓楼区农业局"}, gazetteer=STANDARD) == set()


def test_nothing_is_said_of_bodies_that_still_stand() -> None:
    assert succession_lines(agencies("甘肃省水利厅", "某某公司", "生态环境部"), gazetteer=STANDARD) == set()
