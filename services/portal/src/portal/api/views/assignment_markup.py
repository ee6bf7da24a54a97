"""The markup of an assignment's closed work. Written here and not in a template: there may be hundreds of such lines.

Every text is escaped here.
"""

from collections.abc import Iterable, Mapping
from html import escape

from markupsafe import Markup

from portal.api.pages.times import drawn_when
from portal.api.views.item_words import department_words, owner_name
from portal.api.views.plain_text import in_ascii
from portal.app.queries.assignment_page import Head
from portal.domain.words import DEPARTMENTS, ITEM_STATUSES, kind_words
from portal.storage.assignment_page import Item


def closed_lines(items: Iterable[Item], head: Head, names: Mapping[str, str]) -> Markup:
    """What was closed: what it was, whose work, how it ended, by whom, when and why."""
    return Markup("".join([in_ascii(_line(item, head, names)) for item in items]))  # noqa: S704  # every text is escaped


def _line(item: Item, head: Head, names: Mapping[str, str]) -> str:
    key, status = escape(item.work_item_id), ITEM_STATUSES.get(item.status, item.status)
    said = (
        escape(_closer(item.closed_by, names)) if item.closed_by else "",
        drawn_when(item.closed_at, head.zone, head.now) if item.closed_at else "",
        escape(kind_words(item.closed_why)) if item.closed_why else "",
    )
    return f"""\
<li class="flex flex-wrap items-center gap-x-3 border-t border-line py-2 first:border-t-0" id="item-{key}">
<span class="min-w-0 flex-1"><a href="/work/{key}">{escape(item.title or kind_words(item.kind))}</a> \
<span class="muted">{escape(department_words(item))}</span></span>
<span class="badge tone-muted">{escape(status)}</span>
<span class="muted text-sm">{" · ".join([part for part in said if part])}</span>
</li>
"""


def _closer(actor: str, names: Mapping[str, str]) -> str:
    if actor.startswith("system:"):
        return DEPARTMENTS.get(actor.removeprefix("system:"), actor)
    return owner_name(names, actor)
