"""People in pages, described in `components/person.html`. Drawn here and not by macros: lists draw hundreds."""

from typing import Final

from markupsafe import Markup, escape

from portal.api.pages.icons import drawn_icon

HUES: Final = 6


def drawn_avatar(name: str | None, size: str = "") -> Markup:
    """Initials in their colour, or a figure for nobody; decorative, for the name stands beside it."""
    look = f" avatar-{size}" if size else ""
    if not name:
        shown = drawn_icon("user-round")
        return Markup(f'<span class="avatar avatar-nobody{look}" aria-hidden="true">{shown}</span>')  # noqa: S704
    return Markup(  # noqa: S704
        f'<span class="avatar hue-{hue_of(name)}{look}" aria-hidden="true">{escape(initials_of(name))}</span>'
    )


def drawn_person(name: str | None, is_me: bool = False, *, href: str | None = None, nobody: str = "Nobody") -> Markup:
    """Avatar and name; "You" for oneself."""
    if not name:
        rest, look = f"<span>{escape(nobody)}</span>", " is-nobody"
    elif href:
        rest, look = f'<a href="{escape(href)}">{escape(name)}</a>', ""
    else:
        rest, look = f"<span>{'You' if is_me else escape(name)}</span>", ""
    return Markup(f'<span class="person{look}">{drawn_avatar(name, "small")}{rest}</span>')  # noqa: S704


def initials_of(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split() or ["?"]
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


def hue_of(name: str) -> int:
    """The number of the colour that this name has everywhere."""
    return (len(name) * 7 + len((name.split() or ["?"])[-1]) * 3) % HUES
