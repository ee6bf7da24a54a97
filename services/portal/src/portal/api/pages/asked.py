"""What a page's address may ask: filters that a form leaves empty ask nothing, and links keep the rest of them."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from shared.contracts.terms import YEARS
from shared.http.parameters import Day


def _nothing(value: object) -> object:
    """A select that stands on "any" sends its name with nothing."""
    return None if value == "" else value


Blank = BeforeValidator(_nothing)
"""Marks a parameter that may come empty, and then asks nothing."""

# Bounds stand inside, on the text: on the whole parameter they would be asked of None, too.
AskedText = Annotated[Annotated[str, StringConstraints(max_length=60)] | None, Blank, Query()]
AskedSearch = Annotated[Annotated[str, StringConstraints(max_length=100)] | None, Blank, Query()]
AskedState = Annotated[Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None, Blank, Query()]


def _of_this_century(value: date | None) -> date | None:
    """Days far away cannot be counted on from."""
    if value is not None and value.year not in YEARS:
        raise PydanticCustomError("out_of_range", "Write a day of this century.")
    return value


ThisCentury = AfterValidator(_of_this_century)
"""Marks a day or a month that pages count on from."""

AskedDay = Annotated[Day | None, Blank, ThisCentury, Query()]


def address(path: str, /, **asked: object) -> str:
    """The address with these parameters, without those that ask nothing (None or empty), in the order given."""
    values = [(name, str(value)) for name, value in asked.items() if value not in (None, "")]
    return f"{path}?{urlencode(values)}" if values else path
