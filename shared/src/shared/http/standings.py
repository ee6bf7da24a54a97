"""A department's standing as its API shows it: how far, what stands in the way, what a person can do now."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import ConfigDict

from shared.contracts.workstreams import Status
from shared.http.bodies import ResponseBody
from shared.http.masking import COMMERCIAL

STANDING: dict[str, Any] = {
    "status": "open",
    "done": 3,
    "total": 17,
    "expected_ready_on": "2026-01-20",
    "obstacles": [{"code": "BLS:missing", "owner": "clinician", "due": "2026-01-19", "task_key": "collect:personnel"}],
    "tasks": [
        {
            "key": "collect:personnel",
            "kind": "collect_credentials",
            "due_at": "2026-01-20T06:00:00Z",
            "weight_minutes": 10,
            "skill": "credentialing",
            "partition": "personnel",
            "money_at_stake_cents": 331200,
            "playbook": "collect-credentials",
            "actions": [{"name": "receive", "method": "POST", "path": "/v1/files/fil_…/items/BLS:receive"}],
        }
    ],
}


class ObstacleOut(ResponseBody):
    """One thing between the workstream and ready."""

    code: str
    owner: str
    due: date | None
    task_key: str | None


class ActionOut(ResponseBody):
    """One way to do a task."""

    name: str
    method: str
    path: str


class TaskOut(ResponseBody):
    """One thing a person must do now."""

    key: str
    kind: str
    due_at: datetime
    weight_minutes: int
    skill: str
    partition: str
    money_at_stake_cents: Annotated[int | None, COMMERCIAL]
    playbook: str | None
    actions: tuple[ActionOut, ...]


class StandingOut(ResponseBody):
    """How far a department is with an assignment."""

    model_config = ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [STANDING]})

    status: Status
    done: int
    total: int
    expected_ready_on: date | None
    obstacles: tuple[ObstacleOut, ...]
    tasks: tuple[TaskOut, ...]
