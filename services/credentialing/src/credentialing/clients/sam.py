"""The exclusions API of SAM.gov: records by name or NPI, page by page, within the few questions a day of a key."""

from collections.abc import Sequence
from datetime import date

from credentialing.clients.fetching import Fetching
from credentialing.clients.pace import Pacing
from credentialing.domain.sources.answer import Answer, Confirmed, RequestError, Trouble
from credentialing.domain.sources.catalogue import PACES, SAM
from credentialing.domain.sources.exclusions import Search, judge_records, searches
from credentialing.domain.sources.json_values import Json
from credentialing.domain.sources.question import Question, Screened
from credentialing.domain.sources.sam import LARGEST_PAGE, SamPage, asked_name, read_page

MOST_PAGES = 3
"""A name with more records than these pages hold is too common to spend the day's questions on."""
SECONDS = 10.0
"""For one call, so that all that a day allows end within the lease of a question."""
AGAIN_SECONDS = 6 * 60 * 60


class _Unanswered(Exception):
    """SAM.gov did not give the whole list; `reason` has the words, and when to ask again."""

    def __init__(self, reason: RequestError | Trouble) -> None:
        super().__init__(reason.why)
        self.reason = reason


class Sam:
    """Searches active exclusions by number and names, and compares here what it finds."""

    def __init__(self, base_url: str, *, key: str, pacing: Pacing | None = None) -> None:
        """`base_url`: where exclusions are served, such as `https://api.sam.gov/entity-information/v4`."""
        self._http = Fetching(SAM, base_url, seconds=SECONDS)
        self._key = key
        self._pacing = pacing or Pacing(PACES[SAM])

    async def ask(self, question: Question) -> Answer:
        """What the active exclusions mean for the clinician; names and NPI are all that is sent.

        Nothing is begun that today's questions do not finish, and nothing is asked after something was found.
        """
        if question.screened is None:
            return Trouble(why="The directory has no name of the clinician yet.", again_in_seconds=AGAIN_SECONDS)
        wanted = searches(question.screened.person)
        if not wanted:
            return RequestError(why="There is no name to search for.")
        if len(wanted) > self._pacing.most:
            return RequestError(why="The clinician has more names than SAM.gov takes questions a day.")
        try:
            self._take(len(wanted))
            return await self._answer(question.screened, wanted, today=question.today)
        except _Unanswered as unanswered:
            return unanswered.reason

    async def aclose(self) -> None:
        """Lets go of its connections."""
        await self._http.aclose()

    async def _answer(self, screened: Screened, wanted: Sequence[Search], *, today: date) -> Answer:
        records: list[Json] = []
        left = list(wanted)
        try:
            while True:
                records += await self._records(left.pop(0))
                answer = judge_records(records, screened, left=len(left), today=today)
                if not left or not isinstance(answer, Confirmed):
                    return answer
        finally:
            self._pacing.give_back(len(left))

    async def _records(self, search: Search) -> list[Json]:
        """Every active record of the search; its first page was taken from the pace before. Raises _Unanswered."""
        found = await self._page(search, 0)
        records = list(found.records)
        if found.total > MOST_PAGES * LARGEST_PAGE:
            raise _Unanswered(RequestError(why=f"SAM.gov has {found.total} records of one name; search it by hand."))
        for page in range(1, MOST_PAGES):
            if len(records) >= found.total:
                break
            self._take(1)
            records += (await self._page(search, page)).records
        if len(records) < found.total:
            raise _Unanswered(Trouble(why="SAM.gov counts more records than it gives."))
        return records

    def _take(self, calls: int) -> None:
        wait = self._pacing.take(calls)
        if wait:
            why = "SAM.gov was asked as often today as it allows."
            raise _Unanswered(Trouble(why=why, again_in_seconds=wait, is_for_all=True))

    async def _page(self, search: Search, page: int) -> SamPage:
        asked = {"npi": search.npi} if search.npi else {"exclusionName": asked_name(search.name)}
        params = {**asked, "recordStatus": "active", "page": str(page), "size": str(LARGEST_PAGE), "api_key": self._key}
        fetched = await self._http.fetch("GET", "/exclusions", params=params)
        found = fetched if isinstance(fetched, Trouble) else read_page(fetched.status, fetched.body)
        if isinstance(found, SamPage):
            return found
        raise _Unanswered(found)
