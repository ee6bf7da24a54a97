"""The pages' measurement: what counts as a row, what a page weighs, and what is told."""

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.load.figures import Figure
from tests.load.page_sides import BARE, PORTAL, rows_of
from tests.load.page_weight import loaded_by, weight
from tests.load.pages import MIDDLE, PALETTE_SLOW, SLOW, SPEED, findings
from tests.load.pages_caller import request_of
from tests.load.publication import rows, verdicts

MARKUP = """
<link rel="stylesheet" href="/assets/app.css"><link rel="canonical" href="/work"><script src="/assets/app.js"></script>
<tr id="item-wki_1"><td><a href="/work/wki_1">One</a> <a href="/work/wki_1/take">Take</a></td></tr>
<tr id="item-wki_2"><td><a href="/work/wki_2?from=queue">Two</a></td></tr>
<svg><use href="/assets/icons.svg#flag"/></svg>
<svg><use href="/assets/icons.svg#bell"></use></svg><img src="data:image/png;base64,AA"><a href="/work/views">Views</a>
"""


def test_every_row_counts_once_however_many_links_lead_to_it() -> None:
    assert rows_of(MARKUP, "/work/") == 2
    assert rows_of(MARKUP, "item-") == 2


def test_what_a_browser_would_load_is_known_from_the_markup() -> None:
    assert loaded_by(MARKUP) == ["/assets/app.css", "/assets/app.js", "/assets/icons.svg"]


async def test_a_page_weighs_what_it_and_its_parts_weigh_compressed_with_their_heads() -> None:
    async def page(request: Request) -> Response:
        body = MARKUP if request.url.path == "/work" else "x" * 5000
        return Response(body, headers={"Content-Length": str(len(body))})

    plain = Starlette(routes=[Route("/{path:path}", page)])
    packed = Starlette(routes=[Route("/{path:path}", page)], middleware=[Middleware(GZipMiddleware)])
    heads = 4 * len("content-length: 5000\r\n") - (4 - len(str(len(MARKUP))))
    assert await _weight(plain) == len(MARKUP) + 3 * 5000 + heads
    assert 3 * 20 < await _weight(packed) < 1000


async def _weight(app: Starlette) -> int:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://portal") as http:
        return await weight(http, "/work")


def test_the_caller_asks_as_a_browser_does() -> None:
    asked = request_of({"path": "/work?limit=200", "headers": {"Authorization": "Bearer t"}}).decode()
    assert asked.startswith("GET /work?limit=200 HTTP/1.1\r\n") and asked.endswith("\r\n\r\n")
    assert "Accept-Encoding: gzip\r\n" in asked and "Authorization: Bearer t\r\n" in asked


def test_its_figures_are_told_like_the_others() -> None:
    def side(variant: str, *values: float) -> list[Figure]:
        return [
            Figure(variant=variant, metric=f"queue: {metric}", unit="", rounds=(value,))
            for metric, value in zip((SPEED, MIDDLE, SLOW), values, strict=True)
        ]

    palette = Figure(variant=PORTAL, metric=PALETTE_SLOW, unit="ms", rounds=(40, 20, 30))
    told = findings((*side(PORTAL, 70, 8, 30), *side(BARE, 100, 4, 10), palette), {"queue": 90_000}, settings="")
    assert rows(told)[0] == (PORTAL, "queue: closed loop", "70.0 ", "70.0..70.0", "0.70")
    assert rows(told)[-1] == (PORTAL, "queue: on the wire with all it loads", "90.0 kB", "90.0..90.0", "")
    assert verdicts(told) == [
        "queue: requests/s against bare: 0.70 ×, aim at least 0.60: met",
        "queue: p99 at 50/s against bare: 3.00 ×, aim at most 2.00: missed",
        "queue: on the wire: 90.0 kB, aim at most 120: met",
        "palette: p99 at 10/s: 30.0 ms, aim at most 100: met",
    ]
