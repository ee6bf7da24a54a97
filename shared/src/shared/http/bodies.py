"""The bodies of requests and responses.

Give every list and every text of a request a greatest length, and every decimal one of the types below: a plain
Decimal would accept 1e999999.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class RequestBody(BaseModel):
    """What a caller sends: exact types, no unknown fields, never changed after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ResponseBody(BaseModel):
    """What a caller gets; made from a value of the same field names by `of` or `model_validate`."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


Amount = Annotated[Decimal, Field(max_digits=14, decimal_places=4)]
"""Dollars, dollars an hour, or hours; negative too: what is allowed is said by a rule, with its finding."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
"""A line of text that says something."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,12}_[0-9a-z]{26}$")]
"""An id of ours, such as `asg_06f3k8…`."""
