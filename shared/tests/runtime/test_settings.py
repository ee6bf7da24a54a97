"""Settings: from the environment, or from files that it names; what is wrong with them is said without their values."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from shared.runtime.cli import commands
from shared.runtime.settings import ServiceSettings, SettingFault

URL = "postgresql+asyncpg://payroll:canary@db/payroll"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_URL_FILE", "PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "database_url"
    path.write_text(URL + "\n")
    return path


def test_a_setting_may_stand_in_a_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    assert ServiceSettings().database_url == URL


def test_a_setting_that_is_no_text_may_stand_in_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    for name, content in (("PORT", "8123"), ("TRUSTED_PROXIES", '["10.0.0.0/8"]')):
        (tmp_path / name).write_text(content)
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    settings = ServiceSettings()
    assert (settings.port, settings.trusted_proxies) == (8123, ("10.0.0.0/8",))


def test_a_setting_given_twice_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    with pytest.raises(SettingFault, match="DATABASE_URL and DATABASE_URL_FILE are both given"):
        ServiceSettings()


@pytest.mark.parametrize(
    ("content", "says"), [(None, "cannot be read: No such file"), (b"\n", "is empty"), (b"\xff", "it is not text")]
)
def test_a_file_that_holds_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, says: str
) -> None:
    path = tmp_path / "url"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("DATABASE_URL_FILE", str(path))
    with pytest.raises(SettingFault, match=f"DATABASE_URL_FILE names {path}, which .*{says}"):
        ServiceSettings()


def test_a_fault_does_not_repeat_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "canary")
    with pytest.raises(ValidationError) as faulty:
        ServiceSettings()
    assert "canary" not in str(faulty.value)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "DATABASE_URL: Field required\n"),
        ({"DATABASE_URL_FILE": "nowhere"}, "DATABASE_URL_FILE names nowhere, which cannot be read: No such file"),
        ({"DATABASE_URL": URL, "PORT": "x"}, "PORT: Input should be a valid integer"),
        ({"DATABASE_URL": URL, "RATE_LIMIT_PER_MINUTE": "-1"}, "RATE_LIMIT_PER_MINUTE: Input should be greater than"),
    ],
)
def test_a_command_says_what_is_wrong_in_lines_and_ends_with_a_code_of_its_own(
    environment: dict[str, str], says: str
) -> None:
    done = CliRunner().invoke(commands("payroll"), ["migrate"], env=environment)
    assert (done.exit_code, done.stderr[: len(says)]) == (78, says)
    assert "canary" not in done.output
