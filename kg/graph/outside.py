"""Whether SPARQL text asks for something outside of the store: SERVICE in queries, LOAD in updates.

The store would ask for it by itself. The text is not parsed, so that no difference between two parsers opens a way out:
a keyword counts wherever something follows that it can name a server or a file with, inside of strings and comments too.
"""

from __future__ import annotations

import re

_SERVICE = re.compile("SERVICE", re.I)
_SERVICE_OR_LOAD = re.compile("SERVICE|LOAD", re.I)
_GAP = r"(?>[ \t\r\n]|#[^\r\n]*+)*+"
_GAPS = re.compile(rf"{_GAP}(?:SILENT{_GAP})?+", re.I)
_NAMES = re.compile(r"""[<?$]|[^\s<>"'{}|^`\\?$;:,()\[\]#]*+(:?)""")
_INSIDE_A_NAME = re.compile(r"[?$]\w*$|:(?:[\w:%][\w.:%-]*)?$")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NEAR, _WINDOW = 200, 1000
"""Characters looked at before and after a keyword; where they don't decide, it counts."""


def calls_service(text: str) -> bool:
    """Whether a query may have a SERVICE clause.

    >>> calls_service("SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }")
    True
    >>> calls_service('SELECT ?service { ?service ex:service ?o ; rdfs:label "公共 service" }')
    False
    """
    return _names_something(text, _SERVICE)


def reaches_outside(text: str) -> bool:
    """Whether an update may have a SERVICE clause or a LOAD.

    >>> reaches_outside("LOAD <https://example.org/a.ttl>"), reaches_outside('INSERT DATA { eco:a rdfs:label "work load" }')
    (True, False)
    """
    return _names_something(text, _SERVICE_OR_LOAD)


def _names_something(text: str, keyword: re.Pattern[str]) -> bool:
    unescaped = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)
    return any(_counts(each, m.start(), m.end()) for each in {text, unescaped} for m in keyword.finditer(each))


def _counts(text: str, start: int, end: int) -> bool:
    if _INSIDE_A_NAME.search(text, max(0, start - _NEAR), start):
        return False
    after = text[end:end + _WINDOW]
    gaps = _GAPS.match(after)
    begin = gaps.end() if gaps else 0
    if begin == len(after):
        return end + _WINDOW < len(text)
    found = _NAMES.match(after, begin)
    if found is None or not found[0]:
        return False
    return found[0][-1] in "<?$:" or (found.end() == len(after) and end + _WINDOW < len(text))
