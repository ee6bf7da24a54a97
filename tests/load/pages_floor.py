"""The floor of the pages' measurement: bare FastAPI, asyncpg and Jinja2, which show the same rows as plain tuples.

No sign-in, no reach, no filters, no words, no layout: one statement a list, one loop in the template.
"""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import uvicorn
from fastapi import FastAPI
from jinja2 import Environment
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse

CONNECTIONS = 6
BOARD_DAYS = 30

_NAMES = """
    LEFT JOIN replica c ON c.topic = 'assignments.clinician.v1' AND c.key = {0}.clinician_id
    LEFT JOIN replica f ON f.topic = 'assignments.facility.v1' AND f.key = {0}.facility_id
"""
_NAMED = "CAST(c.body AS json)->>'name' AS clinician, CAST(f.body AS json)->>'name' AS facility"

QUEUE = f"""
    SELECT i.work_item_id, i.department, i.kind, i.title, i.due_at, i.rank_at, i.rank_reasons, i.owner_id,
        i.money_at_stake_cents, i.start_date, i.assignment_id, a.unit, a.state, {_NAMED}
    FROM queue_item i LEFT JOIN assignment a ON a.assignment_id = i.assignment_id {_NAMES.format("i")}
    WHERE i.is_open AND (i.snoozed_until IS NULL OR i.snoozed_until < $2)
    ORDER BY i.rank_at, i.work_item_id LIMIT $1
"""
BOARD = f"""
    SELECT a.assignment_id, a.unit, a.discipline, a.state, a.start_date, a.credentialing, a.payroll, a.housing,
        a.timekeeping, a.risk, a.weekly_value_cents, {_NAMED}
    FROM assignment a {_NAMES.format("a")}
    WHERE a.is_open AND a.started_on IS NULL AND a.start_date < $2
    ORDER BY a.start_date, a.assignment_id LIMIT $1
"""
ASSIGNMENT = f"SELECT a.*, {_NAMED} FROM assignment a {_NAMES.format('a')} WHERE a.assignment_id = $1"
STREAMS = "SELECT * FROM queue_stream WHERE assignment_id = $1 ORDER BY department"
ITEMS = "SELECT * FROM queue_item WHERE assignment_id = $1 ORDER BY is_open DESC, rank_at LIMIT $2"

page = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bare</title></head><body>
{% for rows in tables %}<table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>
{% endfor %}</body></html>""")


def make_app(url: str) -> FastAPI:
    """The application."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = await asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS)
        gc.collect()
        gc.freeze()
        yield
        await app.state.pool.close()

    app = FastAPI(lifespan=lifespan)
    app.add_middleware(GZipMiddleware, minimum_size=1024)

    @app.get("/work")
    async def queue(request: Request, rows: int) -> HTMLResponse:
        return _shown(await request.app.state.pool.fetch(QUEUE, rows, _now()))

    @app.get("/board")
    async def board(request: Request, rows: int) -> HTMLResponse:
        until = (_now() + timedelta(days=BOARD_DAYS)).date()
        return _shown(await request.app.state.pool.fetch(BOARD, rows, until))

    @app.get("/assignments/{assignment_id}")
    async def assignment(request: Request, assignment_id: str, rows: int) -> HTMLResponse:
        async with request.app.state.pool.acquire() as connection:
            lists = [await connection.fetch(query, assignment_id) for query in (ASSIGNMENT, STREAMS)]
            return _shown(*lists, await connection.fetch(ITEMS, assignment_id, rows))

    return app


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # a page without our clock


def _shown(*tables: Any) -> HTMLResponse:
    return HTMLResponse(page.render(tables=[[tuple(row) for row in rows] for rows in tables]))


if __name__ == "__main__":
    uvicorn.run(
        make_app(os.environ["DATABASE_URL"].replace("+asyncpg", "")),
        port=int(os.environ["PORT"]),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
    )
