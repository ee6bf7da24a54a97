"""Whether the lodging that the agency bears is wages of the clinician."""

from dataclasses import dataclass
from datetime import date

from housing.domain.rulebook.dated import Row, in_force
from shared.contracts.housing import TaxTreatment


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """How lodging is taxed with, and without, a declared tax home."""

    with_tax_home: TaxTreatment
    without_tax_home: TaxTreatment

    def of(self, *, tax_home_declared: bool) -> TaxTreatment:
        """The treatment for this clinician; a tax home is declared, never inferred."""
        return self.with_tax_home if tax_home_declared else self.without_tax_home


LODGING_STIPEND = (
    Row(
        effective_from=date(2000, 1, 1),
        source="IRC 162(a)(2); Rev. Rul. 73-529; 26 CFR 1.62-2",
        value=Treatment(with_tax_home=TaxTreatment.NOT_WAGES, without_tax_home=TaxTreatment.WAGES),
    ),
)

LODGING_IN_KIND = (
    Row(
        effective_from=date(2000, 1, 1),
        source="IRC 132(d), 162(a)(2); 26 CFR 1.61-21(a)",
        value=Treatment(with_tax_home=TaxTreatment.NOT_WAGES, without_tax_home=TaxTreatment.WAGES),
    ),
)


def stipend_treatment(on: date) -> Treatment:
    """How a lodging stipend is taxed that is paid from this day."""
    return in_force(LODGING_STIPEND, on, rule="lodging stipend")


def unit_treatment(on: date) -> Treatment:
    """How the value of a unit is taxed that is lived in from this day."""
    return in_force(LODGING_IN_KIND, on, rule="lodging in kind")
