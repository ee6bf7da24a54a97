"""The mutants are of use: each still fits today's sources, and one that nothing finds is reported."""

from pathlib import Path

import pytest

from tests.mutants.known import MUTANTS
from tests.mutants.mutant import Edit, Mutant, Stale
from tests.mutants.run import ROOT, Unusable, control, examine

CHEAP = "shared/tests/messaging/test_order.py"

HARMLESS = Mutant(
    name="another comment",
    file="shared/src/shared/messaging/order.py",
    edits=(Edit(old='"""Decides by position alone.', new='"""Decides by position only.'),),
    catcher=CHEAP,
)
HARMFUL = Mutant(
    name="everything is a duplicate",
    file="shared/src/shared/messaging/order.py",
    edits=(Edit(old="    if arrived <= last:\n", new="    if arrived:\n"),),
    catcher=CHEAP,
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_fits_the_sources_and_leaves_them_valid(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    mutated = mutant.applied(text)
    assert mutated != text
    compile(mutated, mutant.file, "exec")


def test_mutants_have_names_of_their_own() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 12


def test_a_text_that_is_gone_or_stands_twice_makes_a_mutant_stale(tmp_path: Path) -> None:
    mutant = Mutant(name="m", file="a.py", edits=(Edit(old="x", new="y"),))
    for text in ("", "x x"):
        (tmp_path / "a.py").write_text(text)
        with pytest.raises(Stale):
            mutant.plant(tmp_path)
        assert (tmp_path / "a.py").read_text() == text


def test_a_mutant_that_no_test_finds_survives_and_one_that_is_found_does_not() -> None:
    assert examine(HARMLESS).evidence is None
    assert "test_" in (examine(HARMFUL).evidence or "")


def test_a_catcher_that_cannot_run_proves_nothing() -> None:
    with pytest.raises(Unusable):
        control("tests/mutants/test_nothing_here.py")
