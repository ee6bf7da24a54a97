"""Buttons and links that look like them, described in `components/button.html` and `components/menu.html`.

Drawn here and not by macros: pages draw dozens, each in a fifth of the time. Escaped is what is told from outside:
texts, addresses and values; kinds, sizes, keys and names of attributes stand in our templates.
"""

from collections.abc import Mapping

from markupsafe import Markup, escape

from portal.api.pages.icons import drawn_icon


def drawn_attributes(values: Mapping[str, object]) -> Markup:
    """Attributes from keywords: underscores become hyphens, True stands alone, None and False are left out."""
    said = [_attribute(name.replace("_", "-"), value) for name, value in values.items()]
    return Markup("".join(said))  # noqa: S704


def drawn_button(
    text: str,
    kind: str = "secondary",
    *,
    icon: str | None = None,
    type: str = "submit",
    size: str = "",
    key: str | None = None,
    is_icon_only: bool = False,
    **attributes: object,
) -> Markup:
    """A button of the form around it; `type="button"` outside of forms."""
    look = _look(text, kind, size=size, key=key, is_icon_only=is_icon_only)
    inside = _inside(text, icon, key=key, is_icon_only=is_icon_only)
    return Markup(f'<button type="{type}"{look}{drawn_attributes(attributes)}>{inside}</button>')  # noqa: S704


def drawn_link_button(
    text: str,
    href: str,
    *,
    kind: str = "secondary",
    icon: str | None = None,
    size: str = "",
    key: str | None = None,
    is_icon_only: bool = False,
    **attributes: object,
) -> Markup:
    """A link that looks like a button."""
    look = _look(text, kind, size=size, key=key, is_icon_only=is_icon_only)
    inside = _inside(text, icon, key=key, is_icon_only=is_icon_only)
    return Markup(f'<a href="{escape(href)}"{look}{drawn_attributes(attributes)}>{inside}</a>')  # noqa: S704


def drawn_menu_link(
    text: str,
    href: str,
    *,
    icon: str | None = None,
    is_current: bool = False,
    hint: str | None = None,
    **attributes: object,
) -> Markup:
    """A link among the items of a menu; the present choice has a tick, `hint` stands small behind."""
    current = ' aria-current="true"' if is_current else ""
    before, check = drawn_icon(icon) if icon else "", drawn_icon("check") if is_current else ""
    small = f"<small>{escape(hint)}</small>" if hint else ""
    return Markup(  # noqa: S704
        f'<a class="menu-item" href="{escape(href)}"{current}{drawn_attributes(attributes)}>'
        f"{before}<span>{escape(text)}</span>{small}{check}</a>"
    )


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(value)}"'


def _look(text: str, kind: str, *, size: str, key: str | None, is_icon_only: bool) -> str:
    """Its classes, the shortcut that presses it, and the tooltip of an icon without text."""
    classes = f"button button-{kind}{f' button-{size}' if size else ''}{' is-icon' * is_icon_only}"
    pressed = f' data-shortcut="{key}" aria-keyshortcuts="{key}"' if key else ""
    title = f' title="{escape(text)}"' if is_icon_only else ""
    return f' class="{classes}"{pressed}{title}'


def _inside(text: str, icon: str | None, *, key: str | None, is_icon_only: bool) -> str:
    drawn = drawn_icon(icon) if icon else ""
    if is_icon_only:
        return f'{drawn}<span class="sr-only">{escape(text)}</span>'
    hint = f'<kbd aria-hidden="true">{key.upper() if len(key) == 1 else key}</kbd>' if key else ""
    return f"{drawn}<span>{escape(text)}</span>{hint}"
