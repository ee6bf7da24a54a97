"""Codes in plain words."""

import pytest

from portal.api.views import written
from shared.contracts.terms import Discipline


@pytest.mark.parametrize("discipline", Discipline)
def test_a_discipline_is_read_as_words_of_the_field(discipline):
    assert "_" not in written.discipline(discipline)


def test_a_discipline_that_is_no_word_of_the_field_has_a_name():
    found = [written.discipline(one) for one in ("SURG_TECH", "RAD_TECH", "RN", None)]

    assert found == ["Surgical technologist", "Radiologic technologist", "RN", ""]
