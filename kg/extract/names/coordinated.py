"""Doc → reservoirs and works that share a head: 清口、白石等三座水库, 南坪、青滩水利枢纽."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.names.known import hits
from kg.extract.names.name_tables import longest_first, words
from kg.extract.names.phrases import Phrase
from kg.extract.names.quotes import curled
from kg.extract.words import words_of
from kg.gazetteer import Gazetteer
from kg.model import Mention

_HEADS = "水库|水利枢纽工程|水利枢纽|航电枢纽|水电站|抽水蓄能电站|核电站"
_KIND = "(?:重大|大型|中型|大中型|骨干|控制性|重点|重要|主要|干流|梯级|一批|国家|标志性)*"
_CLOSED = re.compile(r"等(?:[一-鿿]{2,8}的)?(?:[0-9]+|[两二三四五六七八九十]+)?[座个处]?"
                     rf"(?:今年|去年|年内|近期)?(?:新建|在建|新开工)?{_KIND}(?P<head>{_HEADS}|灌区)")
_JOINED = re.compile(f"(?P<head>{_HEADS})(?=$|联合|共同|同步|同时|全面|正式|建设|调度|等)")
_ITEM = re.compile(r"[一-鿿]{2,6}")
_GENERIC = re.compile(longest_first("project-generic"))
_COMMON = frozenset(words("common-short"))
_NAMES = frozenset(("ns", "nr", "nz", "nt", "nrt"))
_OTHER_KINDS = ("湿地", "河", "湖", "江", "山", "省", "市", "县", "区", "镇", "乡", "村", "公园", "闸", "枢纽", "泵站", "干渠", "大坝")
"""Nouns that end a name of another kind, which takes no head from its neighbour."""
_LONGEST = 10
_JOINS = ("、", "和", "与")
_LIST_GOES_ON = ("等", "工程", "后续", "、")


def propose_coordinated(doc: Doc, *, found: Sequence[Phrase], gazetteer: Gazetteer) -> Iterator[Mention]:
    """The members of such lists, the head completed in the name; `found` are the phrases of the document.

    >>> from kg.extract.names.phrases import phrases
    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "联合调度小浪底、三门峡等两座水库。", ""))
    >>> [(m.text, m.name) for m in propose_coordinated(doc, found=phrases(doc, Gazetteer.load()), gazetteer=Gazetteer.load())]
    [('小浪底', '小浪底水库'), ('三门峡', '三门峡水库')]
    """
    folded = curled(doc)
    yield from _beside(doc, folded, gazetteer)
    at_end = {phrase.end: number for number, phrase in enumerate(found)}
    for match in _CLOSED.finditer(folded):
        number = at_end.get(match.start())
        if number is not None:
            items = _items(folded, found, number)
            yield from _named(doc, items, match["head"], gazetteer, match.end())
    for number, phrase in enumerate(found):
        closing = _JOINED.search(folded, phrase.start, phrase.end) if phrase.before and phrase.before in "、和与" else None
        if closing and 2 <= closing.start() - phrase.start <= 4:
            items = [*_items(folded, found, number - 1), (phrase.start, closing.start())]
            yield from _named(doc, items, closing["head"], gazetteer, None)


def _beside(doc: Doc, folded: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Great works by the name of their place, beside other known works in a list: 三峡|、南水北调等工程."""
    works = hits(doc, gazetteer, "Project")
    for before, hit, after in zip((None, *works), works, (*works[1:], None), strict=False):
        if hit.exact or not hit.short:
            continue
        first = after is not None and after.start == hit.end + 1 and folded[hit.end] in _JOINS and bool(after.exact)
        last = before is not None and before.end == hit.start - 1 and folded[before.end] in _JOINS and bool(before.exact)
        if first or (last and folded.startswith(_LIST_GOES_ON, hit.end)):
            entry, form = hit.short[0], doc.user_data["text"][hit.start:hit.end]
            yield Mention(hit.start, hit.end, form, "Project", entry.subtype, entry.name, rule="project:beside", entry=entry.id)


def _items(folded: str, found: Sequence[Phrase], number: int) -> list[tuple[int, int]]:
    """The phrases of a list that ends with the phrase of a number, in text order."""
    items: list[tuple[int, int]] = []
    while number >= 0 and len(items) < _LONGEST:
        phrase = found[number]
        if not _ITEM.fullmatch(folded, phrase.start, phrase.end):
            break
        items.append((phrase.start, phrase.end))
        joined = phrase.before in ("、", "和", "与") and number > 0 and found[number - 1].end + len(phrase.before) == phrase.start
        if not joined:
            break
        number -= 1
    return items[::-1]


def _named(doc: Doc, items: Sequence[tuple[int, int]], head: str, gazetteer: Gazetteer, end: int | None) -> Iterator[Mention]:
    """A mention for each item; the last one of a list without 等 stands with its head and is left to others."""
    text, folded = doc.user_data["text"], curled(doc)
    if len(items) < 2 or not all(_is_name(doc, folded, a, b, head, gazetteer) for a, b in items):
        return
    water = head == "水库"
    for start, stop in items if end is not None else items[:-1]:
        known = gazetteer.lookup(folded[start:stop] + head, ("WaterFeature",)) if water else ()
        own = start if known else _after_province(doc, start, stop, gazetteer)
        yield Mention(start, stop, text[start:stop], "WaterFeature" if water else "Project", "Reservoir" if water else "Facility",
                      folded[own:stop] + head, rule=f"coordinated:{head}", entry=known[0].id if known else None)


def _after_province(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> int:
    """Where an item's own name begins, after the province that tells where it lies: 江西|峡江."""
    stop, _ = words_of(doc).at(start)
    above = gazetteer.lookup(curled(doc)[start:stop], ("Place",)) if stop and end - stop >= 2 else ()
    return stop if any(e.level == "province" for e in above) else start


def _is_name(doc: Doc, folded: str, start: int, end: int, head: str, gazetteer: Gazetteer) -> bool:
    own = folded[start:end]
    if gazetteer.lookup(own + head):
        return True
    stop, tag = words_of(doc).at(start)
    above = gazetteer.lookup(folded[start:stop], ("Place",)) if stop and 2 <= end - stop <= 4 else ()
    if any(e.level == "province" for e in above):
        return True
    if end - start > 4 or own in _COMMON or _GENERIC.search(own) or own.endswith(_OTHER_KINDS):
        return False
    if stop == end:
        return tag in _NAMES or bool(gazetteer.lookup(own, ("Place", "WaterFeature")))
    return stop == start + 1 or tag in _NAMES


_PART = re.compile(r"(?<![\u4e00-\u9fff])[东中西][、和](?=[东中西]线)"
                   r"|(?<![高铁公])[东中西]线(?![战高铁公路区])(?P<own>(?:(?:一期|二期|三期|后续)?工程)?)")
"""A line of works by its direction alone: 东线, 中线."""


def parts_of_works(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Parts of the known works that a document names, where they stand without its name: 南水北调工程的|东线、中线.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "南水北调工程分东线、中线和西线。", ""))
    >>> [(m.text, m.name) for m in parts_of_works(doc, Gazetteer.load())]
    [('东线', '南水北调东线工程'), ('中线', '南水北调中线工程'), ('西线', '南水北调西线工程')]
    """
    text, folded = doc.user_data["text"], curled(doc)
    known = [entry for hit in hits(doc, gazetteer, "Project") for entry in hit.exact]
    named = [above.name.removesuffix("工程") for entry in known for above in gazetteer.chain(entry)]
    stems = [stem for stem in dict.fromkeys(named) if gazetteer.lookup(f"{stem}东线", ("Project",))]
    for match in _PART.finditer(folded) if stems else ():
        for entry in gazetteer.lookup(f"{stems[0]}{match.group()[0]}线", ("Project",))[:1]:
            end = match.start() + 1 if match["own"] is None else match.end()
            later = (match["own"] or "工程") != "工程"
            name = entry.name.removesuffix("工程") + match["own"] if later else entry.name
            yield Mention(match.start(), end, text[match.start():end], "Project", entry.subtype, name, rule="project:part",
                          entry=None if later else entry.id)
