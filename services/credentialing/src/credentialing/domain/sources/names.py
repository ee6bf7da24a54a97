"""Whether a register and the directory mean the same person by their names.

Only for the warning that a person looks at: names alone neither confirm nor refute anybody.
"""

from collections.abc import Iterable

from credentialing.domain.screening.names import split_name, words


def first_and_last(name: str) -> tuple[str, str]:
    """A name as given and family name, as forms want them; a name of one word is both."""
    parts = split_name(name)
    return parts.first or parts.last, parts.last


def agree(name: str, others: Iterable[str]) -> bool:
    """Whether any of the other names shares two words with this one: a given and a family name, in any order.

    A middle name that only one has does not matter; a part of a hyphenated name is enough. Accents, case and
    punctuation do not count.
    """
    ours = set(words(name))
    return any(len(ours & set(words(other))) >= min(2, len(ours)) > 0 for other in others)
