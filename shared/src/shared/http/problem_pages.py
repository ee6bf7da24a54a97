"""The page behind each problem's `type`: what it means and what to do, made from the refusals that are loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from inspect import cleandoc
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse

from shared.errors import REFUSALS, Kind, Refused
from shared.http.access import public
from shared.http.errors import UnknownRoute
from shared.http.problems import INTERNAL_ERROR, UNAVAILABLE, Problem, status_of, title_of

REPAIRS = {
    Kind.INVALID: "Repair what `errors` lists (each with a JSON pointer into your request) and send it again.",
    Kind.NOT_FOUND: "Check the id; it may belong to another service or to another environment.",
    Kind.CONFLICT: "Read the resource again: its present state does not allow this. Trying again changes nothing.",
    Kind.FORBIDDEN: "Ask a lead for a role that allows it.",
    Kind.UNAUTHENTICATED: "Get a fresh access token and send it as `Authorization: Bearer …`.",
    Kind.PRECONDITION_FAILED: "Read the resource again and repeat the change with its new ETag.",
    Kind.PRECONDITION_REQUIRED: "Send the header that the message names.",
    Kind.TOO_LARGE: "Send less at once.",
    Kind.UNSUPPORTED: "Change the method or the media type as the message says.",
    Kind.TOO_MANY: "Wait for the seconds in Retry-After, then send it again.",
}

router = APIRouter(include_in_schema=False, dependencies=[public("explains errors, holds no data")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What one page says. `message` may hold {names} of facts that an actual answer fills in."""

    code: str
    status: int
    title: str
    message: str
    more: str
    repair: str


def explanations() -> list[Explanation]:
    """One for each refusal loaded in this process, and the two errors that are none, by code."""
    refusals = [_of_refusal(refusal) for refusal in REFUSALS.values()]
    faults = [
        _of_fault(UNAVAILABLE, repair="Send the same request again after the seconds in Retry-After."),
        _of_fault(
            INTERNAL_ERROR, repair="Report it with its request_id. A command with an Idempotency-Key may be repeated."
        ),
    ]
    return sorted([*refusals, *faults], key=lambda explanation: explanation.code)


def problems_markdown() -> str:
    """The page docs/problems.md: every explanation of the services whose modules are imported."""
    return "\n".join(["# Problems", "", *_markdown_lines()])


@router.get("/problems", response_class=HTMLResponse)
async def list_problems() -> HTMLResponse:
    """Every error that this service can answer, with a link to its page."""
    items = "".join(
        f'<li><a href="/problems/{page.code}"><code>{page.code}</code></a> ({page.status}) {escape(page.title)}</li>'
        for page in explanations()
    )
    return HTMLResponse(_html("Problems", f"<ul>{items}</ul>"))


@router.get("/problems/{code}", response_class=HTMLResponse)
async def show_problem(code: Annotated[str, Path()]) -> HTMLResponse:
    """What the code means and what to do. Raises UnknownRoute for a code that no loaded refusal has."""
    for page in explanations():
        if page.code == code:
            paragraphs = [page.message, page.more, f"What to do: {page.repair}"]
            text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs if paragraph)
            about = f"<p><code>{page.code}</code>, status {page.status}</p>"
            return HTMLResponse(_html(page.title, f'{about}{text}<p><a href="/problems">All problems</a></p>'))
    raise UnknownRoute


def _of_refusal(refusal: type[Refused]) -> Explanation:
    message, _, more = cleandoc(refusal.__doc__ or "").partition("\n\n")
    return Explanation(
        code=refusal.code,
        status=status_of(refusal),
        title=title_of(refusal),
        message=" ".join(message.split()),
        more=" ".join(more.split()),
        repair=REPAIRS[refusal.kind],
    )


def _of_fault(problem: Problem, *, repair: str) -> Explanation:
    return Explanation(
        code=problem.code,
        status=problem.status,
        title=problem.title,
        message=problem.detail,
        more="",
        repair=repair,
    )


def _markdown_lines() -> Iterator[str]:
    for page in explanations():
        yield f"## `{page.code}`"
        yield ""
        yield f"**{page.title}**, status {page.status}. {page.message}"
        yield ""
        if page.more:
            yield page.more
            yield ""
        yield f"What to do: {page.repair}"
        yield ""


def _html(title: str, body: str) -> str:
    name = escape(title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title></head>'
        f"<body><main><h1>{name}</h1>{body}</main></body></html>"
    )
