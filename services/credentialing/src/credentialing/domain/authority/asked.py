"""The question: may this person practise this profession in that state on those days?"""

from dataclasses import dataclass

from credentialing.domain.authority.licence import Licence
from credentialing.domain.authority.residence import Residence
from shared.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """What a privilege of the EMS compact leans on: a local agency and its medical director."""

    agency: bool = False
    medical_director: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Everything that authority depends on. `state` is where the patient is.

    `profession` is a discipline (RN, PT, MD …), `role` what is done in the job, when that is another (an RN working
    as NP). `members` are the member states of the profession's compact where known; None leaves it to what the
    compact's own record of a privilege proves. `affiliation` matters to the EMS compact only.
    """

    profession: str
    state: str
    days: Period
    role: str | None = None
    licences: tuple[Licence, ...] = ()
    residences: tuple[Residence, ...] = ()
    members: frozenset[str] | None = None
    affiliation: Affiliation = Affiliation()
