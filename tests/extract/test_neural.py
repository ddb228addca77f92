"""The recogniser beside the rules: what is taken of it, what happens without it, and that equal text gives equal bytes."""

import csv
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest

import kg
from kg.errors import InputError, KgError
from kg.extract.mentions import find_mentions
from kg.extract.neural import recogniser, weights
from kg.extract.neural.decoding import Chain
from kg.extract.neural.proposals import join, promising, rules
from kg.extract.neural.recogniser import BATCH, LONGEST, Piece, Recogniser, Span, batches, chosen, cut, load
from kg.gazetteer import Gazetteer
from kg.model import SUBTYPES, Context, Document, Mention
from kg.pipeline import Options
from kg.text.segment import segment

CASES = Path(__file__).parents[1] / "specs" / "recognised.tsv"
MISSING = "the neural extra (torch, envpos) is not installed"
needs_extra = pytest.mark.skipif(not weights.installed(), reason=MISSING)
LABELS = ("O", "B-loc", "I-loc", "E-loc", "S-loc")
TEXT = "工作队昨天赶到白石沟村过夜。有关部门在威县、青县、易县建设污水处理厂，晨风半导体股份有限公司出资。"


def cases():
    with CASES.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


class Scripted:
    """Scores that make the label of a character its number in the alphabet of the test: o 0, b 1, i 2, e 3, s 4."""

    precision = "float32"
    chain = Chain(np.zeros(5, np.float32), np.zeros((5, 5), np.float32), np.zeros(5, np.float32))

    def emissions(self, ids, lengths):
        return np.eye(5, dtype=np.float32)[np.clip(ids, 0, 4)] * 9


@pytest.fixture
def scripted():
    vocabulary = {"o": 0, "b": 1, "i": 2, "e": 3, "s": 4, "[CLS]": 0, "[SEP]": 0, "[UNK]": 0}
    return Recogniser(Scripted(), labels=LABELS, vocabulary=vocabulary, identity="scripted")


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c['form']}-{c['label']}-{c['probability']}")
def test_what_is_taken(case, gazetteer):
    doc = segment(Document("a.txt", case["sentence"], ""))
    start = case["sentence"].index(case["form"])
    span = Span(start, start + len(case["form"]), case["label"], float(case["probability"]))
    taken = join([], [span], doc, gazetteer=gazetteer)
    assert [m.rule for m in taken] == ([case["rule"]] if case["rule"] else [])
    assert all(case["form"].endswith(m.text) and case["sentence"][m.start:m.end] == m.text for m in taken)


def test_rules_win_where_they_speak(gazetteer):
    doc = segment(Document("a.txt", "到白石沟村调研", ""))
    spoken = Mention(1, 4, "白石沟", "WaterFeature", rule="river")
    assert join([spoken], [Span(1, 5, "loc", 0.99)], doc, gazetteer=gazetteer) == (spoken,)


def test_the_table_of_labels_is_sound():
    for rule in rules():
        assert rule.subtype in SUBTYPES[rule.type]
        assert 0.5 <= rule.least < 1
        assert rule.name.startswith("neural-")


def test_spans_are_read_off_the_labels(scripted):
    text = "ob e oobie oso be"
    found = scripted.spans(text, [(0, len(text))])
    assert [(text[s.start:s.end], s.label) for s in found] == [("b e", "loc"), ("bie", "loc"), ("s", "loc"), ("be", "loc")]
    assert all(0.9 < s.probability <= 1 for s in found)


@pytest.mark.parametrize("text", ["bo", "ie", "bio", "obi", "", "  "])
def test_a_run_that_breaks_off_is_no_span(text, scripted):
    assert scripted.spans(text, [(0, len(text))]) == ()


def test_long_sentences_are_cut_after_marks():
    pieces = list(cut("泾河治理有成效，" * 200 + "渭河" * 500, 0, 2600))
    assert max(len(p.offsets) for p in pieces) <= LONGEST
    assert [at for p in pieces for at in p.offsets] == list(range(2600))
    assert pieces[0].offsets[-1] % 8 == 7


def test_batches_hold_every_piece_and_little_padding():
    lengths = [30, 199, 120, 121, 200, 110, 118, 125] * 40
    made = list(batches([Piece(tuple(range(n))) for n in lengths]))
    assert sorted(len(p.offsets) for batch in made for p in batch) == sorted(lengths)
    sizes = [(len(batch), max(len(p.offsets) for p in batch) + 2) for batch in made]
    assert all(count * longest <= BATCH for count, longest in sizes)
    assert sum(count * longest for count, longest in sizes) < 1.2 * sum(n + 2 for n in lengths)


def test_without_the_extra_neural_says_what_to_install_and_auto_stands_on_rules(monkeypatch):
    def missing(_name):
        raise PackageNotFoundError("envpos")
    monkeypatch.setattr(weights, "distribution", missing)
    load.cache_clear()
    with pytest.raises(KgError, match=r"needs .*envpos.*not installed.*\[neural\].*rules alone"):
        chosen("neural")
    assert chosen("auto") is None
    assert Options(extractor="auto").stated["extractor"] == "rules"
    with pytest.raises(KgError, match="neural extra"):
        kg.extract(TEXT, extractor="neural")


def test_weights_of_another_form_are_refused(monkeypatch, tmp_path):
    for name in weights.FILES:
        (tmp_path / name).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(weights, "_installed", lambda: weights.Weights(tmp_path, "9.9"))
    monkeypatch.setattr(weights, "find_spec", lambda _name: True)
    with pytest.raises(KgError, match=r"envpos 9\.9 holds weights of another form"):
        weights.find()


def test_another_extractor_is_refused():
    with pytest.raises(InputError, match="there is no such extractor"):
        Options(extractor="llm")
    with pytest.raises(InputError, match="rules, neural, auto"):
        kg.extract(TEXT, extractor="llm")


def test_rules_never_load_the_network():
    """Nor torch through it; spaCy itself loads torch wherever it is installed."""
    program = (f"import sys, kg; kg.extract({TEXT!r}); "
               f"assert not {{{recogniser.NETWORK!r}, 'transformers', 'envpos'}} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_network_is_named_where_it_lies():
    assert Path(recogniser.__file__).with_name(recogniser.NETWORK.rpartition(".")[2] + ".py").exists()


@needs_extra
def test_the_recogniser_adds_names_to_those_of_the_rules(gazetteer):
    doc = segment(Document("a.txt", TEXT, ""))
    by_rules = {(m.start, m.end) for m in find_mentions(doc, gazetteer=gazetteer, context=Context())}
    found = kg.extract(TEXT, extractor="neural")
    assert by_rules <= {(m.start, m.end) for m in found.mentions}
    assert all(m.rule.startswith("neural-") for m in found.mentions if (m.start, m.end) not in by_rules)
    assert "白石沟村" in {e.name for e in found.entities}
    assert "有关部门" not in {e.name for e in found.entities}


@needs_extra
def test_equal_text_gives_equal_spans_and_an_empty_one_none():
    doc = segment(Document("a.txt", TEXT * 3, ""))
    bounds = [(s.start_char, s.end_char) for s in doc.sents]
    ours = load()
    first = ours.spans(doc.user_data["text"], bounds)
    assert first
    assert all(ours.spans(doc.user_data["text"], bounds) == first for _ in range(3))
    assert ours.spans("", []) == ()


@needs_extra
def test_builds_are_the_same_to_the_byte_with_any_number_of_workers(folder, tmp_path):
    for number in range(8):
        (folder / f"{number}.txt").write_text(TEXT + f"第{number}号文件。", encoding="utf-8")
    made = set()
    for name, workers in (("one", 1), ("two", 2), ("again", 2)):
        report = kg.build(folder, tmp_path / name, extractor="neural", workers=workers)
        with kg.open(tmp_path / name) as graph:
            made.add(((tmp_path / name / "graph.ttl").read_bytes(), graph.export("nquads")))
    assert len(made) == 1
    assert report.options["extractor"] == f"neural ({load().identity})"
    assert load().identity.encode() in made.pop()[1]


@needs_extra
def test_another_extractor_builds_anew_and_back_to_the_same_bytes(folder, tmp_path):
    first = kg.build(folder, tmp_path / "graph")
    before = (tmp_path / "graph" / "graph.ttl").read_bytes()
    assert kg.build(folder, tmp_path / "graph", extractor="auto").built == first.built
    assert kg.build(folder, tmp_path / "graph", extractor="neural").built == 0
    assert kg.build(folder, tmp_path / "graph").built == first.built
    assert (tmp_path / "graph" / "graph.ttl").read_bytes() == before


@pytest.mark.parametrize(("mentions", "expected"), [
    ([], [(0, 6), (12, 15)]),
    ([(0, 5)], [(12, 15)]),
    ([(2, 5), (12, 14)], []),
    ([(0, 5), (12, 13)], []),
])
def test_only_sentences_with_a_form_where_no_rule_speaks_are_read(mentions, expected):
    text = "赴白石沟村。水质持续好转易县。"
    found = [Mention(start, end, text[start:end], "Place") for start, end in mentions]
    assert list(promising(text, [(0, 6), (6, 12), (12, 15)], found)) == expected
