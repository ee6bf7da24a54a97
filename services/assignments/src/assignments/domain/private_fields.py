"""Fields that this service never takes, wherever they stand; payroll and credentialing collect their own."""

import re
from collections.abc import Iterator

from shared.errors import Finding

FORBIDDEN = frozenset(
    """
    ssn socialsecurity socialsecuritynumber taxid tin itin dateofbirth dob birthdate birthday
    bank bankaccount bankaccountnumber accountnumber routing routingnumber iban directdeposit
    w4 taxform filingstatus i9 passport passportnumber driverslicense driverslicensenumber
    medical medicalrecord drugscreen drugtest immunization immunizations vaccination vaccinations
    titer titers tbtest diagnosis
    """.split()
)
"""Names without case and punctuation."""

_PUNCTUATION = re.compile(r"[\W_]+")

LONGEST_NAME = 80
"""A longer key is no name but content, which no pointer may repeat."""


def private_findings(body: object) -> tuple[Finding, ...]:
    """A finding for each field of a JSON body that holds what assignments must not know, by its pointer."""
    return tuple(
        Finding(
            pointer=pointer,
            code="private_field",
            message="This service takes no tax, bank, birth or health data; its owner collects it.",
        )
        for pointer in _forbidden(body, at="")
    )


def _forbidden(value: object, *, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            pointer = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
            if _PUNCTUATION.sub("", name.lower()) in FORBIDDEN:
                yield pointer
            elif len(name) <= LONGEST_NAME and isinstance(inner, dict | list):
                yield from _forbidden(inner, at=pointer)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _forbidden(inner, at=f"{at}/{place}")
