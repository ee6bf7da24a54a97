"""The NPI registry over HTTP."""

from credentialing.clients.fetching import Fetching
from credentialing.domain.sources.answer import Answer, RequestError, Trouble
from credentialing.domain.sources.catalogue import NPPES
from credentialing.domain.sources.nppes import read_nppes
from credentialing.domain.sources.question import Question

VERSION = "2.1"
AGAIN_SECONDS = 6 * 60 * 60


class Nppes:
    """Looks numbers up, one at a time; free, without a key."""

    def __init__(self, base_url: str) -> None:
        """`base_url`: where the registry answers, such as `https://npiregistry.cms.hhs.gov/api`."""
        self._http = Fetching(NPPES, base_url)

    async def ask(self, question: Question) -> Answer:
        """What the registry says of the clinician's number; without one in the directory the question waits for it."""
        number = question.number
        if not number:
            return Trouble(why="The directory has no NPI of the clinician yet.", again_in_seconds=AGAIN_SECONDS)
        if not (number.isascii() and number.isdigit() and len(number) == 10):
            return RequestError(why="The clinician's NPI in the directory has not ten digits.")
        fetched = await self._http.fetch("GET", "/", params={"version": VERSION, "number": number})
        if isinstance(fetched, Trouble):
            return fetched
        return read_nppes(fetched.status, fetched.body, number=number, name=question.name)

    async def aclose(self) -> None:
        await self._http.aclose()
