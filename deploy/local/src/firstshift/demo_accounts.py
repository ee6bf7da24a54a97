"""The people of the demo agency who have an account: one for every role. All are invented."""

from dataclasses import dataclass
from functools import partial

import pyotp
from rich.table import Table

from firstshift.announce import command_name
from firstshift.demo_keyring import Keyring
from firstshift.demo_rows import names, rows
from firstshift.errors import CannotRun
from firstshift.sign_in import Proofs

FIRST = "administrator"
"""The role of the account that bootstrap opens; the others are invited by it."""

NO_ACCOUNTS = (
    "`firstshift up` opens them unless it is told --no-demo; without them, `firstshift identity bootstrap` prints the"
    " code by which the first administrator comes in (POST /v1/bootstrap at identity)."
)

ACCOUNTS = """
ada.meadowlark@example.org    | Ada Meadowlark    | administrator
ruth.ferryman@example.org     | Ruth Ferryman     | recruiter
colin.brightside@example.org  | Colin Brightside  | coordinator
cora.vellum@example.org       | Cora Vellum       | credentialing_specialist
paul.ledgerwood@example.org   | Paul Ledgerwood   | payroll_specialist
hedda.lodge@example.org       | Hedda Lodge       | housing_specialist
timo.clockwell@example.org    | Timo Clockwell    | timekeeping_specialist
lena.helmsworth@example.org   | Lena Helmsworth   | lead
priya.tallymann@example.org   | Priya Tallymann   | payroll_preparer
anton.signet@example.org      | Anton Signet      | payroll_approver
fay.wardlow@example.org       | Fay Wardlow       | facility_approver
otis.recordon@example.org     | Otis Recordon     | auditor
opal.machina@example.org      | Opal Machina      | operator
vera.farrow@example.org       | Vera Farrow       | virtual_specialist
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who signs in, and as what."""

    email: str
    name: str
    roles: tuple[str, ...]


def accounts() -> tuple[Account, ...]:
    """Every account of the demo, the first administrator's first."""
    return tuple(Account(email=email, name=name, roles=tuple(names(roles))) for email, name, roles in rows(ACCOUNTS))


def account_table(keyring: Keyring) -> Table:
    """How to sign in with each account that the demo opened. Raises CannotRun when it opened none."""
    if not keyring.second_factors:
        raise CannotRun("There are no demo accounts here.", NO_ACCOUNTS)
    told = f"Password of all: {keyring.password}\nA code:          {command_name()} identity code ACCOUNT"
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="bold", caption=told, caption_justify="left")
    for heading in ("account", "roles", "second factor"):
        table.add_column(heading, no_wrap=True)
    for account in accounts():
        if account.email in keyring.second_factors:
            has_code = keyring.second_factors[account.email] is not None
            table.add_row(account.email, ", ".join(account.roles), "code" if has_code else "")
    return table


def proofs_of(keyring: Keyring, role: str) -> Proofs:
    """How the account of this role signs in. Raises CannotRun when the demo opened none."""
    account = next((one for one in accounts() if role in one.roles), None)
    if account is None:
        raise CannotRun(f"Nobody signs in as {role}.", "POST /v1/links at identity lets clinicians in.")
    if account.email not in keyring.second_factors:
        raise CannotRun(f"There is no demo account of a {role} here.", NO_ACCOUNTS)
    has_code = keyring.second_factors[account.email] is not None
    code = partial(code_now, keyring, account.email) if has_code else None
    return Proofs(email=account.email, password=keyring.password, code=code)


def code_now(keyring: Keyring, email: str) -> str:
    """The six digits that an app would show now. Raises CannotRun for an account without a second factor."""
    secret = keyring.second_factors.get(email.strip().lower())
    if secret is None:
        known = ", ".join(name for name, one in keyring.second_factors.items() if one) or "none"
        raise CannotRun(f"The demo keeps no second factor of {email}.", f"Accounts that have one: {known}.")
    return pyotp.TOTP(secret).now()
