"""The words of official prose by what they do in the name of an indicator (`seeds/gazetteer/indicators.tsv`)."""

from __future__ import annotations

import re
from functools import cache

from kg.tables import rows

_COMPOUND = re.compile("(?:监测|检测)(?:站|点|断面|设备|网|能力|机构|数据|井)|(?:处理|处置|利用|回收|收集|排放|覆盖|达标)"
                       "(?:设施|厂|站|率|能力|口|量|源|点)"
                       "|(?:供水|发电|用水|灌溉|供热)(?:工程|量|总量|效率|强度|能力|人口|厂|机组|户|面积)|储备[林库地]|保护[区地站]|监督[员站]|绿化[率覆面]")
"""A verb that is the first part of a noun (监测站点, 处理设施)."""


@cache
def words(kind: str) -> tuple[str, ...]:
    """The words of one class, the longest first.

    >>> "浓度" in words("measure"), "下降" in words("down")
    (True, True)
    """
    return tuple(sorted({row[0] for row in rows("kg_gazetteer", "indicators.tsv") if row[1] == kind}, key=lambda w: (-len(w), w)))


@cache
def pattern(kinds: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A compiled alternative of the words of some classes (parted by blanks) between two pieces of expression."""
    alternatives = sorted((w for kind in kinds.split() for w in words(kind)), key=lambda w: (-len(w), w))
    return re.compile(before + "(?:" + "|".join(map(re.escape, alternatives)) + ")" + after)


def measured(name: str) -> bool:
    """Whether a name ends in a noun that is measured, so that the number stands beside it.

    >>> measured("空气质量优良天数比率"), measured("环境违法案件")
    (True, False)
    """
    return pattern("measure", after="$").search(name) is not None


def verbal(text: str) -> bool:
    """Whether a text is nothing but verbs (办结, 整改完成, 追责问责)."""
    return pattern("verb closing", before="^已?(?:", after=")+$").match(text) is not None


def verbal_with_object(text: str) -> bool:
    """Whether a text is a verb with something after it (完成管网改造)."""
    match = pattern("verb", before="^").match(text)
    return match is not None and len(text) > match.end() and not verbal(text) and _COMPOUND.match(text) is None


def strip_verb(name: str) -> str:
    """The name without its leading verb, as a head for parts (安排建设任务 → 建设任务).

    >>> strip_verb("安排建设任务"), strip_verb("追责问责")
    ('建设任务', '追责问责')
    """
    match = pattern("verb", before="^").match(name)
    return name[match.end():] if match and len(name) - match.end() >= 2 and not verbal(name) else name
