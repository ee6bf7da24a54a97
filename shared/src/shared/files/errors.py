"""What keeps files from being stored or opened.

Unavailable
└── FilesUnavailable    no place is named, or it does not answer
FileDamaged             a file that is not as it was put: cut, changed, exchanged or gone
"""

from shared.errors import Unavailable


class FilesUnavailable(Unavailable):
    """Files can neither be stored nor opened until an operator has mended the place where they lie."""


class FileDamaged(Exception):
    """A file was cut, changed or exchanged, or is not there. What is wrong with it was not handed out."""
