"""What was read from documents, as the text that is sealed."""

from pydantic import TypeAdapter

from credentialing.domain.documents.proposal import Proposal

_ADAPTER = TypeAdapter(Proposal)


def written(proposal: Proposal) -> str:
    """The proposal as JSON."""
    return _ADAPTER.dump_json(proposal).decode()


def read(text: str) -> Proposal:
    """The proposal again."""
    return _ADAPTER.validate_json(text)
