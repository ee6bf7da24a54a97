"""Who acts: a person, an API client or a service itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The subject of a verified token and the roles it was given."""

    subject: str
    roles: frozenset[str] = frozenset()

    def has_any(self, roles: frozenset[str]) -> bool:
        """Whether at least one of the roles is held."""
        return not self.roles.isdisjoint(roles)


def system(service: str) -> Principal:
    """The service acting by itself: its consumers, sweeps and relays."""
    return Principal(subject=f"system:{service}", roles=frozenset({"system"}))
