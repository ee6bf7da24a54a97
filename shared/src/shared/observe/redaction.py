"""The last net under the logs: what looks private is `***` even where somebody logged it by mistake.

It is no licence: rule 24 holds, logs are events with ids. Keys are judged by their names, texts by their form; a
`Secret` of the vault shows as `***` by itself.
"""

import re
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Any

MASK = "***"

_PRIVATE_KEY = re.compile(
    r"authori[sz]ation|cookie|password|passwd|passphrase|secret|(^|_)token$|api_?key|private_?key|signing_?key"
    r"|(^|_)(ssn|itin|tin|dob)($|_)|social_security|birth|account_?(number|no)$|bank_account|(^|_)(account|routing)$"
    r"|routing_?number",
    re.IGNORECASE,
)
_PRIVATE_TEXT = re.compile(
    r"eyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)*"  # a JSON Web Token
    r"|\bfs_(?:live|test)_\w+"  # a key of an API client
    r"|\b(?:Bearer|Basic)\s+(?!realm)[\w.~+/-]{8,}=*"
    r"|(?<=://)[^\s/:@\"]*:[^\s/@\"]+(?=@)"  # the user and password of an address
    r"|(?<![\w.-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])"  # a social security number
    r"|(?<![\w.:-])\d{9}(?![\w.-])"  # one without dashes, or a routing number
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"
)


def hide_private_keys(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the values of keys with a private name are masked, at any depth."""
    for key, value in event.items():
        if _is_private(key):
            event[key] = MASK
        elif isinstance(value, Mapping | list | tuple):
            event[key] = _hidden(value)
    return event


def hide_private_texts(logger: Any, method: str, line: str) -> str:
    """A structlog processor for what the renderer wrote: texts of a private form are masked wherever they stand."""
    return _PRIVATE_TEXT.sub(MASK, line)


def _hidden(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: MASK if _is_private(str(key)) else _hidden(one) for key, one in value.items()}
    return [_hidden(one) for one in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=1000)
def _is_private(key: str) -> bool:
    return _PRIVATE_KEY.search(key) is not None
