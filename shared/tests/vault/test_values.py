"""Clear text does not get out by accident, and does not get in where sealed text belongs."""

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

import pytest
import structlog
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError
from sqlalchemy import Column, MetaData, Table, Text, insert
from sqlalchemy.exc import StatementError

from shared.db.documents import Documents, document_table
from shared.db.metadata import NAMING
from shared.db.rows import Rows
from shared.http.decoding import read
from shared.vault.bodies import RecordIn
from shared.vault.columns import SealedText
from shared.vault.values import Sealed, Secret

CLEAR = "900123456"
SEALED = Sealed(f"v1.key_1.{'A' * 16}.{'b' * 30}")


class Holder(BaseModel):
    """A model that holds both forms."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    secret: Any = None
    sealed: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A document with a sealed field."""

    account_id: str
    totp: Sealed
    version: int = 0


accounts = document_table("account", MetaData(naming_convention=NAMING), key="account_id")
documents = Documents(accounts, Account, lambda account: {"account_id": account.account_id})
notes = Table("note", MetaData(), Column("id", Text, primary_key=True), Column("sealed", SealedText))


@pytest.mark.parametrize(
    ("way", "shown"),
    [
        ("str", str),
        ("repr", repr),
        ("format", lambda secret: f"{secret}"),
        ("percent", lambda secret: "%s" % secret),  # noqa: UP031
        ("in a dict", lambda secret: str({"ssn": secret})),
        ("in a dataclass or model", lambda secret: repr(RecordIn(value=secret))),
    ],
)
def test_a_secret_shows_as_stars(way: str, shown: Callable[[Secret], str]):
    assert CLEAR not in shown(Secret(CLEAR))
    assert "***" in shown(Secret(CLEAR))


def test_a_log_line_with_a_secret_shows_stars():
    out = StringIO()
    log = structlog.wrap_logger(
        structlog.PrintLogger(out), processors=[structlog.processors.JSONRenderer()], context_class=dict
    )
    log.info("vault.seen", ssn=Secret(CLEAR), among=[Secret(CLEAR)])
    assert json.loads(out.getvalue()) == {"event": "vault.seen", "ssn": "***", "among": ["***"]}


@pytest.mark.parametrize(
    ("way", "write", "error"),
    [
        ("json", json.dumps, TypeError),
        ("pickle", pickle.dumps, TypeError),
        ("copy", copy.copy, TypeError),
        ("deepcopy", copy.deepcopy, TypeError),
        ("hash", hash, TypeError),
        ("equality", lambda secret: secret == Secret(CLEAR), TypeError),
        ("pydantic, typed", lambda secret: RecordIn(value=secret).model_dump_json(), PydanticSerializationError),
        ("pydantic, as Python", lambda secret: RecordIn(value=secret).model_dump(), PydanticSerializationError),
        ("pydantic, any", lambda secret: Holder(secret=secret).model_dump_json(), PydanticSerializationError),
        ("dataclass as dict", lambda secret: asdict(_Dataclass(secret=secret)), TypeError),
    ],
)
def test_a_secret_is_written_nowhere(way: str, write: Callable[[Secret], object], error: type[Exception]):
    with pytest.raises(error) as refused:
        write(Secret(CLEAR))
    assert CLEAR not in str(refused.value)


@dataclass
class _Dataclass:
    secret: Secret


def test_secrets_are_compared_when_asked():
    assert Secret(CLEAR).is_same(Secret(CLEAR))
    assert not Secret(CLEAR).is_same(Secret("900123457"))


def test_a_body_with_a_secret_that_does_not_fit_never_repeats_it():
    faulty = read(RecordIn, json.dumps({"value": CLEAR * 1000, "extra": CLEAR}).encode())
    assert [(one.pointer, one.code) for one in faulty.findings] == [("/value", "too_long"), ("/extra", "unknown_field")]
    assert CLEAR not in repr(faulty)
    good = read(RecordIn, json.dumps({"value": CLEAR}).encode())
    assert (good.require().value.reveal(), repr(good).count("***")) == (CLEAR, 2)


@pytest.mark.parametrize(
    "text", ["", CLEAR, "v1.key", "v1.key_1.short.short", f"v2.key_1.{'A' * 16}.{'b' * 30}", "v1...."]
)
def test_clear_text_is_not_taken_for_sealed(text: str):
    with pytest.raises(TypeError, match="not a sealed text"):
        Sealed(text)


def test_a_model_takes_sealed_text_only():
    holder = Holder(sealed=SEALED)
    assert Holder.model_validate_json(holder.model_dump_json()) == holder
    assert isinstance(Holder.model_validate_json(holder.model_dump_json()).sealed, Sealed)
    with pytest.raises(ValidationError):
        Holder(sealed=CLEAR)
    with pytest.raises(ValidationError):
        Holder.model_validate_json(json.dumps({"sealed": CLEAR}))


async def test_a_document_with_clear_text_in_a_sealed_field_is_not_stored(works, do):
    async def save(work):
        await documents.save(work.session, Account(account_id="acc_1", totp=CLEAR))  # type: ignore[arg-type]

    with pytest.raises(PydanticSerializationError, match="this field takes Sealed, not str"):
        await do(save)
    adapter = TypeAdapter(Account)
    stored = adapter.dump_json(Account(account_id="acc_1", totp=SEALED))
    assert adapter.validate_json(stored).totp == SEALED


@pytest.mark.parametrize("given", [CLEAR, Secret(CLEAR), b"bytes"], ids=["text", "secret", "bytes"])
async def test_a_use_case_cannot_store_clear_text_in_a_sealed_column(do, given):
    """INVARIANT: a sealed column never takes clear text, whichever way it is written.

    What breaks it: a way around the column's type, as the house's own statements go.
    """

    async def put(work):
        Rows(notes).put(work.session, {"id": "1", "sealed": given}, was=None)

    async def insert_it(work):
        await work.session.execute(insert(notes).values(id="1", sealed=given))

    with pytest.raises(TypeError, match="takes Sealed"):
        await do(put)
    with pytest.raises(StatementError, match="takes Sealed") as refused:
        await do(insert_it)
    assert isinstance(refused.value.orig, TypeError)
