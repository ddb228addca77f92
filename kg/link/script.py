"""An extraction of a text in traditional characters, read as simplified: its forms and phrases in the script they are written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg import iri
from kg.link.names import form_of
from kg.model import Document, Entity, Extraction, IndicatorValue, Mention

_ELSEWHERE = re.compile("行政院|立法院|环保署|海保署|中华民国|民国[0-9一二三四五六七八九十百]|直辖市、县|直辖市及县|县[(（]市[)）]"
                        "|新北市|特区政府|本港|港元")
"""Words of texts from Taiwan and Hong Kong, whose 交通部 and 水污染防治法 are not those of the mainland."""
_OWN = ("Agency", "Programme", "Project")
_ISLANDS = ("台湾省", "香港特别行政区", "澳门特别行政区")


def in_own_script(extraction: Extraction, document: Document, *, base: str = iri.BASE) -> Extraction:
    """The extraction with the forms, numbers and indicators of the document, which differs from the one read in script alone.

    Names of the mainland are simplified, as they officially are; those of Taiwan and Hong Kong stay as they are written and are
    linked to nothing of the mainland.

    >>> from kg.model import Context
    >>> read = Extraction(Document("a", "环境部公布", "0" * 64), Context(), (), (Mention(0, 3, "环境部", "Agency"),),
    ...                   (Entity("e1", "Agency", "GovernmentBody", "环境部", "urn:e1", ("环境部",), (0,)),), (), ())
    >>> found = in_own_script(read, Document("a", "環境部公布", "0" * 64))
    >>> found.mentions[0].text, found.entities[0].forms, found.entities[0].name
    ('環境部', ('環境部',), '环境部')
    """
    text = document.text
    mentions = tuple(replace(m, text=text[m.start:m.end]) for m in extraction.mentions)
    written = {form_of(a): form_of(b) for a, b in zip(extraction.mentions, mentions, strict=True)}
    elsewhere = _ELSEWHERE.search(extraction.document.text) is not None
    entities = tuple(_entity(e, mentions, written, document, elsewhere, base) for e in extraction.entities)
    read = extraction.document.text.translate(_NARROW)
    values = tuple(_value(v, read, text) for v in extraction.indicator_values)
    return replace(extraction, document=document, mentions=mentions, entities=entities, indicator_values=values)


def _entity(entity: Entity, mentions: tuple[Mention, ...], written: Mapping[str, str], document: Document, elsewhere: bool,
            base: str) -> Entity:
    forms = tuple(dict.fromkeys(form_of(mentions[i]) for i in entity.mentions if not mentions[i].deictic))
    aliases, hidden = (tuple(dict.fromkeys(written.get(f, f) for f in names)) for names in (entity.aliases, entity.hidden))
    found = replace(entity, forms=forms, aliases=aliases, hidden=hidden)
    if not elsewhere:
        return found
    if entity.type == "Place" and entity.iri.removeprefix(f"{base}place/").split("/")[0] in _ISLANDS and forms:
        return replace(found, name=max(forms, key=len))
    if entity.type not in _OWN or any(f.startswith(("中华人民共和国", "中国", "联合国")) for f in entity.forms):
        return found
    name = written.get(entity.name) or max(forms, key=len, default=entity.name)
    if entity.name.startswith("行政院"):
        return replace(found, name=name)
    unknown = f"~{document.sha256[:16]}"
    return replace(found, name=name, iri=iri.mint(entity.type, name, unknown, base=base), jurisdiction=unknown, entry=None,
                   aliases=(), hidden=tuple(f for f in forms if f != name), reason="the name as it stands in a text from elsewhere")


def _value(value: IndicatorValue, read: str, text: str) -> IndicatorValue:
    at = read.find(value.indicator, value.start, value.end) if value.indicator else -1
    indicator = value.indicator if at < 0 else "".join(
        a if a.isascii() else b for a, b in zip(value.indicator, text[at:at + len(value.indicator)], strict=True))
    return replace(value, indicator=indicator, as_written=_own(value.as_written.translate(_NARROW), value.number_start, text, read))


def _own(piece: str, start: int, text: str, read: str) -> str:
    """A stretch of the text that begins at an offset, in the script of the document."""
    return text[start:start + len(piece)] if read.startswith(piece, start) else piece


_NARROW = str.maketrans("（）：，；％", "():,;%")
