"""Lists in pages: an opaque cursor holds where the last page ended and for which list it was made."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Any, Generic, TypeVar, cast
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import BigInteger, ColumnElement, Row, Select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from shared.db.within import within
from shared.errors import Finding
from shared.http.errors import CursorDamaged, CursorOfOtherList

T = TypeVar("T")
Item = TypeVar("Item")
LONGEST_CURSOR = 1024
_BASE64 = re.compile(r"[A-Za-z0-9_-]+")


class Page(BaseModel, Generic[T]):
    """One page; `next_cursor` is null on the last."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    items: tuple[T, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which page is asked for: how many items, after which sort key, of which list (address and filters)."""

    limit: int
    after: tuple[Any, ...] | None
    list_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """A page's rows, and the cursor of the next page if there is one."""

    rows: Sequence[T]
    next_cursor: str | None

    def page(self, item: Callable[[T], Item]) -> Page[Item]:
        """The page to answer, each item made from its row."""
        page = Page[Any](items=tuple(item(row) for row in self.rows), next_cursor=self.next_cursor)
        return cast(Page[Item], page)


async def page_request(
    request: Request,
    *,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many items.")] = 50,
    cursor: Annotated[str | None, Query(description="The next_cursor of the page before.")] = None,
) -> PageRequest:
    """Raises CursorDamaged, or CursorOfOtherList when the address or a filter differs from the cursor's."""
    filters = sorted(
        (name, value) for name, value in request.query_params.multi_items() if name not in ("limit", "cursor")
    )
    named = json.dumps([request.scope["path"], filters])
    list_hash = sha256(named.encode(errors="replace")).hexdigest()[:16]
    after = None if cursor is None else _opened(cursor, list_hash)
    return PageRequest(limit=limit, after=after, list_hash=list_hash)


Paging = Annotated[PageRequest, Depends(page_request)]
"""The type of a list route's parameter `paging`."""


async def fetch_page(
    session: AsyncSession,
    query: Select[Any],
    *,
    by: Sequence[ColumnElement[Any]],
    paging: PageRequest,
    is_descending: bool = False,
) -> Found[Row[Any]]:
    """The rows of this page, as far as the principal reaches, by keyset: none is skipped or repeated.

    No page is slower than the first.

    `by`: columns, none of them nullable, that the query selects and that are unique together.
    Raises CursorDamaged when the cursor's values are not of these columns' types.
    """
    query = within(session, query)
    if paging.after is not None:
        values = _typed(paging.after, by)
        query = query.where(tuple_(*by) < values if is_descending else tuple_(*by) > values)
    order = [column.desc() if is_descending else column.asc() for column in by]
    rows = (await session.execute(query.order_by(*order).limit(paging.limit + 1))).all()
    shown = rows[: paging.limit]
    if len(rows) == len(shown):
        return Found(rows=shown, next_cursor=None)
    last = [shown[-1]._mapping[column] for column in by]
    return Found(rows=shown, next_cursor=_sealed(last, paging.list_hash))


def _sealed(values: Sequence[Any], list_hash: str) -> str:
    content = json.dumps([list_hash, *values], default=str, separators=(",", ":"))
    return urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _opened(cursor: str, list_hash: str) -> tuple[Any, ...]:
    if len(cursor) > LONGEST_CURSOR or not _BASE64.fullmatch(cursor):
        raise _damaged()
    try:
        content = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        raise _damaged() from None
    if not isinstance(content, list) or len(content) < 2 or not isinstance(content[0], str):
        raise _damaged()
    if content[0] != list_hash:
        raise CursorOfOtherList
    return tuple(content[1:])


def _typed(values: Sequence[Any], columns: Sequence[ColumnElement[Any]]) -> tuple[Any, ...]:
    if len(values) != len(columns):
        raise _damaged()
    try:
        return tuple(_typed_one(value, column) for column, value in zip(columns, values, strict=True))
    except (ValueError, TypeError, ArithmeticError):
        raise _damaged() from None


def _typed_one(value: Any, column: ColumnElement[Any]) -> Any:
    if column.type.python_type is int:
        return _integer(value, bits=63 if isinstance(column.type, BigInteger) else 31)
    return _READ[column.type.python_type](value)


def _damaged() -> CursorDamaged:
    finding = Finding(
        pointer="/query/cursor", code="cursor_damaged", message="Send next_cursor exactly as it was answered."
    )
    return CursorDamaged(findings=(finding,))


def _integer(value: Any, *, bits: int) -> int:
    if type(value) is not int or not -(2**bits) <= value < 2**bits:
        raise ValueError("not an integer of the column")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("not a text of a column")
    value.encode()  # ValueError for half a surrogate pair
    return value


def _decimal(value: Any) -> Decimal:
    number = Decimal(_string(value))
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError("not a decimal of a column")
    return number


def _instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(_string(value))
    if instant.tzinfo is None:
        raise ValueError("an instant without an offset")
    return instant


_READ: dict[type, Callable[[Any], Any]] = {
    str: _string,
    Decimal: _decimal,
    UUID: lambda value: UUID(_string(value)),
    date: lambda value: date.fromisoformat(_string(value)),
    datetime: _instant,
}
