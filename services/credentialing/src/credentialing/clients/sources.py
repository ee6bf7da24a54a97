"""The sources that are set up here, by name: made from their addresses and keys, asked by name."""

from collections.abc import Mapping

from credentialing.clients.source import Source
from credentialing.domain.sources.answer import Answer, Trouble
from credentialing.domain.sources.question import Question

RESOURCE = "sources"
AT_ONCE = 4
"""Questions of one source in flight."""


class Sources:
    """Whom we may ask; and the secrets by which those who send by themselves are known."""

    def __init__(self, sources: Mapping[str, Source], *, secrets: Mapping[str, tuple[str, ...]]) -> None:
        self._sources = dict(sources)
        self._secrets = dict(secrets)

    @property
    def names(self) -> tuple[str, ...]:
        """Those that are set up."""
        return tuple(self._sources)

    def secrets_of(self, source: str) -> tuple[str, ...]:
        """What this source signs with; empty for one that may send nothing."""
        return self._secrets.get(source, ())

    async def ask(self, source: str, question: Question) -> Answer:
        """The answer of this source; one that is not set up is trouble."""
        if source not in self._sources:
            return Trouble(why="The source is not set up here.")
        return await self._sources[source].ask(question)

    async def aclose(self) -> None:
        """Lets go of all connections."""
        for source in self._sources.values():
            await source.aclose()
