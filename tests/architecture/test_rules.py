"""Every rule finds its planted breach and nothing else, and the whole house keeps every rule."""

from pathlib import Path

import pytest

from tests.architecture import (
    rules_access,
    rules_boundaries,
    rules_layout,
    rules_names,
    rules_outbound,
    rules_prose,
    rules_purity,
    rules_repository,
    rules_secrets,
    rules_sizes,
    rules_tests,
)
from tests.architecture.rule import Rule
from tests.architecture.source import Tree

FAMILIES = (
    rules_access,
    rules_boundaries,
    rules_layout,
    rules_names,
    rules_outbound,
    rules_prose,
    rules_purity,
    rules_repository,
    rules_secrets,
    rules_sizes,
    rules_tests,
)
RULES = [value for family in FAMILIES for value in vars(family).values() if isinstance(value, Rule)]
HOUSE = Tree(Path(__file__).resolve().parents[2])

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@each_rule
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    breaches = list(rule.check(HOUSE))
    assert not breaches, "\n".join(["", *breaches])


@each_rule
def test_a_planted_breach_is_found(rule: Rule, tmp_path: Path) -> None:
    for path, text in rule.planted.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert rule.found
    assert list(rule.check(Tree(tmp_path))) == list(rule.found)


@pytest.mark.parametrize(
    "excepted",
    [
        *rules_boundaries.COMMITS,
        *rules_boundaries.SQL,
        *rules_boundaries.ENVIRONMENT,
        *rules_boundaries.BROAD_EXCEPTS,
        *rules_outbound.CALLERS,
        *rules_sizes.CALLED_BY_NAME,
    ],
)
def test_an_exception_ends_with_the_files_it_was_made_for(excepted: str) -> None:
    assert any(HOUSE.modules(excepted))


def test_every_family_of_rules_is_read() -> None:
    beside = {path.stem for path in Path(__file__).parent.glob("rules_*.py")}
    assert {family.__name__.rsplit(".", 1)[-1] for family in FAMILIES} == beside
