"""The exclusions API of SAM.gov: records by name or NPI, page by page. What they mean is decided by screening."""

from collections.abc import AsyncIterator

from credentialing.clients.fetching import Fetching
from credentialing.clients.pace import Pacing
from credentialing.domain.sources.answer import RequestError, Trouble
from credentialing.domain.sources.catalogue import PACES, SAM
from credentialing.domain.sources.json_values import Json
from credentialing.domain.sources.sam import LARGEST_PAGE, LAST_PAGE, SamPage, asked_name, read_page

MOST_PAGES = 5
"""A name with more records than these pages hold is too common to ask for by itself."""


class SamUnanswered(Exception):
    """SAM.gov did not give the whole list; `reason` is a RequestError or Trouble, with words and when to ask again."""

    def __init__(self, reason: RequestError | Trouble) -> None:
        super().__init__(reason.why)
        self.reason = reason


class Sam:
    """Asks for active exclusions, within the few questions a day that a key is good for."""

    def __init__(self, base_url: str, *, key: str, pacing: Pacing | None = None) -> None:
        """`base_url`: where exclusions are served, such as `https://api.sam.gov/entity-information/v4`."""
        self._http = Fetching(SAM, base_url)
        self._key = key
        self._pacing = pacing or Pacing(PACES[SAM])

    async def by_name(self, name: str) -> list[Json]:
        """Every active record in which all words of the name occur. Raises SamUnanswered."""
        return [record async for record in self._records({"exclusionName": asked_name(name)})]

    async def by_npi(self, npi: str) -> list[Json]:
        """Every active record of a national provider identifier. Raises SamUnanswered."""
        return [record async for record in self._records({"npi": npi})]

    async def aclose(self) -> None:
        """Lets go of its connections."""
        await self._http.aclose()

    async def _records(self, asked: dict[str, str]) -> AsyncIterator[Json]:
        if not all(asked.values()):
            raise SamUnanswered(RequestError(why="There is no name to ask for."))
        read, page = 0, 0
        while True:
            found = await self._page(asked, page)
            for record in found.records:
                yield record
            read, page = read + len(found.records), page + 1
            if read >= found.total or not found.records:
                return
            if page >= min(MOST_PAGES, LAST_PAGE + 1):
                raise SamUnanswered(
                    RequestError(why=f"SAM.gov has {found.total} records of this name; search it by hand.")
                )

    async def _page(self, asked: dict[str, str], page: int) -> SamPage:
        wait = self._pacing.take()
        if wait:
            why = "SAM.gov was asked as often today as it allows."
            raise SamUnanswered(Trouble(why=why, again_in_seconds=wait, is_for_all=True))
        params = {**asked, "recordStatus": "active", "page": str(page), "size": str(LARGEST_PAGE), "api_key": self._key}
        fetched = await self._http.fetch("GET", "/exclusions", params=params)
        found = fetched if isinstance(fetched, Trouble) else read_page(fetched.status, fetched.body)
        if isinstance(found, SamPage):
            return found
        raise SamUnanswered(found)
