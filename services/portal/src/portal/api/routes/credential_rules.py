"""Credentialing's rules: read by who works with files, written by leads, who see first what they would change."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from portal.api.pages.asked import AskedText
from portal.api.pages.calls import Calls
from portal.api.pages.doors import Forms
from portal.api.pages.page import Pages
from portal.api.pages.rule_pages import RulePages
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

RuleId = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,99}$")]
READ, WRITE = allow("rules.read"), allow("rules.write")


async def _rules(door: Pages, services: Calls) -> RulePages:
    return RulePages(door=door, services=services)


Rules = Annotated[RulePages, Depends(_rules)]


@router.get("/credentialing/rules", dependencies=[READ])
async def show_rules(rules: Rules, level: AskedText = None, code: AskedText = None) -> Response:
    """The rules in force today."""
    return await rules.show_list(level=level, code=code)


@router.get("/credentialing/rules/{rule_id}", dependencies=[READ])
async def show_rule(rules: Rules, rule_id: RuleId) -> Response:
    """One rule with its versions, in its editor; `new` is an empty one."""
    return await rules.open(rule_id)


@router.post("/credentialing/rules/{rule_id}", dependencies=[WRITE])
async def write_rule(door: Forms, rules: Rules, rule_id: RuleId) -> Response:
    """Shows what the rule would change, or writes it."""
    return await rules.send(rule_id, door.form)
