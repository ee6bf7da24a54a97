"""What every source is to us: a question goes in, an answer comes out, whatever happens on the way."""

from typing import Protocol

from credentialing.domain.sources.answer import Answer
from credentialing.domain.sources.question import Question


class Source(Protocol):
    """One source of answers."""

    async def ask(self, question: Question) -> Answer:
        """The source's answer. Never raises for what the source does: that is an answer, too."""
        ...

    async def aclose(self) -> None:
        """Lets go of its connections."""
        ...
