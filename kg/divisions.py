"""Which administrative division a name means, told by the context of the document and by what stands near it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.gazetteer import Entry, Gazetteer
from kg.model import Context

LEVELS = ("country", "province", "prefecture", "county", "township")
LEVEL_WORDS: dict[str, tuple[str, ...]] = {
    "省": ("province",), "自治区": ("province",), "市": ("prefecture", "county", "province"),
    "州": ("prefecture",), "自治州": ("prefecture",),
    "地区": ("prefecture",), "盟": ("prefecture",), "县": ("county",), "自治县": ("county",), "区": ("county",), "旗": ("county",),
    "自治旗": ("county",), "镇": ("township",), "乡": ("township",), "街道": ("township",),
}
"""The word for a division used alone (省委, 自治县人民政府) → the levels at which it may stand, the likelier first."""


def divisions(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The administrative divisions among entries."""
    return tuple(e for e in entries if e.subtype == "AdministrativeDivision")


def is_risky(entry: Entry, form: str) -> bool:
    """Whether a form names the entry only where context supports it: a short name, or a full name that is a common word (城区)."""
    return form in entry.short or form not in (entry.name, *entry.aliases)


def is_valid(entry: Entry, year: int | None) -> bool:
    """Whether the entry existed in a year; without a year, whether it exists now."""
    if year is None:
        return entry.valid_to is None
    return (entry.valid_from or 0) <= year <= (entry.valid_to or 9999)


def at_level(word: str, *, context: Context, gazetteer: Gazetteer) -> Entry | None:
    """The division of the context's chain that a bare level word stands for.

    >>> g = Gazetteer.load()
    >>> c = Context(place="平凉市", place_id="甘肃省/平凉市", chain=("甘肃省", "平凉市"))
    >>> [e.name if (e := at_level(w, context=c, gazetteer=g)) else None for w in ("省", "市", "县")]
    ['甘肃省', '平凉市', None]
    """
    chain = context_chain(context, gazetteer)
    fitting = [e for e in chain if _fits(e, word)]
    if fitting and fitting[-1] is chain[-1]:
        return chain[-1]
    for level in LEVEL_WORDS.get(word, ()):
        for entry in fitting:
            if entry.level == level:
                return entry
    return None


def _fits(entry: Entry, word: str) -> bool:
    if word in ("自治区", "自治州", "自治县", "自治旗"):
        return entry.name.endswith(word)
    if word == "省":
        return entry.level == "province" and not entry.name.endswith("市")
    if word == "区":
        return entry.name.endswith("区") and entry.level in ("county", "province")
    return entry.name.endswith(word)


def context_chain(context: Context, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The divisions from the province down to the context's place; empty where it has none or a national one."""
    entry = gazetteer.entries.get(context.place_id or "")
    return tuple(e for e in gazetteer.chain(entry) if e.level != "country") if entry else ()


def choose(candidates: Iterable[Entry], *, form: str, context: Context, gazetteer: Gazetteer, near: Collection[str] = ()) -> Entry | None:
    """The likeliest of same-named divisions: of its time, in the context's chain or below it, beside those `near` (ids), then the higher.

    >>> g = Gazetteer.load()
    >>> jilin = g.lookup("朝阳区")
    >>> choose(jilin, form="朝阳区", context=Context(), gazetteer=g, near=["吉林省/长春市"]).id
    '吉林省/长春市/朝阳区'
    """
    chain = {e.id for e in context_chain(context, gazetteer)}
    top = context_chain(context, gazetteer)[:1]
    around = set(near) | {e.parent for i in near if (e := gazetteer.entries.get(i)) is not None and e.parent}

    def rank(entry: Entry) -> tuple[int, ...]:
        line = [e.id for e in gazetteer.chain(entry)]
        province = entry.level == "province" and form in entry.aliases
        return (entry.id in chain, province, bool(chain & set(line[-2:])), bool(around & {*line[:-1], entry.id}), bool(around & set(line)),
                bool(top and top[0].id in line), is_valid(entry, context.year), not is_risky(entry, form),
                -LEVELS.index(entry.level) if entry.level in LEVELS else -9, entry.valid_to is None, -int(entry.code or 999999))

    ranked = sorted(candidates, key=rank, reverse=True)
    return ranked[0] if ranked else None
