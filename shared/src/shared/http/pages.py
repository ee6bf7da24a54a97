"""Lists in pages: an opaque cursor holds a row at the border of a page, which way to go from it, and for which list."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
_BACK = "<"
"""What follows the hash of the list in a cursor that goes back."""


class Page(BaseModel, Generic[T]):
    """One page; `next_cursor` is null on the last."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    items: tuple[T, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which page is asked for: how many items, after which sort key, of which list (address and filters).

    `is_back`: the page before that sort key, not the one after it.
    """

    limit: int
    after: tuple[Any, ...] | None
    list_hash: str
    is_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """A page's rows, and the cursors of the next page and of the one before, where there are any."""

    rows: Sequence[T]
    next_cursor: str | None
    previous_cursor: str | None = None

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
    if cursor is None:
        return PageRequest(limit=limit, after=None, list_hash=list_hash)
    named_list, *border = _opened(cursor)
    if named_list.removesuffix(_BACK) != list_hash:
        raise CursorOfOtherList
    return PageRequest(limit=limit, after=tuple(border), list_hash=list_hash, is_back=named_list.endswith(_BACK))


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

    No page is slower than the first. Whoever goes back to the beginning gets the first page as it is by now, a full one
    also where rows were added or taken away meanwhile.

    `by`: columns, none of them nullable, that the query selects and that are unique together.
    Raises CursorDamaged when the cursor's values are not of these columns' types.
    """
    border = None if paging.after is None else _typed(paging.after, by)
    is_falling = is_descending != paging.is_back
    reached = within(session, query)
    if border is not None:
        reached = reached.where(tuple_(*by) < border if is_falling else tuple_(*by) > border)
    order = [column.desc() if is_falling else column.asc() for column in by]
    rows = (await session.execute(reached.order_by(*order).limit(paging.limit + 1))).all()
    has_more = len(rows) > paging.limit
    if paging.is_back and not has_more:
        first = replace(paging, after=None, is_back=False)
        return await fetch_page(session, query, by=by, paging=first, is_descending=is_descending)
    shown = rows[: paging.limit][:: -1 if paging.is_back else 1]
    ends = [[row._mapping[column] for column in by] for row in shown[:1] + shown[-1:]]
    return Found(
        rows=shown,
        next_cursor=_sealed(ends[1], paging.list_hash) if ends and has_more else None,
        previous_cursor=_sealed(ends[0], paging.list_hash + _BACK) if ends and border is not None else None,
    )


def _sealed(values: Sequence[Any], named_list: str) -> str:
    content = json.dumps([named_list, *values], default=str, separators=(",", ":"))
    return urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[Any, ...]:
    """What was sealed: the hash of the list with the way to go, and the values of the border."""
    if len(cursor) > LONGEST_CURSOR or not _BASE64.fullmatch(cursor):
        raise _damaged()
    try:
        content = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        raise _damaged() from None
    if not isinstance(content, list) or len(content) < 2 or not isinstance(content[0], str):
        raise _damaged()
    return tuple(content)


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
