"""A PDF of Chinese lines made by hand: a predefined CMap and no embedded font, so that tests need no PDF library."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

Line = tuple[float, float, str]
"""Left edge and baseline in points from the lower left, and the text."""


def pdf_of(pages: Sequence[Sequence[Line]], *, size: float = 12, rules: Sequence[tuple[float, float, float, float]] = ()) -> bytes:
    """A PDF with a text layer; `rules` are lines drawn on every page (x0, y0, x1, y1)."""
    font = (b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
            b"/Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
            b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
            b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    kids = []
    for lines in pages:
        stream = b"".join(b"%f %f m %f %f l S\n" % rule for rule in rules)
        stream += b"".join(
            b"BT /F1 %f Tf %f %f Td <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode()) for x, y, text in lines)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
                       % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """Pages of (left, baseline, text) → the bytes of a PDF."""
    return pdf_of
