"""The name that a document's file is given back by."""

import re

from credentialing.domain.documents.media import MediaType

LONGEST = 120
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, and those that turn or hide what follows, so that `fdp.exe` reads `exe.pdf`."""

_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_NAMELESS = "document"


def file_name(given: str, media_type: MediaType) -> str:
    """The name without folders and unseen characters, at most 120 characters, with the ending of what the file is."""
    last = re.split(r"[/\\]", given)[-1]
    stem = _NOT_IN_NAMES.sub("", _UNSEEN.sub("", last)).strip(" .")
    without, dot, ending = stem.rpartition(".")
    if dot and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        stem = without
    return (stem.strip(" .")[: LONGEST - len(media_type.ending)] or _NAMELESS) + media_type.ending
