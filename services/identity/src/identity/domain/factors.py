"""What a person proves themselves by: a password, a code from an app, codes to recover."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """Hashes and sealed secrets of one person; none of them ever leaves this service.

    `totp_sealed` counts only once a first code from it was right (`is_totp_confirmed`). `totp_step` is the last
    30-second step whose code was taken: a code is taken once (RFC 6238, 5.2). `recovery_hashes` are those unused.
    """

    person_id: str
    password_hash: str | None = None
    password_set_at: datetime | None = None
    totp_sealed: str | None = None
    is_totp_confirmed: bool = False
    totp_step: int = 0
    recovery_hashes: tuple[str, ...] = ()
    version: int = 0

    @property
    def has_second_factor(self) -> bool:
        """Whether codes of an app are asked for."""
        return self.totp_sealed is not None and self.is_totp_confirmed


def with_password(factors: Factors, password_hash: str, *, now: datetime) -> Factors:
    """The factors with this password from now on."""
    return replace(factors, password_hash=password_hash, password_set_at=now)


def proposed(factors: Factors, totp_sealed: str) -> Factors:
    """With a secret that the person has still to prove that their app holds."""
    return replace(factors, totp_sealed=totp_sealed, is_totp_confirmed=False, totp_step=0, recovery_hashes=())


def without_second_factor(factors: Factors) -> Factors:
    """As before it was set up; a lost app is replaced at the next sign-in."""
    return replace(factors, totp_sealed=None, is_totp_confirmed=False, totp_step=0, recovery_hashes=())


def confirmed(factors: Factors, step: int, *, recovery_hashes: Sequence[str]) -> Factors:
    """The app is set up: its first code was right."""
    return replace(factors, is_totp_confirmed=True, totp_step=step, recovery_hashes=tuple(recovery_hashes))


def taken(factors: Factors, step: int) -> Factors | None:
    """The factors once the code of this step is used; None when it, or a later one, was used before."""
    return replace(factors, totp_step=step) if step > factors.totp_step else None


def recovered(factors: Factors, code_hash: str) -> Factors | None:
    """The factors without this recovery code; None when there is no such unused one."""
    if code_hash not in factors.recovery_hashes:
        return None
    return replace(factors, recovery_hashes=tuple(one for one in factors.recovery_hashes if one != code_hash))
