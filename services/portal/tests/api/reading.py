"""A page as somebody reads it: its texts, its links, its tables, and what must never be in it."""

from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
CELLS = ("td", "th")


class Page(HTMLParser):
    """`text` is what is read out; `links` leads from the text of a link to its (last) address."""

    def __init__(self, html):
        super().__init__()
        self.links: dict[str, str] = {}
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.rows: list[list[str]] = []
        self.fields: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}
        self._said: list[str] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._row: list[str] = []
        self.feed(html)
        assert not self._open, f"not closed: {[tag for tag, _, _ in self._open]}"
        assert len(self.ids) == len(set(self.ids)), "an id stands twice"

    @property
    def text(self):
        return " ".join(" ".join(self._said).split())

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        assert not any(name.startswith("on") or name == "style" for name in given)
        assert tag != "script" or "src" in given, "a script in the page"
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "input":
            self.fields[given.get("name", "")] = given.get("value", "")
        if tag not in VOID:
            self._open.append((tag, given, len(self._said)))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        opened, given, since = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        said = " ".join(" ".join(self._said[since:]).split())
        if tag == "a" and "href" in given:
            self.links[said] = given["href"]
            self.hrefs.append(given["href"])
        elif tag in CELLS:
            self._row.append(said)
        elif tag == "tr":
            self.rows.append(self._row)
            self._row = []
        elif tag == "ul" and "aria-label" in given:
            self.lists.setdefault(given["aria-label"], []).append(said)

    def handle_data(self, data):
        if not any(tag in ("script", "style", "title") for tag, _, _ in self._open):
            self._said.append(data)
