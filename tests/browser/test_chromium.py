"""Browser tests find a browser, install one, or fail and say how; they never pass without."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.chromium import DEBIAN, PLAYWRIGHT, Machine, NoChromium, chromium


@dataclass
class Bare:
    """A machine without a browser; `gives` says what a command leaves behind on the path."""

    gives: dict[str, str] = field(default_factory=dict)
    on_path: dict[str, str] = field(default_factory=dict)
    ran: list[Sequence[str]] = field(default_factory=list)

    def run(self, command: Sequence[str]) -> str | None:
        self.ran.append(command)
        if command[0] not in self.gives:
            return "no network"
        self.on_path["chromium"] = self.gives[command[0]]
        return None

    def machine(self, folder: Path, *, is_root: bool) -> Machine:
        return Machine(own=folder / "chrome", which=self.on_path.get, run=self.run, is_root=is_root)


def test_the_browser_of_the_path_is_used_and_nothing_is_installed(tmp_path: Path) -> None:
    bare = Bare(on_path={"google-chrome": "/opt/chrome", "apt-get": "/usr/bin/apt-get"})
    assert chromium(bare.machine(tmp_path, is_root=True)) == Path("/opt/chrome")
    assert bare.ran == []


def test_the_one_that_playwright_keeps_is_used_where_the_path_has_none(tmp_path: Path) -> None:
    (tmp_path / "chrome").touch()
    bare = Bare()
    assert chromium(bare.machine(tmp_path, is_root=False)) == tmp_path / "chrome"
    assert bare.ran == []


def test_root_on_debian_installs_its_package(tmp_path: Path) -> None:
    bare = Bare(on_path={"apt-get": "/usr/bin/apt-get"}, gives={"apt-get": "/usr/bin/chromium"})
    assert chromium(bare.machine(tmp_path, is_root=True)) == Path("/usr/bin/chromium")
    assert bare.ran[0] == DEBIAN[0]


def test_who_may_install_nothing_gets_the_one_of_playwright(tmp_path: Path) -> None:
    bare = Bare(on_path={"apt-get": "/usr/bin/apt-get"}, gives={PLAYWRIGHT[0][0]: "/kept/chrome"})
    assert chromium(bare.machine(tmp_path, is_root=False)) == Path("/kept/chrome")
    assert bare.ran == list(PLAYWRIGHT)


def test_without_any_it_fails_and_says_how_to_get_one(tmp_path: Path) -> None:
    bare = Bare(on_path={"apt-get": "/usr/bin/apt-get"})
    with pytest.raises(NoChromium) as failed:
        chromium(bare.machine(tmp_path, is_root=True))
    for word in ("apt-get install chromium", "playwright install chromium", "no network"):
        assert word in str(failed.value)
    assert bare.ran == [DEBIAN[0], *PLAYWRIGHT]
