"""Rules over HTTP: read by those who work with files, written by leads."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from credentialing.api.schemas.facility_facts import FacilityFactsIn, FacilityFactsOut
from credentialing.api.schemas.rule_effects import (
    CatalogueOut,
    EntryOut,
    FileChangesOut,
    ProvenanceOut,
    RulePreviewOut,
    TemplateOut,
    TemplatesOut,
)
from credentialing.api.schemas.rules import AdoptedOut, AdoptIn, EndRuleIn, RuleIn, RuleOut, RulesOut, RuleVersionsOut
from credentialing.app.adopt_template import AdoptTemplate, adopt_template
from credentialing.app.end_rule import EndRule, end_rule
from credentialing.app.put_rule import PutRule, put_rule
from credentialing.app.queries import rules as queries
from credentialing.app.say_facility_facts import SayFacilityFacts, say_facility_facts
from credentialing.domain.errors import NoRequirementsInForce
from credentialing.domain.requirement import Scope
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.domain.rulebook.errors import RuleEndsInPast
from credentialing.domain.rulebook.place import FacilityFacts
from credentialing.domain.rulebook.rule import Rule
from credentialing.domain.rulebook.templates import TEMPLATES
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import IfMatchMalformed, IfMatchMissing
from shared.http.openapi import problems
from shared.http.parameters import Day
from shared.http.versions import ExpectedVersion

router = APIRouter(prefix="/v1", tags=["rules"])

READ, WRITE = allow("rules.read"), allow("rules.write")
GUARDED = (VersionMismatch, IfMatchMissing, IfMatchMalformed)
RuleId = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,99}$")]
FileId = Annotated[str, Path(max_length=60)]
Name = Annotated[str, Path(max_length=60)]


def _show(rule: Rule) -> Answer:
    return Answer(body=RuleOut.of(rule), etag=rule.version)


def _show_versions(versions: Sequence[Rule]) -> Answer:
    shown = RuleVersionsOut(rule_id=versions[-1].rule_id, versions=tuple(map(RuleOut.of, versions)))
    return Answer(body=shown, etag=versions[-1].version)


def _show_facts(facts: FacilityFacts) -> Answer:
    return Answer(body=FacilityFactsOut.of(facts), etag=facts.version)


@router.get(
    "/requirement-catalogue", summary="Everything that rules may ask for", dependencies=[READ], responses=problems()
)
async def list_catalogue() -> CatalogueOut:
    return CatalogueOut(items=tuple(map(EntryOut.of, CATALOGUE.values())))


@router.get("/rules", summary="Rules of a day", dependencies=[READ], responses=problems(NoRequirementsInForce))
async def list_rules(
    door: Reads,
    on: Day | None = None,
    level: Scope | None = None,
    code: Annotated[str | None, Query(max_length=20)] = None,
    state: Annotated[str | None, Query(max_length=2)] = None,
    facility_id: Annotated[str | None, Query(max_length=60)] = None,
) -> RulesOut:
    wanted = queries.RuleFilter(on=on, level=level, code=code, state=state, facility_id=facility_id)
    return RulesOut.of(await door.read(lambda work: queries.rules_of_day(work, wanted)))


@router.get(
    "/rules/{rule_id}",
    summary="One rule with its versions",
    dependencies=[READ],
    responses=problems(NotFound),
    response_model=RuleVersionsOut,
)
async def get_rule(door: Reads, rule_id: RuleId) -> Response:
    return await door.show(lambda work: queries.rule_versions(work, rule_id), answer=_show_versions)


@router.put(
    "/rules/{rule_id}",
    summary="Write a rule, or its next version",
    dependencies=[WRITE],
    responses=problems(*GUARDED),
    response_model=RuleOut,
)
async def write_rule(
    door: Commands, expected_version: ExpectedVersion, rule_id: RuleId, asked: Annotated[RuleIn, body(RuleIn)]
) -> Response:
    command = PutRule(
        wanted=asked.rule(rule_id), expected_version=expected_version, may_reach_back=asked.may_reach_back
    )
    return await door.command(lambda work: put_rule(work, command), answer=_show)


@router.post(
    "/rules/{rule_id}:end",
    summary="End a rule",
    dependencies=[WRITE],
    responses=problems(NotFound, RuleEndsInPast, *GUARDED),
    response_model=RuleOut,
)
async def end(
    door: Commands, expected_version: ExpectedVersion, rule_id: RuleId, asked: Annotated[EndRuleIn, body(EndRuleIn)]
) -> Response:
    command = EndRule(rule_id=rule_id, last_day=asked.last_day, expected_version=expected_version)
    return await door.command(lambda work: end_rule(work, command), answer=_show)


@router.post(
    "/rules/{rule_id}:preview",
    summary="Which open files a rule would change",
    dependencies=[WRITE],
    responses=problems(),
)
async def preview(door: Reads, rule_id: RuleId, asked: Annotated[RuleIn, body(RuleIn)]) -> RulePreviewOut:
    wanted = asked.rule(rule_id)
    return RulePreviewOut.of(await door.read(lambda work: queries.preview_rule(work, wanted)))


@router.get(
    "/facilities/{facility_id}/facts",
    summary="What rules may ask of a facility",
    dependencies=[READ],
    responses=problems(NotFound),
    response_model=FacilityFactsOut,
)
async def get_facility_facts(door: Reads, facility_id: Name) -> Response:
    return await door.show(lambda work: queries.facility_facts(work, facility_id), answer=_show_facts)


@router.put(
    "/facilities/{facility_id}/facts",
    summary="Say what rules may ask of a facility",
    dependencies=[WRITE],
    responses=problems(NotFound, *GUARDED),
    response_model=FacilityFactsOut,
)
async def put_facility_facts(
    door: Commands,
    expected_version: ExpectedVersion,
    facility_id: Name,
    asked: Annotated[FacilityFactsIn, body(FacilityFactsIn)],
) -> Response:
    command = SayFacilityFacts(wanted=asked.facts(facility_id), expected_version=expected_version)
    return await door.command(lambda work: say_facility_facts(work, command), answer=_show_facts)


@router.get("/rule-templates", summary="Published packets", dependencies=[READ], responses=problems())
async def list_templates() -> TemplatesOut:
    return TemplatesOut(items=tuple(map(TemplateOut.of, TEMPLATES)))


@router.post(
    "/rule-templates/{template}:adopt",
    summary="Give a facility the rules of a published packet",
    dependencies=[WRITE],
    responses=problems(NotFound),
    response_model=AdoptedOut,
)
async def adopt(door: Commands, template: Name, asked: Annotated[AdoptIn, body(AdoptIn)]) -> Response:
    command = AdoptTemplate(template=template, **asked.model_dump())
    return await door.command(
        lambda work: adopt_template(work, command),
        answer=lambda rules: Answer(body=AdoptedOut(items=tuple(map(RuleOut.of, rules)))),
    )


@router.get(
    "/files/{file_id}/provenance",
    summary="By whose rules a file asks what it asks",
    dependencies=[allow("files.changes")],
    responses=problems(NotFound),
)
async def get_provenance(door: Reads, file_id: FileId) -> ProvenanceOut:
    return ProvenanceOut.of(await door.read(lambda work: queries.resolution_of_file(work, file_id)))


@router.get(
    "/files/{file_id}/changes",
    summary="What changed in the list of a file",
    dependencies=[allow("files.changes")],
    responses=problems(NotFound),
)
async def list_changes(door: Reads, file_id: FileId) -> FileChangesOut:
    return FileChangesOut.of(await door.read(lambda work: queries.changes_of_file(work, file_id)))
