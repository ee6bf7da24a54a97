"""A body whose rules add findings of their own: what was read of it, and every fault that reading found."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel
from pydantic_core import from_json

from assignments.domain.private_fields import private_findings
from assignments.domain.terms_checks import beside
from shared.errors import Finding
from shared.http.decoding import Reading, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """`draft` has every attribute of the model, None where it could not be read; `unread` says why."""

    draft: Any
    unread: tuple[Finding, ...]


def judged(model: type[BaseModel]) -> Any:
    """The dependency that gives a route its body as a Read; fields that this service never takes are named as such."""

    async def read(request: Request, found: Annotated[Reading[Any], reading(model)]) -> Read:
        private = private_findings(from_json(await request.body()))
        return Read(draft=found.draft, unread=beside(private, found.findings))

    return Depends(read)
