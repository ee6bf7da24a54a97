"""Refusals about whoever comes in without an account, what is lent, who is forgotten, and the first administrator.

Refused
├── ClientDisabled       the API client is shut out for good
├── TooManySecrets       two secrets are live; one has to go first
├── SecretRevoked        it was taken back before
├── LinkOver             there is nothing left to revoke
├── ApproverLinkNotYours hours are not confirmed by whoever keeps them
├── GrantToOneself       nobody widens their own access
├── TooManyGrants        the person holds as much as a token can carry
├── GrantOver            it has ended, by itself or by somebody
├── ErasureAsked         the subject's erasure was asked for before
├── ErasureConfirmed     it has begun
├── ErasureNeedsAnother  whoever asked does not confirm
├── AdministratorExists  the way of the first administrator is closed
└── BootstrapCodeWrong   unknown, used or expired
"""

from shared.errors import Kind, Refused


class ClientDisabled(Refused):
    """This API client is disabled for good; register another."""

    code = "client_disabled"


class TooManySecrets(Refused):
    """This client has {most} live secrets, the most there may be; revoke the older one first."""

    code = "too_many_secrets"


class SecretRevoked(Refused):
    """This secret was revoked before."""

    code = "secret_revoked"


class ApproverLinkNotYours(Refused):
    """A link for a facility's approver is made by a coordinator or a lead.

    Whoever keeps the hours could otherwise let in somebody to confirm them.
    """

    code = "approver_link_not_yours"
    kind = Kind.FORBIDDEN


class LinkOver(Refused):
    """This link has expired or was revoked; there is nothing left to revoke."""

    code = "link_over"


class GrantToOneself(Refused):
    """Nobody gives a grant to themselves; ask another lead or administrator."""

    code = "grant_to_oneself"
    kind = Kind.FORBIDDEN


class TooManyGrants(Refused):
    """Nobody holds more than {grants} grants or {assignments} assignments at once; revoke what is done with first."""

    code = "too_many_grants"


class GrantOver(Refused):
    """This grant has ended; there is nothing left to revoke."""

    code = "grant_over"


class ErasureAsked(Refused):
    """The erasure of this subject was asked for before, as {erasure_id}."""

    code = "erasure_asked"


class ErasureConfirmed(Refused):
    """This erasure was confirmed before; it cannot be confirmed again, nor taken back."""

    code = "erasure_confirmed"


class ErasureNeedsAnother(Refused):
    """Whoever asked for an erasure does not confirm it; another person has to."""

    code = "erasure_needs_another"
    kind = Kind.FORBIDDEN


class AdministratorExists(Refused):
    """There is an administrator already; ask them for an account."""

    code = "administrator_exists"


class BootstrapCodeWrong(Refused):
    """This code is unknown, was used, or has expired; `python -m identity bootstrap` prints a new one."""

    code = "bootstrap_code_wrong"
    kind = Kind.FORBIDDEN
