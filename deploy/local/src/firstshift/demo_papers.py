"""Papers of the demo's clinicians, as their scanners and telephones send them: invented, and made by hand of few parts.

A page is plain PDF 1.4 with one of the fonts that every reader has, so that the demo needs no library for it; the
picture of a card was drawn for the demo.
"""

from dataclasses import dataclass
from importlib.resources import files

PDF, JPEG = "application/pdf", "image/jpeg"
TOP, LEFT, LINE, SIZE = 720, 72, 24, 14
"""In points, from the lower left corner of a letter page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file with its media type and its name."""

    content: bytes
    media_type: str
    name: str


def page(name: str, *lines: str) -> Paper:
    """A page with these lines of plain Latin text."""
    return Paper(content=_pdf(lines), media_type=PDF, name=f"{name}.pdf")


def photograph(name: str) -> Paper:
    """A card, photographed."""
    return Paper(content=(files("firstshift") / "demo_card.jpg").read_bytes(), media_type=JPEG, name=f"{name}.jpg")


def _pdf(lines: tuple[str, ...]) -> bytes:
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    text = f"BT /F1 {SIZE} Tf {LINE} TL {LEFT} {TOP} Td\n{shown}\nET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    return _bound(objects)


def _bound(objects: tuple[bytes, ...]) -> bytes:
    """The objects behind each other, and where each begins."""
    body, begins = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        begins.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    count = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
