"""Turtle terms: prefixed where the grammar allows it, relative to the base else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.vocab import DCTERMS, ECO, ECO_UNIT, GEO, ITSRDF, NIF, ORG, PROV, QUDT, RDF, RDFS, SCHEMA, SKOS, UNIT, XSD

_LOCAL = re.compile(r"(?:[A-Za-z0-9_\u3007\u3400-\u4dbf\u4e00-\u9fff]|%[0-9A-Fa-f]{2})"
                    r"(?:(?:[A-Za-z0-9_\-\u3007\u3400-\u4dbf\u4e00-\u9fff]|%[0-9A-Fa-f]{2})*)")
"""What is safe as a local name in any parser: part of PN_LOCAL (Turtle 1.1, section 6.5) without escapes and full stops."""
_DOTS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")
_RELATIVE = re.compile(r"[a-z]+/.+")
_UNSEEN = re.compile("[\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Controls and marks that no reader sees or that turn the line around; written as escapes."""
_BARE = {XSD + "integer": re.compile(r"-?\d+"), XSD + "decimal": re.compile(r"-?\d+\.\d+"), XSD + "boolean": re.compile("true|false")}
_VOCABULARIES = {"eco": ECO, "ecounit": ECO_UNIT, "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "skos": SKOS, "dcterms": DCTERMS, "prov": PROV,
                 "org": ORG, "schema": SCHEMA, "geo": GEO, "nif": NIF, "itsrdf": ITSRDF, "qudt": QUDT, "unit": UNIT}
_KINDS = ("agency", "programme", "water", "project", "place", "indicator", "document", "value")


class Terms:
    """Turtle for the terms of N-Triples lines, remembered as they come.

    >>> terms = Terms("https://w3id.org/shanshui/id/")
    >>> terms.resource("<https://w3id.org/shanshui/id/agency/甘肃省水利厅>"), terms.resource("<https://w3id.org/shanshui/id/place/甘肃省/平凉市>")
    ('agency:甘肃省水利厅', '<place/甘肃省/平凉市>')
    >>> terms.object('"87.2"^^<http://www.w3.org/2001/XMLSchema#decimal>'), terms.object('"泾河"@zh')
    ('87.2', '"泾河"@zh')
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.prefixes: Mapping[str, str] = {**_VOCABULARIES, **{kind: f"{base}{kind}/" for kind in _KINDS}}
        self._namespaces = sorted(((iri, prefix) for prefix, iri in self.prefixes.items()), key=lambda pair: -len(pair[0]))
        self._known: dict[str, str] = {}

    def head(self) -> str:
        """Base and prefixes, sorted."""
        lines = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(self.prefixes.items())]
        return "".join([f"@base <{self.base}> .\n", *lines])

    def resource(self, token: str) -> str:
        """Turtle for `<iri>`."""
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = self._shorten(token[1:-1])
        return known

    def _shorten(self, iri: str) -> str:
        for namespace, prefix in self._namespaces:
            if iri.startswith(namespace):
                if _LOCAL.fullmatch(iri, len(namespace)):
                    return f"{prefix}:{iri[len(namespace):]}"
                break
        if self.base.endswith("/") and iri.startswith(self.base):
            rest = iri[len(self.base):]
            if _RELATIVE.fullmatch(rest) and not _DOTS.search(rest) and "//" not in rest:
                return f"<{rest}>"
        return f"<{iri}>"

    def object(self, token: str) -> str:
        """Turtle for the object of a triple."""
        if token[0] == "<":
            return self.resource(token)
        if token[-1] != ">":
            return _UNSEEN.sub(_escape, token)
        lexical, _, datatype = token.rpartition('"^^<')
        bare = _BARE.get(datatype[:-1])
        if bare is not None and bare.fullmatch(lexical, 1):
            return lexical[1:]
        return f'{lexical}"^^{self.resource(f"<{datatype}")}'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
