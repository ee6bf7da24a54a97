"""Badges, described in `components/badge.html`. Drawn here and not by a macro: pages draw dozens."""

from typing import Final

from markupsafe import Markup, escape

from portal.api.pages.icons import drawn_icon

TONE_ICONS: Final = {"info": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "octagon-x"}


def drawn_badge(tone: str, text: str, icon: str | None = None, title: str | None = None) -> Markup:
    """A state in words, with the icon of its tone unless another is named; "" for none."""
    shown = TONE_ICONS.get(tone) if icon is None else icon
    tooltip = f' title="{escape(title)}"' if title else ""
    return Markup(  # noqa: S704
        f'<span class="badge tone-{escape(tone)}"{tooltip}>{drawn_icon(shown) if shown else ""}{escape(text)}</span>'
    )
