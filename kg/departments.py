"""How bodies of party, government and their departments are written, short and in full, over any place.

The table is `seeds/gazetteer/departments.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.tables import rows

HEADS: dict[str, str] = {"委": "委员会", "办": "办公室", "队": "队"}
"""Heads that are written short after a stem: 发改委, 扶贫办."""
_JOIN = "和与及、"
_SESSION = re.compile(r"第?[一二三四五六七八九十百\d]+届")


@dataclass(frozen=True)
class Departments:
    """The table: bodies (form → full name pattern, subtype) and department stems (form → full stem, heads)."""

    organs: dict[str, tuple[str, str]]
    stems: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]

    @classmethod
    def load(cls) -> Departments:
        """The table of the project."""
        return _load()

    @property
    def organ_pattern(self) -> str:
        """A regular expression for the bodies, the longest first; 市政府|办理 holds no office (办)."""
        ordered = sorted(self.organs, key=lambda f: (-len(f), f))
        return "|".join(re.escape(form) + ("(?![理好结事])" if form.endswith("办") else "") for form in ordered)

    @property
    def stem_pattern(self) -> str:
        """A regular expression for the stems, the longest first."""
        return "|".join(map(re.escape, sorted(self.stems, key=lambda f: (-len(f), f))))

    @property
    def head_pattern(self) -> str:
        """A regular expression for all heads of stems, the longest first."""
        return "|".join(map(re.escape, self._heads))

    def full_name(self, body: str, place: str) -> tuple[str, str]:
        """The full official name of a body (what stands after the place) and its subtype; an unknown body is kept as it stands.

        >>> d = Departments.load()
        >>> d.full_name("委", "甘肃省"), d.full_name("政府", "平凉市")
        (('中共甘肃省委', 'PartyBody'), ('平凉市人民政府', 'GovernmentBody'))
        >>> d.full_name("发改委", "山西省")[0], d.full_name("住建局", "宜昌市")[0], d.full_name("整治专班", "湖北省")
        ('山西省发展和改革委员会', '宜昌市住房和城乡建设局', ('湖北省整治专班', ''))
        """
        body = _SESSION.sub("", body)
        if body in self.organs:
            pattern, subtype = self.organs[body]
            name = pattern.replace("{p}", place)
            return name + "员会" if name.endswith("自治区委") else name, subtype
        full = self._department(body)
        if full is not None:
            return place + full, "GovernmentBody"
        for form in sorted(self.organs, key=len, reverse=True):
            if body.startswith(form) and len(form) > 1 and len(body) > len(form):
                return self.organs[form][0].replace("{p}", place) + body[len(form):], self.organs[form][1]
        return place + body, ""

    def knows(self, body: str) -> bool:
        """Whether a body is of the table: 政府, 住建局, 农业农村和水务局, but no 旅游组."""
        body = _SESSION.sub("", body)
        if body in self.organs:
            return True
        for head in self._heads:
            if body.endswith(head):
                stem = body[:-len(head)]
                last = next((s for n in range(len(stem)) if (s := stem[n:]) in self.stems), "")
                first = stem[:-len(last)].rstrip(_JOIN) if last else ""
                if self.takes(last, head) and (not first or first in self.stems):
                    return True
        return False

    @cached_property
    def _heads(self) -> tuple[str, ...]:
        return tuple(sorted({*HEADS, *(h for rows in self.stems.values() for _, hs in rows for h in hs)}, key=lambda h: (-len(h), h)))

    def takes(self, stem: str, head: str) -> bool:
        """Whether a stem takes a head: 生态环境厅 but no 生态环境委."""
        return self._full_stem(stem, head) is not None

    def _full_stem(self, stem: str, head: str) -> str | None:
        """The full stem of a stem under a head: 环保 is 环境保护 before 局."""
        return next((full for full, heads in self.stems.get(stem, ()) if head in heads or HEADS.get(head, head) in heads), None)

    def _department(self, body: str) -> str | None:
        for head in self._heads:
            if body.endswith(head) and (full := self._full_stem(body[:-len(head)], head)) is not None:
                return full + HEADS.get(head, head)
        return None


@lru_cache(maxsize=1)
def _load() -> Departments:
    organs: dict[str, tuple[str, str]] = {}
    stems: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for kind, name, short, heads, subtype in rows("kg_gazetteer", "departments.tsv"):
        forms = [form for form in short.split("|") if form]
        if kind == "organ":
            organs.update((form, (name, subtype)) for form in forms)
        else:
            for form in (name, *forms):
                stems[form] = (*stems.get(form, ()), (name, tuple(heads.split("|"))))
    return Departments(organs, stems)
