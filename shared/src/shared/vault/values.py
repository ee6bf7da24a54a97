"""Clear text while it is in memory, and its sealed form: the two cannot be taken for each other."""

import hmac
import re
from typing import Any, NoReturn

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

MASK = "***"
LONGEST = 4000
"""Characters of a clear text that a request may carry."""

_SEALED = re.compile(r"v1\.[0-9a-z_]{1,60}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}")


class Secret:
    """A clear text that shows itself only when it is asked to.

    Printed, formatted and logged it is `***`; pickled, copied or written as JSON it raises TypeError, and so does a
    comparison by `==`, whose outcome and whose time would tell something. Request bodies may have a field of it.
    """

    __slots__ = ("_text",)
    __hash__ = None  # type: ignore[assignment]  # a hash would be a fingerprint

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The clear text. Whoever calls this answers for where it goes."""
        return self._text

    def is_same(self, other: "Secret") -> bool:
        """Whether both hold the same text, in a time that does not depend on it."""
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __repr__(self) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        raise TypeError("a Secret is compared by is_same()")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Secret is neither pickled nor copied")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strict=True, min_length=1, max_length=LONGEST)
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(cls, text),
            python_schema=core_schema.is_instance_schema(cls),
            serialization=core_schema.plain_serializer_function_ser_schema(_refuse),
        )


class Sealed(str):
    """What is stored: `v1.<key id>.<nonce>.<ciphertext>`, the last two as base64url. Raises TypeError for other text.

    It is text, so that it needs no translation on its way to the database; clear text is not of this form.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> "Sealed":
        if not _SEALED.fullmatch(text):
            raise TypeError("this is not a sealed text")
        return super().__new__(cls, text)

    @property
    def key_id(self) -> str:
        """The key that it was sealed with."""
        return self.split(".")[1]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(_read, core_schema.str_schema()),
            python_schema=core_schema.is_instance_schema(cls),
            serialization=core_schema.plain_serializer_function_ser_schema(_written),
        )


def _refuse(value: object) -> NoReturn:
    raise TypeError("a Secret is not written anywhere: seal it")


def _read(text: str) -> Sealed:
    try:
        return Sealed(text)
    except TypeError as error:
        raise ValueError(str(error)) from None


def _written(value: object) -> str:
    if not isinstance(value, Sealed):
        raise TypeError(f"this field takes Sealed, not {type(value).__name__}: seal the value first")
    return str(value)
