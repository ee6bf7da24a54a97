"""The whole catalogue, in the order in which a file shows its items."""

from collections.abc import Mapping
from types import MappingProxyType

from credentialing.domain.rulebook.catalogue import (
    certificates,
    competence,
    employment,
    exclusions,
    health,
    immunity,
    licences,
    physicians,
    places,
    searches,
)
from credentialing.domain.rulebook.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {
        entry.code: entry
        for part in (
            licences,
            certificates,
            employment,
            searches,
            exclusions,
            health,
            immunity,
            competence,
            physicians,
            places,
        )
        for entry in part.ENTRIES
    }
)
"""Every item by its code."""

PLACES: Mapping[str, int] = MappingProxyType({code: place for place, code in enumerate(CATALOGUE)})
"""Where each stands in that order."""
