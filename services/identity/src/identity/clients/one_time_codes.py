"""Codes of an authenticator app (RFC 6238), and codes to recover with when the app is lost."""

import hmac
import secrets
import time
from hashlib import sha256
from typing import Final

import pyotp

STEP_SECONDS: Final = 30
DRIFT_STEPS: Final = 1
"""A code of the step before or after is taken too: clocks differ, and people type slowly."""

RECOVERY_CODES: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def new_secret() -> str:
    """160 random bits in base 32, as apps take them."""
    return pyotp.random_base32()


def address_for_app(secret: str, email: str) -> str:
    """The otpauth address that an app opens."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Firstshift")


def step_of(secret: str, code: str, *, now_seconds: int | None = None) -> int | None:
    """The step that this code belongs to, by real time; None when it is none of now."""
    totp, offered = pyotp.TOTP(secret), code.encode(errors="replace")
    present = (int(time.time()) if now_seconds is None else now_seconds) // STEP_SECONDS
    steps = range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1)
    right = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), offered)]
    return right[0] if right else None


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 79 random bits, such as `4kx9d-7mhqa-…`; to be shown once."""
    return tuple("-".join(_word() for _ in range(4)) for _ in range(RECOVERY_CODES))


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code, however it was typed."""
    return sha256("".join(code.lower().split()).replace("-", "").encode(errors="replace")).hexdigest()


def _word() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(4))
