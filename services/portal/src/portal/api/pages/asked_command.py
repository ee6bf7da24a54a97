"""The command that an address asks for, and what the steps of its page need from the request."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Path, Query
from starlette.requests import Request

from portal.app.prepare_command import PrepareCommand
from portal.domain.own_path import own_path

AssignmentId = Annotated[str, Path(max_length=60)]
Department = Literal["assignments", "credentialing", "payroll", "housing", "timekeeping"]
"""Whose commands are about an assignment; what the others do has pages of its own."""
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which command, about which assignment, from where; `here` is the address itself."""

    assignment_id: str
    command: PrepareCommand
    back: str
    here: str


async def _asked(
    request: Request,
    assignment_id: AssignmentId,
    service: Department,
    path: Annotated[str, Query(max_length=300)],
    method: Method = "POST",
    back: Annotated[str, Query(max_length=2000)] = "",
) -> Asked:
    return Asked(
        assignment_id=assignment_id,
        command=PrepareCommand(service=service, path=path, method=method),
        back=own_path(back) if back else f"/assignments/{assignment_id}",
        here=f"{request.url.path}?{request.url.query}",
    )


AskedCommand = Annotated[Asked, Depends(_asked)]
"""The type of a route's parameter `asked`."""
