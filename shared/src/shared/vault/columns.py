"""The column type of what was sealed: clear text does not get into it, by whichever way."""

from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from shared.vault.values import Sealed


class SealedText(TypeDecorator[Sealed]):
    """A text column that takes and gives `Sealed` alone. Raises TypeError for anything else, before it is sent."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Sealed | None:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"this column takes Sealed, not {type(value).__name__}: seal the value first")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(value)
