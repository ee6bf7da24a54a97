"""How tests are written (style, section 7)."""

import ast
from collections.abc import Iterator

from tests.architecture.rule import rule
from tests.architecture.source import TESTS, Tree, called


@rule(
    {
        "services/payroll/tests/app/test_pay.py": (
            "from unittest.mock import patch\n"
            "def test_a(monkeypatch):\n    monkeypatch.setattr('payroll.main.x', 1)\n"
            "def test_b(monkeypatch):\n    monkeypatch.setenv('X', '1')\n"
        )
    },
    "services/payroll/tests/app/test_pay.py imports unittest.mock.patch: pass a fake",
    "services/payroll/tests/app/test_pay.py:3 patches: pass a fake",
)
def tests_pass_fakes_and_patch_nothing(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*TESTS):
        for name in module.imported:
            if name.startswith(("unittest.mock", "mock.", "pytest_mock")):
                yield f"{module.path} imports {name}: pass a fake"
        for node in module.nodes:
            if called(node) in ("monkeypatch.setattr", "monkeypatch.setitem", "mocker.patch"):
                yield f"{module.at(node)} patches: pass a fake"


@rule(
    {
        "tests/faults/test_outbox.py": (
            "def test_good():\n"
            "    '''INVARIANT: nothing is lost.\n\n    What breaks it: marking before the ack.\n    '''\n"
            "def test_bare():\n    '''INVARIANT: nothing is lost.'''\n"
        )
    },
    "tests/faults/test_outbox.py:6 test_bare does not say 'What breaks it:'",
)
def invariants_say_what_breaks_them(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*TESTS):
        for function in module.functions:
            said = ast.get_docstring(function) or ""
            if said.startswith("INVARIANT:") and "\n\nWhat breaks it:" not in said:
                yield f"{module.at(function)} {function.name} does not say 'What breaks it:'"


@rule(
    {
        "services/payroll/tests/domain/test_tax.py": (
            "def test_that_tax_is_right(): ...\ndef test_1(): ...\ndef test_tax_is_rounded_once(): ...\n"
        )
    },
    "services/payroll/tests/domain/test_tax.py:1 test_that_tax_is_right is not a sentence",
    "services/payroll/tests/domain/test_tax.py:2 test_1 is not a sentence",
)
def test_names_are_sentences(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*TESTS):
        for function in module.functions:
            words = function.name.split("_")
            if words[0] == "test" and (len(words) < 3 or words[1] == "that"):
                yield f"{module.at(function)} {function.name} is not a sentence"
