"""Doc → the text for matching, with straight quotation marks turned."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.extract.once import once

_STRAIGHT = re.compile(r'"([^"\n]{1,40})"')


def curled(doc: Doc) -> str:
    """The folded text with straight quotation marks turned by pairs, so that "双碳" is read as “双碳”; of the same length."""
    return once(doc, "curled", lambda: _STRAIGHT.sub(r"“\1”", doc.user_data["folded"]))
