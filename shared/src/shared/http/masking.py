"""Fields that not everybody sees: each is marked with its class, and null for who is not shown that class.

    class ClinicianOut(ResponseBody):
        email: Annotated[str | None, CONTACT]

Whoever asks is read from the request in hand, so that no route can forget to mask. Outside a request all is shown. The
OpenAPI document names the class as `x-field-class`.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, SerializerFunctionWrapHandler, WrapSerializer
from pydantic_core import CoreSchema

from shared.http.context import current_request
from shared.roles import Field

FIELD_CLASS = "x-field-class"


@dataclass(frozen=True)
class Masked:
    """The mark of a field of this class."""

    field: Field

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def mask(value: Any, shown: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]
            # Without an annotation of the result, the document keeps the type of the field itself.
            return None if self._is_hidden() else shown(value)

        return WrapSerializer(mask).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), FIELD_CLASS: str(self.field)}

    def _is_hidden(self) -> bool:
        context = current_request.get()
        return context is not None and context.reach is not None and self.field not in context.reach.fields


CONTACT = Masked(Field.CONTACT)
MONEY = Masked(Field.MONEY)
COMMERCIAL = Masked(Field.COMMERCIAL)
