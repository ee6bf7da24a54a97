"""What terms would mean for housing, decided by the same rules and recorded nowhere."""

from dataclasses import replace
from datetime import date

from housing.domain.case import Case, open_case
from housing.domain.changes import adapt
from housing.domain.costs import weekly_costs
from housing.domain.nights import in_words
from housing.domain.rulebook.steps import StepName
from housing.domain.steps import due_on, expected_ready_on, is_done, terms_findings, undone
from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.contracts.housing import TaxTreatment, WeeklyCost
from shared.contracts.previews import Preview
from shared.contracts.terms import HousingMode, Terms


def preview(terms: Terms, *, facility: FacilityChanged, today: date, case: Case | None = None) -> Preview:
    """The answer for an offer or, when its case exists, for these terms as its next, from today on."""
    if case is None:
        after = _opened(terms, facility, today=today)
    else:
        newer = replace(terms, version=max(terms.version, case.terms.version + 1))
        after = adapt(case, newer, facility=facility, effective_on=today, today=today)
    return Preview(
        service="housing",
        findings=terms_findings(terms),
        expected_ready_on=expected_ready_on(after, undone(after), today=today) or today,
        effects=_effects(case, after),
    )


def _opened(terms: Terms, facility: FacilityChanged, *, today: date) -> Case:
    offer = OfferAccepted(
        assignment_id="",
        source="",
        source_reference="",
        clinician_id="",
        client_id=facility.client_id,
        terms=terms,
    )
    return open_case(offer, facility, new_id=lambda _: "", today=today)


def _effects(before: Case | None, after: Case) -> tuple[str, ...]:
    return (_nights(before, after), *map(_cost, weekly_costs(after)), *_unit(before, after))


def _nights(before: Case | None, after: Case) -> str:
    if after.mode is HousingMode.NOT_NEEDED:
        return "no housing needed"
    if before is not None and before.stay != after.stay:
        return f"{in_words(after.stay)} instead of {in_words(before.stay)}"
    return in_words(after.stay)


def _cost(cost: WeeklyCost) -> str:
    amount = f"{cost.per_week:,.2f} a week from {cost.from_date} through {cost.through_date}"
    taxed = "wages" if cost.tax_treatment is TaxTreatment.WAGES else "not wages"
    return f"the agency bears {amount}: {taxed}"


def _unit(before: Case | None, after: Case) -> tuple[str, ...]:
    effects = []
    if before is not None and len(after.releases) > len(before.releases):
        given_up = after.releases[-1]
        effects.append(f"unit {given_up.unit.name} is given up; at most {given_up.at_stake} stays owed")
    if after.mode is HousingMode.AGENCY_UNIT and not is_done(after, StepName.UNIT_CHOSEN):
        name = f"unit {after.unit.name}" if after.unit else "a unit"
        effects.append(f"{name} is to be chosen for these nights by {due_on(after, StepName.UNIT_CHOSEN)}")
    return tuple(effects)
