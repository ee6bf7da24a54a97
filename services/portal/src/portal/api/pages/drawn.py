"""What templates draw by functions instead of macros, as `drawn`, and what is drawn once for many pages."""

from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace

from markupsafe import Markup

from portal.api.pages.badges import drawn_badge
from portal.api.pages.buttons import drawn_attributes, drawn_button, drawn_link_button, drawn_menu_link
from portal.api.pages.icons import drawn_icon
from portal.api.pages.people import drawn_avatar, drawn_person
from portal.api.pages.times import drawn_day, drawn_when

MOST_KEPT = 512


@lru_cache(maxsize=MOST_KEPT)
def drawn_once(macro: Callable[..., Markup], *values: object) -> Markup:
    """What the macro draws of these values: `{{ drawn.once(sidebar, nav, section) }}`.

    Values are hashable, and none of them tells of a person: what is erased must not stay here.
    """
    return macro(*values)


DRAWN = SimpleNamespace(
    attributes=drawn_attributes,
    avatar=drawn_avatar,
    badge=drawn_badge,
    button=drawn_button,
    day=drawn_day,
    icon=drawn_icon,
    link_button=drawn_link_button,
    menu_link=drawn_menu_link,
    once=drawn_once,
    person=drawn_person,
    when=drawn_when,
)
"""One name among the templates' globals: each import of a template looks through all of them."""
