"""Why something is taken back."""

from identity.api.schemas.words import shown
from shared.http.bodies import RequestBody, Text


class ReasonIn(RequestBody):
    """Why; kept in the audit."""

    model_config = shown({"reason": "replaced by the new connector"})

    reason: Text
