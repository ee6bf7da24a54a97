"""What pages load: style, scripts and icons, built by frontend/build.mjs and named after their content."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Header
from starlette.responses import Response

from shared.errors import NotFound
from shared.http.access import public

router = APIRouter(include_in_schema=False, dependencies=[public("style, scripts and icons hold no data")])

FOLDER = files("portal.api") / "dist"
MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One built file, as it is and as most browsers take it."""

    media_type: str
    plain: bytes
    zipped: bytes


@cache
def address_of(name: str) -> str:
    """Where a page finds the asset of this name (`app.css`): its address changes with its content, and only then."""
    return f"/assets/{_manifest()[name]}"


@router.get("/assets/{name}")
async def asset(name: str, accept_encoding: Annotated[str, Header()] = "") -> Response:
    """One built file, which a browser may keep for ever."""
    found = _assets().get(name)
    if found is None:
        raise NotFound(what="asset", id=name)
    headers = {"Cache-Control": FOR_EVER}
    if "gzip" not in accept_encoding:
        return Response(found.plain, media_type=found.media_type, headers=headers)
    # What is not compressed yet goes through the middleware for pages, which says by itself what answers vary by.
    encoded = {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(found.zipped, media_type=found.media_type, headers=encoded)


@cache
def _assets() -> Mapping[str, Asset]:
    """Every built file by its name in addresses; they are few and small, so they are kept."""
    return {name: _read(name) for name in _manifest().values()}


def _read(name: str) -> Asset:
    zipped = (FOLDER / f"{name}.gz").read_bytes()
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    return Asset(media_type=media_type, plain=gzip.decompress(zipped), zipped=zipped)


@cache
def _manifest() -> Mapping[str, str]:
    try:
        text = (FOLDER / "manifest.json").read_text()
    except FileNotFoundError:
        raise RuntimeError("The portal's assets are not built; `make run` and `make test` build them first.") from None
    manifest: dict[str, str] = json.loads(text)
    return manifest
