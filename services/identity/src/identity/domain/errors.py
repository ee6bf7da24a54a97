"""Every refusal of identity.

Refused
├── EmailTaken           another account has the address
├── AccountDisabled      the account takes no changes but being enabled
├── NotOnesOwnRoles      nobody gives themselves roles
├── NotOnesOwnAccount    nobody disables themselves
├── LastAdministrator    somebody must be able to let others in
├── PasswordUnfit        every reason is a finding
├── PasswordWrong        the present password was not given
├── InvitationNotValid   unknown, used, replaced or ended
├── TooManyTries         wrong passwords, one after the other
├── NoSecondFactor       there is none that could be reset or renewed
└── OutsideIdentityTaken somebody else signs in by it
"""

from shared.errors import Kind, Refused


class EmailTaken(Refused):
    """Another account has this e-mail address."""

    code = "email_taken"


class AccountDisabled(Refused):
    """This account is disabled; enable it first."""

    code = "account_disabled"


class NotOnesOwnRoles(Refused):
    """Nobody changes their own roles; another administrator can."""

    code = "not_ones_own_roles"
    kind = Kind.FORBIDDEN


class NotOnesOwnAccount(Refused):
    """Nobody disables their own account; another administrator can."""

    code = "not_ones_own_account"
    kind = Kind.FORBIDDEN


class LastAdministrator(Refused):
    """This is the last administrator with an open account; make somebody else one first."""

    code = "last_administrator"


class PasswordUnfit(Refused):
    """The password is not fit; each reason is listed in errors.

    A sentence of several words is long, hard to guess and easy to remember.
    """

    code = "password_unfit"
    kind = Kind.INVALID


class PasswordWrong(Refused):
    """The present password is not this one."""

    code = "password_wrong"
    kind = Kind.INVALID


class InvitationNotValid(Refused):
    """This invitation is not valid, or not any more; ask an administrator for a new one."""

    code = "invitation_not_valid"


class TooManyTries(Refused):
    """Too many wrong passwords; wait {seconds} seconds.

    Each further one makes the wait longer, up to fifteen minutes; it is never for ever.
    """

    code = "too_many_tries"
    kind = Kind.TOO_MANY


class NoSecondFactor(Refused):
    """This account has no second factor."""

    code = "no_second_factor"


class OutsideIdentityTaken(Refused):
    """Somebody else signs in by this identity of the outside provider."""

    code = "outside_identity_taken"
