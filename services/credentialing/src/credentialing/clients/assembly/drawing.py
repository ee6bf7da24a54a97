"""What annotations of a page show, drawn onto it (ISO 32000-2, 12.5.5): filled forms, stamps, remarks."""

from typing import Any

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
)

HIDDEN = 2 | 32
"""The flags Hidden and NoView (table 167)."""

AS_IT_IS = ArrayObject(NumberObject(one) for one in (1, 0, 0, 1, 0, 0))
NEVER_DRAWN = frozenset({"/Popup", "/Link", "/FileAttachment", "/Screen", "/Movie", "/RichMedia", "/3D", "/Sound"})


def draw_annotations(page: PageObject) -> None:
    """Draws what is to be seen of them; they themselves stay for the caller to remove."""
    annotations = page.get("/Annots")
    drawn: list[bytes] = []
    forms = DictionaryObject()
    for number, one in enumerate(annotations.get_object() if annotations is not None else ()):
        annotation = one.get_object()
        look = _look(annotation)
        if look is None:
            continue
        matrix = _matrix(look, RectangleObject(annotation["/Rect"]))
        if matrix is not None:
            name = f"/FsDrawn{number}"
            forms[NameObject(name)] = look.indirect_reference or look
            drawn.append(b"q " + b" ".join(_figure(one) for one in matrix) + f" cm {name} Do Q".encode())
    if drawn:
        _add(page, forms, b"\n".join(drawn))


def _look(annotation: Any) -> StreamObject | None:
    """Its normal appearance, in the state that it is in."""
    if not isinstance(annotation, DictionaryObject) or annotation.get("/Subtype") in NEVER_DRAWN:
        return None
    if int(annotation.get("/F", 0)) & HIDDEN or "/Rect" not in annotation:
        return None
    looks = annotation.get("/AP")
    normal = looks.get_object().get("/N") if looks is not None else None
    found = normal.get_object() if normal is not None else None
    if isinstance(found, DictionaryObject) and not isinstance(found, StreamObject):
        state = found.get(annotation.get("/AS", "/Off"))
        found = state.get_object() if state is not None else None
    return found if isinstance(found, StreamObject) else None


def _matrix(look: StreamObject, place: RectangleObject) -> tuple[Any, ...] | None:
    """What brings the box of the appearance, turned by its own matrix, into the annotation's place; None for none."""
    turn: Any = look.get("/Matrix", AS_IT_IS)
    a, b, c, d, e, f = (one.get_object() for one in turn.get_object())
    box: Any = look["/BBox"]
    left, bottom, right, top = (one.get_object() for one in box)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    low_x, low_y = min(x for x, _ in corners), min(y for _, y in corners)
    wide, high = max(x for x, _ in corners) - low_x, max(y for _, y in corners) - low_y
    if not wide or not high:
        return None
    scale_x, scale_y = place.width / wide, place.height / high
    return scale_x, 0, 0, scale_y, place.left - low_x * scale_x, place.bottom - low_y * scale_y


def _add(page: PageObject, forms: DictionaryObject, drawing: bytes) -> None:
    """After all else on the page; what that leaves behind is shut in."""
    shared: Any = page.get("/Resources", DictionaryObject())
    resources = DictionaryObject(shared.get_object())
    known: Any = resources.get("/XObject")
    resources[NameObject("/XObject")] = DictionaryObject({**(known.get_object() if known is not None else {}), **forms})
    before = page.get_contents()
    content = DecodedStreamObject()
    content.set_data(b"q\n" + (before.get_data() if before is not None else b"") + b"\nQ\n" + drawing)
    page[NameObject("/Resources")] = resources
    page[NameObject("/Contents")] = content.flate_encode()


def _figure(number: Any) -> bytes:
    return f"{number:.5f}".encode()
