"""JSON-LD with the project's context (`ontology/context.jsonld`), a node a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from kg.vocab import TYPE, XSD

_RELATIVE = re.compile(r"[a-z]+/[^:/](?:(?!/\.{0,2}(?:/|$)).)*")
"""What resolves against the base to itself: no colon in front, no dot segment, no empty one."""
_LITERAL = re.compile(r'(".*")(?:@([a-z-]+)|\^\^<(.*)>)?', re.S)


class Context:
    """The context of the project, ready to shorten N-Triples terms by it."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.content: dict[str, Any] = {"@base": base, **json.loads(
            files("kg_ontology").joinpath("context.jsonld").read_text(encoding="utf-8"))["@context"]}
        self._terms: dict[str, tuple[str, dict[str, str]]] = {}
        for term, value in self.content.items():
            definition = value if isinstance(value, dict) else {"@id": value}
            if ":" in str(definition.get("@id", "")) and not str(definition["@id"]).endswith(("#", "/")):
                prefix, _, local = definition["@id"].partition(":")
                self._terms[self.content[prefix] + local] = (term, definition)

    def node(self, subject: str, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """The object of one subject and its (predicate, object) pairs, all as N-Triples terms."""
        found: dict[str, Any] = {"id": self._iri(subject[1:-1])}
        for predicate, object_ in pairs:
            if predicate == f"<{TYPE}>":
                found.setdefault("type", []).append(self._name(object_[1:-1]))
                continue
            term, definition = self._terms.get(predicate[1:-1], (predicate[1:-1], {}))
            value = self._value(object_, definition)
            if definition.get("@container") == "@set":
                found.setdefault(term, []).append(value)
            elif term not in found:
                found[term] = value
            else:
                found[term] = [*found[term], value] if isinstance(found[term], list) else [found[term], value]
        return found

    def _iri(self, iri: str) -> str:
        rest = iri.removeprefix(self.base)
        return rest if rest != iri and self.base.endswith("/") and _RELATIVE.fullmatch(rest) else iri

    def _name(self, iri: str) -> str:
        return self._terms[iri][0] if iri in self._terms else iri

    def _value(self, token: str, definition: dict[str, str]) -> Any:
        if token[0] == "<":
            iri = token[1:-1]
            kind = definition.get("@type")
            return self._name(iri) if kind == "@vocab" else self._iri(iri) if kind == "@id" else {"@id": iri}
        match = _LITERAL.fullmatch(token)
        if match is None:
            raise ValueError(f"{token!r} is no literal")
        text, language, datatype = json.loads(match[1]), match[2], match[3]
        if language:
            return text if definition.get("@language") == language else {"@value": text, "@language": language}
        expected = definition.get("@type", "")
        if not datatype:
            return {"@value": text} if expected or "@language" in definition else text
        if datatype != XSD + expected.removeprefix("xsd:"):
            return {"@value": text, "@type": datatype}
        return int(text) if expected == "xsd:integer" and abs(int(text)) < 2 ** 53 else text


def json_ld(found: Iterable[tuple[str, list[tuple[str, str]]]], *, base: str) -> Iterator[str]:
    """Chunks of a JSON-LD document of sorted blocks (subject, pairs)."""
    context = Context(base)
    yield '{"@context": ' + json.dumps(context.content, ensure_ascii=False) + ',\n "@graph": ['
    separator = "\n"
    for subject, pairs in found:
        yield separator + json.dumps(context.node(subject, pairs), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"
