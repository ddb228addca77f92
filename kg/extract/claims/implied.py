"""What a name alone tells: 兴安市水务局 lies in 兴安市, 清河流域 belongs to 清河, 《兴安市清河保护条例》 covers 兴安市 and 清河."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import CONTEXT_PLACE, Context, Mention, Predicate, RelationMention

_OWN_LEVEL = re.compile(r"^[省市州县区盟旗](?=[^内外里辖])")
_REACH = re.compile(r"^(?:干流|支流|流域|上游|中游|下游|中上游|中下游|源头|源区|[^流]{0,8}段|[^流]{0,4}(?:干流|流域)|干流[^流]{1,8}段)")
_REGION = re.compile(r"(?:[东南西北中]部|[地老灾山城郊库牧林片园新特]区|岛|山|平原|高原|盆地|沙漠|流域|沿线|沿岸|公园|一带|各地)$")
_AGENCIES = re.compile(r"[、\s]+")
_SHORTEST = 2
_OUTER = ("Place", "WaterFeature", "Agency")
"""Types of that in which something lies by its name."""
_ELLIPTIC = "shared"
"""The rule of a form that borrows its head from the next one and means no more than that: 甲市 in 甲市、乙市水利局."""
_ANNOUNCEMENT = re.compile(r"(?:公告|通告|令)\s*(?:\([^()\n]{1,30}\)\s*)?[(《]{1,2}")
_CAMPAIGN = re.compile("(?:战|战役|行动|禁渔|禁捕|治理|整治|大保护)$")
_TREATMENT = re.compile("(?:治理|修复|整治|保护|补水|绿化|防护林|锁边林|体系|提升|扩容|清淤)(?:工程|项目|示范工程|建设)?$")
"""Ends of works that treat the water or land they are called after."""
_KIND = re.compile("(?:流域|沙地|沙漠|草原|湿地|山脉|平原|灌区)$")
_SENTENCE_END = re.compile(r"[。!?\n]")
_LINE_OF = re.compile("(.{2,16}?)(?:工程)?(?:[东中西南北]线|[一二三四]期|首期)(?:[一二三四]期|首期)?(?:工程)?$")
"""Lines and stages of works, called after them: 清河调水 | 东线, 清河灌区 | 二期工程."""
_NEXT = 8
"""Mentions after and before a campaign among which its water is looked for."""


def implied(folded: str, mentions: Sequence[Mention], context: Context) -> Iterator[RelationMention]:
    """Relations between mentions that follow from their names, each pair of forms once.

    A chain written as one place (湖北十堰) states its parts, so that relation is not implicit.
    """
    forms: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        if mention.type in _OUTER and not mention.deictic and mention.rule != _ELLIPTIC and len(mention.text) >= _SHORTEST:
            forms.setdefault(mention.text, i)
    names = {m.name: i for i, m in reversed(list(enumerate(mentions))) if m.type == "Agency" and m.name and not m.deictic} | forms
    seen: set[str] = set()
    yield from _lines(mentions)
    yield from _campaigns(folded, mentions)
    for i, mention in enumerate(mentions):
        if mention.deictic or mention.text in seen:
            continue
        seen.add(mention.text)
        for o in _issuers(mention, names) if mention.type == "Programme" else ():
            yield RelationMention(o, "issues", i, mention.start, mention.end, rule="named-issuer")
        for o in _announcers(folded, mention, mentions, i) if mention.type == "Programme" else ():
            yield RelationMention(o, "issues", i, mention.start, mention.end, rule="named-announcer")
        for predicate, o, stated in _of(folded[mention.start:mention.end], mention, mentions, forms, context):
            rule = "named-chain" if stated else f"named-{predicate}"
            yield RelationMention(i, predicate, o, mention.start, mention.end, implicit=not stated, rule=rule)


def _announcers(folded: str, mention: Mention, mentions: Sequence[Mention], at: int) -> tuple[int, ...]:
    """The agency whose announcement bears a title in brackets: 市水利局公告(2021年第3号)(节水产品名录)."""
    if at == 0 or mentions[at - 1].type != "Agency":
        return ()
    return (at - 1,) if _ANNOUNCEMENT.fullmatch(folded, mentions[at - 1].end, mention.start) else ()


def _lines(mentions: Sequence[Mention]) -> Iterator[RelationMention]:
    """Lines and stages of works that the document names too: 清河调水东线 is part of 清河调水工程."""
    works: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        if mention.type == "Project" and not mention.deictic:
            works.setdefault((mention.name or mention.text).removesuffix("工程"), i)
    for name, i in works.items():
        line = _LINE_OF.match(name)
        whole = works.get(line[1].removesuffix("工程")) if line else None
        if whole is not None:
            yield RelationMention(i, "partOf", whole, mentions[i].start, mentions[i].end, rule="named-line")


def _campaigns(folded: str, mentions: Sequence[Mention]) -> Iterator[RelationMention]:
    """Campaigns and works and what they are called after, where their sentence speaks of it too: 清河治理攻坚战使 | 清河变清."""
    seen: set[tuple[str, str]] = set()
    for i, mention in enumerate(mentions):
        called = _CAMPAIGN if mention.type == "Programme" else _TREATMENT if mention.type == "Project" else None
        if called is None or mention.deictic or not called.search(mention.text):
            continue
        for o in _beside(folded, mentions, i):
            other = mentions[o]
            stem = _KIND.sub("", other.text)
            if stem != mention.text and (other.type == "WaterFeature" or stem != other.text) and mention.text.startswith(stem):
                if (mention.text, other.text) not in seen:
                    seen.add((mention.text, other.text))
                    start, end = min(mention.start, other.start), max(mention.end, other.end)
                    yield RelationMention(i, "covers", o, start, end, rule="named-again")
                break


def _beside(folded: str, mentions: Sequence[Mention], at: int) -> Iterator[int]:
    """The mentions after one, then those before it, in its sentence."""
    for o in range(at + 1, min(len(mentions), at + _NEXT)):
        if _SENTENCE_END.search(folded, mentions[at].end, mentions[o].start):
            break
        yield o
    for o in range(at - 1, max(-1, at - _NEXT), -1):
        if _SENTENCE_END.search(folded, mentions[o].end, mentions[at].start):
            break
        yield o


def _issuers(mention: Mention, forms: dict[str, int]) -> list[int]:
    """The agencies with which the title of a document begins: 省水利厅 省林业局关于清河的通知."""
    prefix, about, _ = mention.text.partition("关于")
    if not about:
        return []
    parts = [part for part in _AGENCIES.split(prefix) if part]
    return [forms[name] for part in parts for name in ((part,) if part in forms else part.split("和")) if name in forms]


def _of(text: str, mention: Mention, mentions: Sequence[Mention], forms: dict[str, int],
        context: Context) -> Iterator[tuple[Predicate, int, bool]]:
    for end in range(len(text) - 1, _SHORTEST - 1, -1):
        o = forms.get(text[:end])
        if o is not None:
            predicate = _predicate(mention, mentions[o], text[end:])
            if predicate:
                yield predicate, o, _is_chain(mention, text[end:], mentions[o])
                return
    if context.place and mention.type == "Agency" and _OWN_LEVEL.match(text) and context.place.endswith(text[0]):
        yield "locatedIn", CONTEXT_PLACE, False


def _is_chain(mention: Mention, rest: str, other: Mention) -> bool:
    """Whether a place is written with the division above it: 湖北十堰, not 吉林市 or 吕梁老区."""
    if not mention.type == other.type == "Place" or len(rest) < _SHORTEST or _REGION.search(rest):
        return False
    return all(m.subtype in ("", "AdministrativeDivision") for m in (mention, other))


def _predicate(mention: Mention, other: Mention, rest: str) -> Predicate | None:
    kinds = (mention.type, other.type)
    if kinds == ("WaterFeature", "WaterFeature"):
        return "partOf" if _REACH.match(rest) else None
    if kinds == ("Agency", "Agency"):
        return "partOf"
    if mention.type in ("Programme", "Project") and other.type in ("Place", "WaterFeature"):
        return "covers"
    return "locatedIn" if other.type == "Place" else None
