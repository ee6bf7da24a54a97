"""The exclusion lists that are kept: what each answers for, and how its file is read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from credentialing.domain.screening import leie
from credentialing.domain.screening.entry import RowRead
from credentialing.domain.screening.errors import ListUnknown
from credentialing.domain.screening.layout import lay
from credentialing.domain.screening.sam import EXTRACT
from credentialing.domain.screening.state_list import layout_of

GRACE_DAYS = 5
"""Days after a release was posted within which everybody is to be screened against it (the agency's rule)."""
STATES = frozenset(
    "AK AL AR AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND NE NH NJ NM NV NY OH"
    " OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY".split()
)
_STATE = re.compile(r"state-([a-z]{2})")

ReadRow = Callable[..., RowRead]
"""`read_row(fields, line=7)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionList:
    """One list: `code` is the requirement it answers for, `source` the short name of who publishes it.

    `state` is the state whose list it is.
    """

    name: str
    code: str
    source: str
    title: str
    state: str | None = None

    def reader(self, header: Sequence[str]) -> ReadRow:
        """What reads the rows below this header. Raises HeaderChanged."""
        if self.name == LEIE.name:
            leie.require_header(header)
            return leie.read_row
        return lay(EXTRACT if self.state is None else layout_of(self.state), header).read_row


LEIE = ExclusionList(name="leie", code="EXC-LEIE", source="oig_leie", title="OIG List of Excluded Individuals/Entities")
SAM = ExclusionList(name="sam", code="EXC-SAM", source="sam", title="SAM.gov exclusions")
FEDERAL = {one.name: one for one in (LEIE, SAM)}
OF_A_STATE = "EXC-STATE"
SCREENED = frozenset((LEIE.code, SAM.code, OF_A_STATE))
"""The requirements that screening decides; what else is called an exclusion is looked up by people."""


def decides(name: str, code: str, *, subject: str) -> bool:
    """Whether the list of this name answers for the requirement: a state's for its state, and where all are meant."""
    kept = list_named(name)
    return kept.code == code and (kept.state is None or subject in ("", kept.state))


def list_named(name: str) -> ExclusionList:
    """The list of this name: leie, sam, or state- and a postal abbreviation. Raises ListUnknown."""
    if name in FEDERAL:
        return FEDERAL[name]
    found = _STATE.fullmatch(name)
    if found is None or found[1].upper() not in STATES:
        raise ListUnknown(name=name)
    state = found[1].upper()
    return ExclusionList(
        name=name,
        code=OF_A_STATE,
        source=f"state_list_{state.lower()}",
        title=f"Medicaid exclusions of {state}",
        state=state,
    )
