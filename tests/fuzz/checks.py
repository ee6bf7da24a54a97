"""What must hold of every answer, and where a general rule of the tool does not hold for this API."""

from collections.abc import Sequence
from typing import Any

import httpx
from schemathesis import Case
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

TRUE = frozenset({"true", "1", "yes", "on", "t", "y"})
"""What pydantic reads as true in a query."""

REFUSED_UNREAD = frozenset({413, 414, 431})
"""Refusals that the tool does not know as such: what is too long is refused before it is read."""

ALWAYS: tuple[CheckFunction, ...] = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


def violations(case: Case[Any], response: httpx.Response) -> Sequence[str]:
    """What is wrong with this answer to this case."""
    is_exempt = response.status_code in REFUSED_UNREAD or _is_rehearsal_without_key(case)
    checks = [*ALWAYS, *([] if is_exempt else [negative_data_rejection])]
    try:
        case.validate_response(response, checks=checks)
    except FailureGroup as found:
        return [f"{type(one).__name__}: {one}" for one in found.exceptions]
    return []


def _is_rehearsal_without_key(case: Case[Any]) -> bool:
    """The document says that commands need an Idempotency-Key; it cannot say that `validate_only=true` needs none."""
    is_rehearsal = str(case.query.get("validate_only", "")).lower() in TRUE
    return is_rehearsal and not any(name.lower() == "idempotency-key" for name in case.headers)
