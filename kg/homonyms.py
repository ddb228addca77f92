"""Names that several places or waters bear: 鼓楼区 of four cities, the 白河 of Nanyang and that of Beijing.

The table of waters is `seeds/gazetteer/homonyms.tsv`; same-named divisions are told from the gazetteer itself.
"""

from __future__ import annotations

from functools import lru_cache

from kg.gazetteer import Entry, Gazetteer
from kg.model import Context
from kg.tables import rows

_LONGEST = 16


def is_elsewhere(entry: Entry, context: Context) -> bool:
    """Whether a listed water cannot be the one a document means, because its jurisdiction lies in another province.

    >>> baihe = Gazetteer.load().entries["WaterFeature:白河"]
    >>> is_elsewhere(baihe, Context(chain=("河南省", "南阳市"))), is_elsewhere(baihe, Context(chain=("北京市",)))
    (False, True)
    """
    provinces = _waters().get(entry.name) if entry.type == "WaterFeature" else None
    return provinces is not None and bool(context.chain) and context.chain[0] not in (*provinces, "中国")


def shared_division(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The divisions whose name a name begins with, where several places bear it; none where one does.

    >>> g = Gazetteer.load()
    >>> len(shared_division("鼓楼区人民政府", g)), shared_division("福州市鼓楼区人民政府", g)
    (4, ())
    """
    front = next((name[:n] for n in range(min(_LONGEST, len(name)), 1, -1) if name[:n] in gazetteer.division_names), "")
    return _bearers(front, gazetteer) if front else ()


def _bearers(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    known = [e for e in gazetteer.lookup(name, ("Place",)) if e.name == name and e.subtype == "AdministrativeDivision"]
    if len(known) < 2:
        return ()
    present = tuple(e for e in known if e.valid_to is None)
    if len(present) > 1:
        return present
    return tuple(known) if len({e.id.split("/")[0] for e in known}) > 1 else ()


@lru_cache(maxsize=1)
def _waters() -> dict[str, frozenset[str]]:
    return {name: frozenset(provinces.split("|")) for name, provinces in rows("kg_gazetteer", "homonyms.tsv")}
