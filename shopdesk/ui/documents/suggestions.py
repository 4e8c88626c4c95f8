"""Postage and packaging as the owner's articles offer them, the one that fits the destination first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.articles import Article
from shopdesk.domain.documents import Line, LineKind
from shopdesk.domain.money import Money
from shopdesk.i18n import Texts
from shopdesk.ui.documents.typed_line import TypedLine, article_line

if TYPE_CHECKING:
    from shopdesk.ui.documents.session import EditingSession
    from shopdesk.usecases.shop import Shop

KINDS = (LineKind.POSTAGE, LineKind.PACKAGING)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line that can be added with one key."""

    kind: LineKind
    line: Line
    label: str


class Suggestions:
    """Reads the articles of both kinds once and chooses among them for each document."""

    def __init__(self, shop: Shop, texts: Texts) -> None:
        self._shop, self._texts = shop, texts
        self._articles: dict[LineKind, tuple[Article, ...]] | None = None

    def forget(self) -> None:
        """The articles have changed."""
        self._articles = None

    def _of_kind(self, kind: LineKind) -> tuple[Article, ...]:
        from shopdesk.usecases import articles

        if self._articles is None:
            self._articles = {each: articles.of_kind(self._shop, each) for each in KINDS}
        return self._articles[kind]

    def suggest(self, kind: LineKind, session: EditingSession) -> Suggestion:
        """The line to add, and what the button says; without an article an empty line of the kind."""
        from shopdesk.usecases import calls

        document = session.document
        country = document.recipient.goods_address.country
        chosen = calls.fitting(self._of_kind(kind), kind, country, document.lines)
        name = (
            self._texts.gettext("Postage") if kind == LineKind.POSTAGE else self._texts.gettext("Packaging")
        )
        if chosen is None:
            paper = Texts(document.language)
            text = (
                paper.pgettext("paper", "Shipping")
                if kind == LineKind.POSTAGE
                else paper.pgettext("paper", "Packaging")
            )
            return Suggestion(kind, Line(kind=kind, text=text), f"+ {name}")
        line = replace(
            article_line(chosen, TypedLine("", ""), document.prices, session.settled.default_rate), kind=kind
        )
        price = "" if line.unit_price is None else f" {self._texts.money(Money.of(line.unit_price))}"
        return Suggestion(kind, line, f"+ {chosen.name}{price}")
