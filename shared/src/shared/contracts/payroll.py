"""Events of the payroll service: pay, margin and invoices. Amounts are integer cents."""

from datetime import date

from shared.contracts.event import Event, event


@event("pay.issued")
class PayIssued(Event):
    """A clinician's statement of a pay run was issued."""

    pay_statement_id: str
    assignment_id: str
    clinician_id: str
    pay_date: date
    gross_cents: int
    net_cents: int


@event("pay.corrected")
class PayCorrected(Event):
    """An issued statement was corrected; the difference is paid on `pay_date`."""

    pay_statement_id: str
    assignment_id: str
    clinician_id: str
    pay_date: date
    difference_cents: int
    reason: str


@event("margin.changed")
class MarginChanged(Event):
    """What is left of an assignment's billing in a week after pay, burden and housing."""

    margin_id: str
    assignment_id: str
    week_start: date
    billed_cents: int
    margin_cents: int


@event("invoice.issued")
class InvoiceIssued(Event):
    """A client was billed."""

    invoice_id: str
    client_id: str
    issued_on: date
    total_cents: int


@event("invoice.short_paid")
class InvoiceShortPaid(Event):
    """A client paid less than was billed."""

    invoice_id: str
    client_id: str
    short_cents: int
