"""Markup in plain ASCII: what else there is of letters and signs becomes references, such as &#233;.

Long pages are copied and encoded many times faster without any other character; browsers show the same.
"""


def in_ascii(markup: str) -> str:
    """The same markup. Cheap for what is plain already."""
    return markup if markup.isascii() else markup.encode("ascii", "xmlcharrefreplace").decode()
