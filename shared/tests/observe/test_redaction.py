"""What looks private never reaches a log, even where somebody logged it by mistake."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from shared.observe.logs import set_up_logs
from shared.vault.values import Secret

JWT = "eyJhbGciOiJFZDI1NTE5In0.eyJzdWIiOiJwZXJfMSJ9.c2lnbmF0dXJl"


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def logged(capsys: pytest.CaptureFixture[str], facts: dict[str, Any], *, as_json: bool = True) -> str:
    set_up_logs(service="payroll", as_json=as_json, level="info")
    structlog.get_logger().info("something.happened", **facts)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "key",
    [
        "authorization",
        "Authorization",
        "password",
        "new_password",
        "client_secret",
        "token",
        "access_token",
        "ssn",
        "worker_ssn",
        "account_number",
        "bank_account",
        "routing_number",
        "birth_date",
        "date_of_birth",
        "dob",
        "api_key",
        "set-cookie",
    ],
)
def test_values_of_private_keys_are_masked_at_any_depth(capsys: pytest.CaptureFixture[str], key: str) -> None:
    line = json.loads(logged(capsys, {key: "canary-1", "request": {"headers": [{key: "canary-2"}]}, "other": "kept"}))
    assert (line[key], line["request"]["headers"], line["other"]) == ("***", [{key: "***"}], "kept")


@pytest.mark.parametrize(
    "text",
    [
        f"refused {JWT}",
        "key fs_live_8f3kd92ks",
        "key fs_test_8f3kd92ks",
        "Authorization: Bearer abcdefghijkl",
        "Basic dXNlcjpwYXNz",
        "078-05-1120",
        "ssn 078 05 1120.",
        "written as 078051120 somewhere",
        "postgresql+asyncpg://payroll:canary@127.0.0.1/payroll",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----",
    ],
)
@pytest.mark.parametrize("as_json", [True, False])
def test_texts_of_a_private_form_are_masked_wherever_they_stand(
    capsys: pytest.CaptureFixture[str], text: str, as_json: bool
) -> None:
    line = logged(capsys, {"note": text, "where": [{"deep": text}]}, as_json=as_json)
    assert line.count("***") == 2
    for part in (JWT, "8f3kd92ks", "abcdefghijkl", "dXNlcj", "078-05", "078 05", "078051", "canary", "MC4CAQAw"):
        assert part not in line


def test_what_logs_are_for_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    facts = {
        "request_id": "019b8c2e-5d0a-7c3f-9a51-2f6f0c1d7e42",
        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "assignment_id": "asg_06f3k8abcdefghjkmnpqrstvwx",
        "route": "/v1/people/{id}/private-values:reveal",
        "problem": "token_expired",
        "token_id": "tok_1",
        "tokens": 3,
        "position": 123456789012,
        "port": 8401,
        "at": "2026-01-05T15:00:00Z",
        "address": "127.0.0.1:9092",
        "url": "http://127.0.0.1:8401/v1/things",
    }
    line = json.loads(logged(capsys, facts))
    assert {key: line[key] for key in facts} == facts


def test_a_secret_of_the_vault_shows_as_a_mask(capsys: pytest.CaptureFixture[str]) -> None:
    secret = Secret("canary")
    line = logged(capsys, {"value": secret, "deep": {"values": [secret]}, "text": f"it is {secret}"})
    assert "canary" not in line
    assert line.count("***") == 3


def test_what_libraries_say_is_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(service="payroll", as_json=True, level="info")
    logging.getLogger("some.driver").warning("cannot reach %s", "postgresql://payroll:canary@db/payroll")
    line = capsys.readouterr().out
    assert "canary" not in line
    assert "postgresql://***@db/payroll" in line
