"""Bodies about what rules do: to open files, and what could be asked at all."""

from datetime import date, datetime
from typing import Any, Self

from credentialing.api.schemas.asks import SeasonOut, season_shown
from credentialing.api.schemas.rules import shown
from credentialing.app.queries.rules import SHOWN_FILES, FileEffect, FileResolution, RulePreview
from credentialing.domain.file import Difference
from credentialing.domain.file_change import FileChange, Why
from credentialing.domain.requirement import Confirmer, Owner, Partition, Scope, Waivable
from credentialing.domain.rulebook.catalogue.entry import Category, Confidence, Entry
from credentialing.domain.rulebook.catalogue.sources import SOURCES
from credentialing.domain.rulebook.templates import Template
from credentialing.domain.validity import MustCover
from shared.http.bodies import ResponseBody

_DIFFERENCE: dict[str, Any] = {"added": ["HLTH-COLOR"], "dropped": [], "reopened": ["TB-12"], "newly_met": []}
_EFFECT: dict[str, Any] = {
    "file_id": "fil_01m8095ps8e00axqcgn5qrg12p",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh",
    "start_date": "2030-02-04",
    "is_cleared": True,
    **_DIFFERENCE,
}
_COUNTS = {"files": 1, "cleared_files": 1, "added": 1, "dropped": 0, "reopened": 1, "newly_met": 0}
_CHANGE: dict[str, Any] = {"at": "2030-01-07T15:00:00Z", "why": "rules", "rule_set": 7, **_DIFFERENCE}
_ENTRY: dict[str, Any] = {
    "code": "TB-12",
    "name": "Tuberculosis test within 12 months",
    "category": "tuberculosis",
    "levels": ["facility", "state", "agency"],
    "asked_of": ["ALL_CLINICAL"],
    "specialties": [],
    "states": [],
    "settings": [],
    "printed_expiry": False,
    "max_age_months": 12,
    "end_of_month": False,
    "window_before_start": None,
    "window_before_decision": None,
    "monitor_days": None,
    "season": None,
    "break_days": None,
    "basis": "read_or_collection_date",
    "must_cover": "assignment_end",
    "waivable": "facility",
    "partition": "health",
    "confirmed_by": "source",
    "owner": "clinician",
    "bound_to": "clinician",
    "panel": [],
    "lookback_years": None,
    "satisfied_by": [],
    "obtain_days": 2,
    "obtain_days_at_most": 5,
    "verify_days": 0,
    "primary_source": "Clinic/lab",
    "confidence": "sourced",
    "sources": ["centura.org, contractors"],
    "remark": "a facility's rule, not federal",
}


class EffectOut(ResponseBody):
    """What a rule would do to one open file, by code."""

    file_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    start_date: date
    is_cleared: bool
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    reopened: tuple[str, ...]
    newly_met: tuple[str, ...]

    @classmethod
    def of(cls, effect: FileEffect) -> Self:
        """The effect as it is shown."""
        file = effect.file
        return cls(
            file_id=file.file_id,
            assignment_id=file.assignment_id,
            clinician_id=file.clinician_id,
            facility_id=file.facility_id,
            start_date=file.terms.start_date,
            is_cleared=effect.is_cleared,
            **_codes(effect.difference),
        )


class CountsOut(ResponseBody):
    """How many files would change, how many of them are cleared now, and how many items."""

    files: int
    cleared_files: int
    added: int
    dropped: int
    reopened: int
    newly_met: int


class RulePreviewOut(ResponseBody):
    """What a rule would change; the first 50 files are listed, the counts are of all that were looked at."""

    model_config = shown({"looked_at": 40, "is_whole": True, "counts": _COUNTS, "files": [_EFFECT]})

    looked_at: int
    is_whole: bool
    counts: CountsOut
    files: tuple[EffectOut, ...]

    @classmethod
    def of(cls, preview: RulePreview) -> Self:
        """The preview as it is shown."""
        differences = [effect.difference for effect in preview.effects]
        counts = CountsOut(
            files=len(differences),
            cleared_files=sum(effect.is_cleared for effect in preview.effects),
            **{name: sum(len(_codes(one)[name]) for one in differences) for name in _DIFFERENCE},
        )
        listed = tuple(map(EffectOut.of, preview.effects[:SHOWN_FILES]))
        return cls(looked_at=preview.looked_at, is_whole=preview.is_whole, counts=counts, files=listed)


class FileChangeOut(ResponseBody):
    """One change of a file's list: when, why, and under which rule set it stands since."""

    at: datetime
    why: Why
    rule_set: int
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    reopened: tuple[str, ...]
    newly_met: tuple[str, ...]


class FileChangesOut(ResponseBody):
    """The changes of a file's list, the latest first."""

    model_config = shown({"items": [_CHANGE]})

    items: tuple[FileChangeOut, ...]

    @classmethod
    def of(cls, changes: tuple[FileChange, ...]) -> Self:
        """The changes as they are shown."""
        return cls(
            items=tuple(
                FileChangeOut(at=one.at, why=one.why, rule_set=one.rule_set, **_codes(one.difference))
                for one in changes
            )
        )


class ProvenanceLine(ResponseBody):
    """One item, the rules that ask for it, whose they are, and where they come from."""

    code: str
    rules: tuple[str, ...]
    scopes: tuple[Scope, ...]
    sources: tuple[str, ...]


class ProvenanceOut(ResponseBody):
    """What the present rules ask of a file, the rule that exempts each code that is lifted, and contradictions.

    The file follows within a minute where `file_rule_set` is the older one.
    """

    model_config = shown(
        {
            "rule_set": 7,
            "file_rule_set": 7,
            "items": [
                {
                    "code": "LIC-RN",
                    "rules": ["state-licence-rn"],
                    "scopes": ["state"],
                    "sources": ["state nurse practice act"],
                }
            ],
            "exempted": {"TB-12": "st-lukes-remote-fac-01m8095ps8e00rc1kcn27y03zh"},
            "conflicts": {},
        }
    )

    rule_set: int
    file_rule_set: int
    items: tuple[ProvenanceLine, ...]
    exempted: dict[str, str]
    conflicts: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, found: FileResolution) -> Self:
        """The provenance as it is shown."""
        return cls(
            rule_set=found.rule_set,
            file_rule_set=found.file_rule_set,
            items=tuple(map(ProvenanceLine.model_validate, found.resolution.requirements)),
            exempted=dict(found.resolution.exempted),
            conflicts=dict(found.resolution.conflicts),
        )


class EntryOut(ResponseBody):
    """One item of the catalogue with its usual values, which any rule may override."""

    code: str
    name: str
    category: Category
    levels: tuple[Scope, ...]
    asked_of: tuple[str, ...]
    specialties: tuple[str, ...]
    states: tuple[str, ...]
    settings: tuple[str, ...]
    printed_expiry: bool
    max_age_months: int | None
    end_of_month: bool
    window_before_start: int | None
    window_before_decision: int | None
    monitor_days: int | None
    season: SeasonOut | None
    break_days: int | None
    basis: str
    must_cover: MustCover
    waivable: Waivable
    partition: Partition
    confirmed_by: Confirmer
    owner: Owner
    bound_to: str
    panel: tuple[str, ...]
    lookback_years: int | None
    satisfied_by: tuple[str, ...]
    obtain_days: int
    obtain_days_at_most: int
    verify_days: int
    primary_source: str
    confidence: Confidence
    sources: tuple[str, ...]
    remark: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The item as it is shown; its sources by their names."""
        plain = ("code", "name", "category", "levels", "must_cover", "waivable", "partition", "confirmed_by", "owner")
        also = ("panel", "lookback_years", "satisfied_by", "verify_days", "primary_source", "confidence", "remark")
        limits = ("printed_expiry", "max_age_months", "end_of_month", "monitor_days", "break_days", "basis")
        sets = ("asked_of", "specialties", "states", "settings")
        return cls(
            **{name: getattr(entry, name) for name in (*plain, *also)},
            **{name: getattr(entry.validity, name) for name in limits},
            **{name: tuple(sorted(getattr(entry, name))) for name in sets},
            window_before_start=entry.validity.window_days,
            window_before_decision=entry.validity.decision_days,
            season=season_shown(entry.validity.season) if entry.validity.season else None,
            bound_to=entry.bound_to.name.lower(),
            obtain_days=entry.obtain[0],
            obtain_days_at_most=entry.obtain[1],
            sources=tuple(SOURCES[key] for key in entry.sources),
        )


class CatalogueOut(ResponseBody):
    """Everything that rules may ask for, in the order in which files show it."""

    model_config = shown({"items": [_ENTRY]})

    items: tuple[EntryOut, ...]


class TemplateOut(ResponseBody):
    """A published packet that a facility can adopt; `asks` and `exempts` are codes, `remark` what it wants besides."""

    name: str
    title: str
    source: str
    remark: str
    asks: tuple[str, ...]
    exempts: tuple[str, ...]

    @classmethod
    def of(cls, template: Template) -> Self:
        """The template as it is shown."""
        asked = dict.fromkeys(one.code for part in template.parts for one in part.require)
        lifted = dict.fromkeys(code for part in template.parts for code in part.exempt)
        return cls(
            name=template.name,
            title=template.title,
            source=template.source,
            remark=template.remark,
            asks=tuple(asked),
            exempts=tuple(lifted),
        )


class TemplatesOut(ResponseBody):
    """The published packets."""

    model_config = shown(
        {
            "items": [
                {
                    "name": "centura",
                    "title": "Centura Health (CO)",
                    "source": "centura.org, contractors",
                    "remark": "",
                    "asks": ["BG-COUNTY", "TB-12", "DRUG-10"],
                    "exempts": [],
                }
            ]
        }
    )

    items: tuple[TemplateOut, ...]


def _codes(difference: Difference) -> dict[str, tuple[str, ...]]:
    return {name: getattr(difference, name) for name in _DIFFERENCE}
