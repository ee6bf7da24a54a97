"""All forms by unit."""

from collections.abc import Mapping
from types import MappingProxyType

from credentialing.domain.rulebook.specialties import canonical_specialty
from credentialing.domain.skills.errors import FormUnknown
from credentialing.domain.skills.form import Form
from credentialing.domain.skills.forms import birth, critical, surgery, wards

FORMS: Mapping[str, Form] = MappingProxyType(
    {form.unit: form for part in (critical, wards, birth, surgery) for form in part.FORMS}
)


def form_of(unit: str, *, named: str | None = None) -> Form:
    """The form for an ordered unit, whatever the client calls it, or the one named instead.

    Raises FormUnknown, which says what there is.
    """
    found = FORMS.get(named or canonical_specialty(unit))
    if found is None:
        raise FormUnknown(unit=named or unit, known=", ".join(FORMS))
    return found
