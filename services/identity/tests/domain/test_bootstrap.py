"""When the printed code opens."""

from datetime import UTC, datetime, timedelta

import pytest

from identity.domain.access_errors import AdministratorExists, BootstrapCodeWrong
from identity.domain.bootstrap import LIFE, BootstrapCode, require_open

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
CODE = BootstrapCode(digest="right", expires_at=NOW + LIFE)


@pytest.mark.parametrize(
    ("case", "code", "digest", "administrators", "after", "refusal"),
    [
        ("another code", CODE, "wrong", [], timedelta(), BootstrapCodeWrong),
        ("no code", None, "right", [], timedelta(), BootstrapCodeWrong),
        ("too late", CODE, "right", [], timedelta(hours=1), BootstrapCodeWrong),
        ("somebody is there", CODE, "right", ["per_1"], timedelta(), AdministratorExists),
    ],
)
def test_the_way_is_closed(case, code, digest, administrators, after, refusal):
    with pytest.raises(refusal):
        require_open(code, digest, administrators=administrators, now=NOW + after)


def test_the_way_is_open_for_an_hour():
    require_open(CODE, "right", administrators=[], now=NOW + LIFE - timedelta(microseconds=1))
