"""The National Provider Identifier as exclusion lists carry it."""

from credentialing.domain.identifiers import NpiFault, is_npi, npi_fault


def npi_of(text: str | None) -> str | None:
    """The number if it can be one; None for filler and for a mistake, which are nobody's."""
    number = (text or "").strip()
    return number if is_npi(number) else None


def is_filler(text: str | None) -> bool:
    """Whether it stands for "no number"."""
    return npi_fault((text or "").strip()) is NpiFault.FILLER
