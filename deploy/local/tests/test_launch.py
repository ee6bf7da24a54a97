"""What a part is told by its environment."""

import pytest

from firstshift.launch import inherited_environment


def test_a_part_inherits_neither_databases_nor_the_order_to_compile_at_each_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL_PAYROLL", "postgresql://elsewhere")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("LANG", "C.UTF-8")
    inherited = inherited_environment()
    assert inherited["LANG"] == "C.UTF-8"
    assert not {"DATABASE_URL_PAYROLL", "PYTHONDONTWRITEBYTECODE"} & set(inherited)
