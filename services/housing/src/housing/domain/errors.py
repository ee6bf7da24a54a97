"""Every refusal of housing.

Refused
├── NoHousingRuleInForce   the rulebook does not reach back to that day
├── CaseClosed             the assignment is over
├── NotAnAgencyUnit        a unit was named, but the terms house the clinician otherwise
├── NotAStipend            own housing was confirmed, but the terms do not pay a lodging stipend
├── ZipInvalid
├── AgreementAheadOfTerms  an agreement to terms that have not arrived here
├── RentInvalid
├── NoUnitChosen
├── UnitForOtherNights     the stay moved after the unit was chosen
├── MoneyNotYetCommitted   not confirmed, or not signed; all reasons are findings
├── AlreadyBooked
├── NoLiabilityToCheck
├── AmountInvalid
└── NobodyToCheckOut
"""

from shared.errors import Kind, Refused


class NoHousingRuleInForce(Refused):
    """No row of the rulebook {rule} is in force on {on}."""

    code = "no_housing_rule_in_force"
    kind = Kind.INVALID


class CaseClosed(Refused):
    """The assignment of this case ended on {ended_on}; its housing is no longer arranged."""

    code = "case_closed"


class NotAnAgencyUnit(Refused):
    """The terms do not house the clinician in a unit of the agency."""

    code = "not_an_agency_unit"


class NotAStipend(Refused):
    """The terms do not pay the clinician a lodging stipend."""

    code = "not_a_stipend"


class ZipInvalid(Refused):
    """A ZIP code has five digits."""

    code = "zip_invalid"
    kind = Kind.INVALID


class AgreementAheadOfTerms(Refused):
    """The agreement answers terms that are not known here; the newest are version {known}."""

    code = "agreement_ahead_of_terms"


class RentInvalid(Refused):
    """The rent a week is an amount of whole cents, zero or more."""

    code = "rent_invalid"
    kind = Kind.INVALID


class NoUnitChosen(Refused):
    """No unit is chosen in this case."""

    code = "no_unit_chosen"


class UnitForOtherNights(Refused):
    """The unit was chosen for {chosen} and the stay is now {needed}; choose it again first."""

    code = "unit_for_other_nights"


class MoneyNotYetCommitted(Refused):
    """No money is committed yet; each reason is listed in errors."""

    code = "money_not_yet_committed"


class AlreadyBooked(Refused):
    """The unit is already booked for all nights of the stay."""

    code = "already_booked"


class NoLiabilityToCheck(Refused):
    """Release {number} of this case has no liability to check."""

    code = "no_liability_to_check"


class AmountInvalid(Refused):
    """What is owed is zero or more."""

    code = "amount_invalid"
    kind = Kind.INVALID


class NobodyToCheckOut(Refused):
    """There is no ended stay in a unit of the agency to check out of."""

    code = "nobody_to_check_out"
