"""HTML mails as readable text. Nothing is fetched, nothing is run: no picture tells the sender that it was opened."""

from __future__ import annotations

from html.parser import HTMLParser

_SKIPPED = frozenset({"script", "style", "head", "title", "template", "object", "svg", "noscript"})
_BLOCKS = frozenset(
    "address article blockquote center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table "
    "tr ul".split()
)
_PARAGRAPHS = frozenset("h1 h2 h3 h4 h5 h6 ol p pre table ul".split())
_LARGEST = 1_000_000
_DEEPEST_QUOTE = 8


def readable(html: str) -> str:
    """The words of the page, one paragraph below the other, quotations behind “> ”."""
    reader = _Reader()
    reader.feed(html[:_LARGEST])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._skipped = 0
        self._quotes = 0
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag == "br":
            self._break()
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", len(self._line))
        elif tag in {"td", "th"}:
            self._line.append(" ")
        elif tag in _BLOCKS:
            self._block(tag)
            self._quotes += tag == "blockquote"
            if tag == "li":
                self._line.append("- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS:
            self._block(tag)
            if tag == "blockquote":
                self._quotes = max(0, self._quotes - 1)

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._line.append(data)

    def _end_link(self) -> None:
        """Where a link really leads stands beside its words: they may lie."""
        href, begun = self._link or ("", 0)
        self._link = None
        if href.startswith(("http://", "https://")):
            said = "".join(self._line[begun:]).strip()
            host = href.split("/")[2] if href.count("/") > 1 else href
            if said and host.removeprefix("www.").casefold() not in said.casefold():
                self._line.append(f" <{href[:300]}>")

    def _block(self, tag: str) -> None:
        if "".join(self._line).strip():
            self._break()
        self._line = []
        if tag in _PARAGRAPHS and self._lines and self._lines[-1].strip("> "):
            self._lines.append("> " * min(self._quotes, _DEEPEST_QUOTE))

    def _break(self) -> None:
        words = " ".join("".join(self._line).split())
        self._lines.append("> " * min(self._quotes, _DEEPEST_QUOTE) + words)
        self._line = []

    def text(self) -> str:
        """What was read."""
        self._break()
        return "\n".join(line.rstrip() for line in self._lines)
