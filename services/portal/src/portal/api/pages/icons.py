"""Icons in pages: each is made once."""

from functools import lru_cache

from markupsafe import Markup

from portal.api.pages.assets import address_of

KEPT = 1024
_PLAIN = Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>')
_NAMED = Markup('<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>')


@lru_cache(maxsize=KEPT)
def drawn_icon(name: str, label: str | None = None, **attributes: str) -> Markup:
    """The icon of this name (Lucide's), of the sprite; without a label it is decorative. `class` adds to its class."""
    look = f"icon {attributes['class']}" if attributes.get("class") else "icon"
    sprite = address_of("icons.svg")
    return _NAMED.format(look, label, sprite, name) if label else _PLAIN.format(look, sprite, name)
