"""Which nights need a bed: a half-open period from the day of arrival to the day of departure."""

from datetime import date, timedelta

from housing.domain.rulebook.stays import stay_margins
from shared.contracts.terms import Terms
from shared.periods import Period


def stay_of(terms: Terms) -> Period:
    """The nights of these terms: its length is the number of nights, its end the day of departure."""
    margins = stay_margins(terms.start_date)
    arrival = terms.start_date - timedelta(days=margins.arrive_days_before)
    return Period(arrival, departure_after(terms.end_date, terms=terms))


def departure_after(last_day: date, *, terms: Terms) -> date:
    """The day on which the clinician leaves when this is the last day on the assignment."""
    return last_day + timedelta(days=stay_margins(terms.start_date).leave_days_after)


def in_words(nights: Period) -> str:
    """The nights as people say them."""
    count = nights.length_days
    return f"{count} {'night' if count == 1 else 'nights'} from {nights.start} to {nights.end}"
