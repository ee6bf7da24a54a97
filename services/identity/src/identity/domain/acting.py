"""Which person stands behind what is done, also where a client acts for them."""

from shared.principal import Principal


def person_behind(principal: Principal) -> str:
    """The id that rules of two people compare: whom a client acts for, otherwise whoever acts."""
    return principal.on_behalf_of or principal.subject
