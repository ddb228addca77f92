"""What a page is given by its maker, as a script element holds it."""

from __future__ import annotations

import json
import re


def as_script(content: object) -> str:
    """JSON that cannot end the script element it stands in, nor be taken for markup.

    >>> as_script("</script><b>&")
    '"\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e\\\\u0026"'
    """
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", written)
