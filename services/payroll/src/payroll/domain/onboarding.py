"""The papers payroll needs before the first pay run: which ones, and that they came; never what they say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from payroll.domain.errors import NoIncomeTaxListInForce
from payroll.domain.rulebook.income_tax import withholds_income_tax
from payroll.domain.weekly_pay import has_stipends
from shared.contracts.terms import HousingMode, Terms


class Piece(StrEnum):
    """What is collected from the clinician. The I-9 is credentialing's."""

    W4 = "w4"
    PAY_METHOD = "pay_method"  # direct deposit, or a paper check chosen
    STATE_WITHHOLDING = "state_withholding"
    TAX_HOME = "tax_home_declaration"


USUAL_DAYS = {Piece.W4: 2, Piece.PAY_METHOD: 3, Piece.STATE_WITHHOLDING: 2, Piece.TAX_HOME: 3}
"""Days from asking to having, by the agency's own experience; a forecast, never a deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededPiece:
    """A piece that one assignment needs; `key` is unique within it, such as `state_withholding_ca`."""

    piece: Piece
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That a piece is held; `reused` when it came with another assignment."""

    key: str
    received_on: date
    reused: bool = False


class PieceStatus(StrEnum):
    """Whether a piece is there."""

    MISSING = "missing"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceLine:
    """A needed piece as people see it: its status, and the cut-off before which it must come."""

    key: str
    piece: Piece
    status: PieceStatus
    due_at: datetime
    received_on: date | None = None
    reused: bool = False


def needed_pieces(terms: Terms, *, work_state: str, pay_date: date) -> tuple[NeededPiece, ...]:
    """The pieces to have before the first pay run, paid on `pay_date`, in the order of asking."""
    needed = [
        NeededPiece(piece=Piece.W4, key=Piece.W4.value),
        NeededPiece(piece=Piece.PAY_METHOD, key=Piece.PAY_METHOD.value),
    ]
    if _needs_state_form(work_state, pay_date):
        needed.append(NeededPiece(piece=Piece.STATE_WITHHOLDING, key=state_form_key(work_state)))
    if _relies_on_tax_home(terms):
        needed.append(NeededPiece(piece=Piece.TAX_HOME, key=Piece.TAX_HOME.value))
    return tuple(needed)


def state_form_key(state: str) -> str:
    """The key of a state's withholding form."""
    return f"{Piece.STATE_WITHHOLDING}_{state.lower()}"


def reusable(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Those that serve the clinician's other assignments too; a tax home is declared anew for each."""
    return tuple(replace(receipt, reused=True) for receipt in receipts if receipt.key != Piece.TAX_HOME.value)


def _needs_state_form(state: str, pay_date: date) -> bool:
    """A day that no list covers asks for the form: one too many harms nobody, one too few does."""
    try:
        return withholds_income_tax(state, pay_date)
    except NoIncomeTaxListInForce:
        return True


def _relies_on_tax_home(terms: Terms) -> bool:
    unit = terms.housing_mode is HousingMode.AGENCY_UNIT
    return terms.pay_package.tax_home_declared and (unit or has_stipends(terms.pay_package))
