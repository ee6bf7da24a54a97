"""Where the outside may be touched: database, environment, other services (rules 11, 13, 17)."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from tests.architecture.rule import rule
from tests.architecture.source import SOURCES, Tree, called, service_of

COMMITS = {
    "shared/src/shared/db/*": "Work, and what stands below it, is the one place that commits",
    "shared/src/shared/messaging/*": "offsets of Kafka, and the loops that own a transaction per batch",
    "shared/src/shared/testing/*": "prepares databases",
}

SQL = {
    "services/*/src/*/storage/*": "the folder for it",
    "services/*/src/*/migrations/*": "Alembic",
    "shared/src/shared/db/*": "engine, Work, outbox, inbox",
    "shared/src/shared/migrations/*": "Alembic",
    "shared/src/shared/messaging/*": "relay and parking work on the outbox and inbox tables",
    "shared/src/shared/workstreams/*": "each department's standing, kept to publish only what changed",
    "shared/src/shared/http/*": "idempotency keys are rows, stored with the write",
    "shared/src/shared/audit/*": "entries and seals are rows, sealed and verified as such",
    "shared/src/shared/vault/*": "keys, sealed values, holds and erasures are rows of one transaction",
    "shared/src/shared/testing/*": "prepares databases",
}

ENVIRONMENT = {
    "services/*/src/*/settings.py": "the one place of a service",
    "shared/src/shared/runtime/settings.py": "what the settings of every service begin with",
    "deploy/local/src/*": "gives each service its environment",
    "shared/src/shared/testing/*": "finds the servers of the test run",
}

BY_PEOPLE = {
    "services/portal/src/portal/clients/*": "sends what a person commands",
    "services/portal/src/portal/settings.py": "knows where the services are",
    "services/portal/src/portal/main.py": "puts the two together",
}

BROAD_EXCEPTS = {
    "shared/src/shared/audit/sealer.py": "sealer: logs and goes on when the database is back",
    "shared/src/shared/http/*": "last resort of a request: logs once, answers 500",
    "shared/src/shared/messaging/consumer.py": "consumer loop: waits for the database, re-raises the rest",
    "shared/src/shared/messaging/delivery.py": "consumer loop: parks the event",
    "shared/src/shared/messaging/repairs.py": "repair loop: notes the failure beside the parked event",
    "shared/src/shared/messaging/relay*.py": "relay: logs and takes a new producer",
    "shared/src/shared/runtime/*": "job loop: logs and goes on at the next tick",
}
"""The loops that may catch everything; each logs once and then re-raises, parks or stops."""

_PAYROLL = "services/payroll/src/payroll"


@rule(
    {
        f"{_PAYROLL}/app/pay.py": "async def pay(work):\n    await work.session.commit()\n",
        "shared/src/shared/db/work.py": "async def end(session):\n    await session.commit()\n",
    },
    f"{_PAYROLL}/app/pay.py:2 commits; only Work does",
)
def only_work_commits(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES, but=tuple(COMMITS)):
        for node in module.nodes:
            if called(node).endswith(".commit"):
                yield f"{module.at(node)} commits; only Work does"


@rule(
    {
        f"{_PAYROLL}/app/pay.py": "from sqlalchemy import select\n",
        f"{_PAYROLL}/main.py": "import sqlalchemy.ext.asyncio\nimport asyncpg\n",
        f"{_PAYROLL}/storage/runs.py": "from sqlalchemy import select\n",
        "shared/src/shared/money.py": "from sqlalchemy.types import TypeDecorator\n",
    },
    f"{_PAYROLL}/app/pay.py imports sqlalchemy.select",
    f"{_PAYROLL}/main.py imports sqlalchemy.ext.asyncio",
    f"{_PAYROLL}/main.py imports asyncpg",
    "shared/src/shared/money.py imports sqlalchemy.types.TypeDecorator",
)
def sql_stays_in_storage(tree: Tree) -> Iterator[str]:
    for module in tree.modules("shared/src/*", "services/*/src/*", but=tuple(SQL)):
        for name in module.imported:
            if name.split(".")[0] in ("sqlalchemy", "alembic", "asyncpg"):
                yield f"{module.path} imports {name}"


@rule(
    {
        f"{_PAYROLL}/app/pay.py": "import os\nURL = os.environ['URL']\n",
        f"{_PAYROLL}/clients.py": "from os import getenv\nfrom pydantic_settings import BaseSettings\n",
        f"{_PAYROLL}/settings.py": "from pydantic_settings import BaseSettings\n",
        "shared/src/shared/ids.py": "import os\nrandom = os.urandom(8)\n",
    },
    f"{_PAYROLL}/app/pay.py:2 reads the environment; only settings.py does",
    f"{_PAYROLL}/clients.py:1 reads the environment; only settings.py does",
    f"{_PAYROLL}/clients.py:2 reads the environment; only settings.py does",
)
def only_settings_read_the_environment(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES, but=tuple(ENVIRONMENT)):
        for node in module.nodes:
            if _reads_environment(node):
                yield f"{module.at(node)} reads the environment; only settings.py does"


@rule(
    {
        f"{_PAYROLL}/app/pay.py": (
            "try:\n    pay()\nexcept Exception:\n    pass\n"
            "try:\n    pay()\nexcept:\n    pass\n"
            "try:\n    pay()\nexcept (KeyError, BaseException):\n    pass\n"
            "with suppress(Exception):\n    pay()\n"
            "try:\n    pay()\nexcept KeyError:\n    pass\n"
        ),
        "shared/src/shared/messaging/relay.py": "try:\n    send()\nexcept Exception:\n    park()\n",
    },
    f"{_PAYROLL}/app/pay.py:3 catches everything",
    f"{_PAYROLL}/app/pay.py:7 catches everything",
    f"{_PAYROLL}/app/pay.py:11 catches everything",
    f"{_PAYROLL}/app/pay.py:13 catches everything",
)
def only_the_loops_catch_everything(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES, but=tuple(BROAD_EXCEPTS)):
        for node in module.nodes:
            if _catches_everything(node):
                yield f"{module.at(node)} catches everything"


@rule(
    {
        "services/housing/pyproject.toml": "",
        f"{_PAYROLL}/settings.py": "housing_url: str\nhousing_preview_url: str\n",
        f"{_PAYROLL}/clients.py": (
            "async def stays(http, url):\n"
            "    await http.get('https://housing.internal/stays')\n"
            "    await http.post(url + '/v1/stays')\n"
            "    await http.post(url + '/v1/previews')\n"
        ),
        f"{_PAYROLL}/api/routes.py": "PATH = '/v1/pay-runs'\n",
        "services/portal/src/portal/clients/services.py": "PATH = 'https://housing.internal/stays'\n",
        "services/portal/src/portal/app/take_item.py": "PATH = 'https://housing.internal/stays'\n",
    },
    f"{_PAYROLL}/clients.py:2 reaches another service by 'https://housing.internal/stays'",
    f"{_PAYROLL}/clients.py:3 reaches another service by '/v1/stays'",
    f"{_PAYROLL}/settings.py:1 reaches another service by 'housing_url'",
    "services/portal/src/portal/app/take_item.py:1 reaches another service by 'https://housing.internal/stays'",
)
def services_reach_each_other_by_events_and_previews_only(tree: Tree) -> Iterator[str]:
    """But for the portal, which carries a person's commands to the services, by that person's own token (ADR 0020)."""
    for module in tree.modules("services/*/src/*", but=("*/migrations/versions/*", *BY_PEOPLE)):
        others = [name for name in tree.services if name != service_of(module.path)]
        is_outgoing = fnmatchcase(module.path, "*/clients*") and not fnmatchcase(module.path, "*/api/*")
        for node in module.nodes:
            word = _word(node)
            if _is_address(word, others=others) or (is_outgoing and _is_foreign_path(word)):
                yield f"{module.at(node)} reaches another service by {word!r}"


def _reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        names = {f"{node.module}.{alias.name}" for alias in node.names}
        return node.module == "pydantic_settings" or bool(names & {"os.environ", "os.getenv"})
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")


def _catches_everything(node: ast.AST) -> bool:
    if isinstance(node, ast.ExceptHandler):
        caught = ast.unparse(node.type) if node.type else "Exception"
    elif called(node) in ("suppress", "contextlib.suppress"):
        caught = ast.unparse(node)
    else:
        return False
    return re.search(r"\b(Base)?Exception\b", caught) is not None


def _word(node: ast.AST) -> str:
    """The name or the one-line text that a node is; empty for anything else (prose is not an address)."""
    match node:
        case ast.Constant(value=str(text)) if not re.search(r"\s", text):
            return text
        case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_address(word: str, *, others: list[str]) -> bool:
    lower = word.lower()
    if "preview" in lower or not any(name in lower for name in others):
        return False
    return "://" in lower or re.search(r"(^|_)(url|host|address|endpoint)s?($|_)", lower) is not None


def _is_foreign_path(word: str) -> bool:
    return word.startswith("/v1/") and not word.startswith("/v1/previews")
