"""What roles say of actions: by name, and so of one thing only (shared.roles, shared.reach)."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tests.architecture.rule import rule
from tests.architecture.source import Module, Tree, called, service_of

ROLES = "shared/src/shared/roles.py"
SETS = ("NEVER_BY_GRANT", "ABOUT_ONESELF", "ABOUT_THE_WHOLE")
PORTAL = "portal"
"""Its pages ask a department as the person: the same name there is the same thing."""


@rule(
    {
        ROLES: (
            'NEVER_BY_GRANT = frozenset({"private.read", "files.reveal"} | {"packets.sign", "files.gone"})\n'
            'ABOUT_ONESELF = frozenset({"me.read"})\n'
            'OTHERS = frozenset({"profiles.read"})\n'
        ),
        "shared/src/shared/vault/routes.py": 'READ = allow("private.read")\n',
        "services/credentialing/src/credentialing/api/auth.py": (
            'POLICY = {"private.read": LEADS, "files.reveal": LEADS, "packets.sign": LEADS, "profiles.read": LEADS}\n'
        ),
        "services/payroll/src/payroll/api/auth.py": (
            'POLICY = {"private.read": LEADS, "packets.sign": LEADS, "profiles.read": LEADS}\n'
        ),
        "services/portal/src/portal/api/auth.py": 'POLICY: dict[str, object] = {"me.read": 1, "files.reveal": LEADS}\n',
    },
    f"{ROLES} names files.gone, which no service knows",
    f"{ROLES} names packets.sign, which is an action of credentialing and of payroll",
)
def what_roles_say_of_an_action_is_about_one_action(tree: Tree) -> Iterator[str]:
    """A name in one of these sets counts wherever it stands: another service must not call something else so."""
    owners = _owners(tree)
    shared = {name for module in tree.modules("shared/src/*", but=(ROLES,)) for name in _allowed(module)}
    for name in sorted({name for module in tree.modules(ROLES) for name in _named(module)} - shared):
        services = sorted(owners[name] - {PORTAL}) or sorted(owners[name])
        if not services:
            yield f"{ROLES} names {name}, which no service knows"
        elif len(services) > 1:
            yield f"{ROLES} names {name}, which is an action of {' and of '.join(services)}"


def _owners(tree: Tree) -> Mapping[str, set[str]]:
    """The services in whose policy each action stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in tree.modules("services/*/src/*/api/auth.py"):
        for name in _policy(module):
            found[name].add(service_of(module.path))
    return found


def _named(module: Module) -> Iterator[str]:
    for name, value in _assigned(module):
        if name in SETS:
            yield from _texts(ast.walk(value))


def _policy(module: Module) -> Iterator[str]:
    for name, value in _assigned(module):
        if name == "POLICY" and isinstance(value, ast.Dict):
            yield from _texts(value.keys)


def _allowed(module: Module) -> Iterator[str]:
    """Actions of routes that every service has, such as those of the vault."""
    yield from _policy(module)
    for node in module.nodes:
        if called(node) == "allow" and isinstance(node, ast.Call):
            yield from _texts(node.args)


def _assigned(module: Module) -> Iterator[tuple[str, ast.expr]]:
    for node in module.syntax.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        yield from ((one.id, value) for one in targets if isinstance(one, ast.Name) and value is not None)


def _texts(nodes: Iterable[ast.AST | None]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
