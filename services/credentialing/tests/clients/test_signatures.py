"""Who sent a message: both ways to sign, and everything that somebody else could try."""

import json
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.clients.signatures import HEADER, WINDOW_SECONDS, Signed, plain_header, standard_headers, verified

NOW = 1_763_000_000
BODY = json.dumps({"id": "evt_1", "type": "report.completed"}).encode()
SECRET = "an-invented-secret"
STANDARD = "whsec_" + b64encode(b"an invented secret of 24").decode()


def plain(body: bytes = BODY, *, secret: str = SECRET, at: int = NOW) -> dict[str, str]:
    return {HEADER: plain_header(body, secret=secret, at_seconds=at)}


def standard(body: bytes = BODY, *, secret: str = STANDARD, at: int = NOW) -> dict[str, str]:
    return standard_headers(body, secret=secret, event_id="msg_1", at_seconds=at)


def check(headers, body=BODY, *, secrets=(SECRET, STANDARD)):
    return verified(headers, body, secrets=secrets, now_seconds=NOW)


def test_a_vector_of_the_standard_webhooks_specification_holds():
    """Source: the examples of the Standard Webhooks reference libraries."""
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    secrets = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",)
    body = b'{"test": 2432232314}'
    assert verified(headers, body, secrets=secrets, now_seconds=1614265330) == Signed(
        event_id="msg_p5jXN8AQM9LWM0D4loKWxJek"
    )


def test_both_ways_to_sign_are_known():
    assert (check(plain()), check(standard())) == (Signed(), Signed(event_id="msg_1"))


@pytest.mark.parametrize("sign", [plain, standard])
def test_a_changed_body_another_secret_and_another_time_are_refused(sign):
    headers = sign()
    assert check(headers, BODY + b" ") is None
    assert check(headers, secrets=("another-secret",)) is None
    assert check(headers, secrets=()) is None
    late = {name: value.replace(str(NOW), str(NOW + 1)) for name, value in headers.items()}
    assert check(late) is None


@pytest.mark.parametrize("sign", [plain, standard])
@pytest.mark.parametrize(("away", "is_taken"), [(WINDOW_SECONDS, True), (WINDOW_SECONDS + 1, False)])
@pytest.mark.parametrize("direction", [-1, 1])
def test_recordings_are_refused(sign, away, is_taken, direction):
    assert (check(sign(at=NOW + direction * away)) is not None) is is_taken


def test_an_id_is_signed_too():
    assert check({**standard(), "webhook-id": "msg_2"}) is None


def test_one_good_signature_among_several_is_enough():
    old, new = plain(secret="an-old-secret")[HEADER], plain()[HEADER]
    assert check({HEADER: f"{old},{new.partition(',')[2]}"}) == Signed()
    mixed = standard()
    mixed["webhook-signature"] = f"v1,AAAA v2,xyz {mixed['webhook-signature']}"
    assert check(mixed) == Signed(event_id="msg_1")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=",
        "t=1,v1=",
        f"t={NOW}",
        f"t={NOW},v1=",
        f"t={NOW},v1=é",
        f"t=٣{NOW},v1=00",
        f"t={'9' * 99},v1=00",
        "x" * 9999,
    ],
)
def test_what_is_no_signature_is_refused_and_breaks_nothing(header):
    assert check({HEADER: header}) is None


@given(
    headers=st.dictionaries(
        st.sampled_from([HEADER, "webhook-id", "webhook-timestamp", "webhook-signature"]), st.text(max_size=60)
    ),
    secret=st.text(max_size=20),
)
def test_nothing_that_a_stranger_writes_passes_or_breaks_it(headers, secret):
    assert verified(headers, BODY, secrets=(f"whsec_{secret}", "other"), now_seconds=NOW) is None
