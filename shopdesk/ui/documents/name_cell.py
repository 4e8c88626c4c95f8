"""The name cell's editor: articles are offered for the middle of what is typed (`4 latt 90x200`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.documents import typed_line
from shopdesk.ui.documents.popup import CompletionPopup, Offer
from shopdesk.ui.documents.typed_line import TypedLine
from shopdesk.ui.widgets.rows import Row

if TYPE_CHECKING:
    from shopdesk.domain.article_stock import Stock
    from shopdesk.domain.articles import ArticleSummary
    from shopdesk.usecases.shop import Shop

FREE_LINE = object()
_SHORTEST = 2


class NameEdit(QLineEdit):
    """A line edit with the articles' popup. `take` gets the article's id, or None for the text as it stands."""

    def __init__(
        self,
        parent: QWidget,
        shop: Shop,
        texts: Texts,
        take: Callable[[int | None, TypedLine], None],
    ) -> None:
        super().__init__(parent)
        self._shop, self._texts, self._take = shop, texts, take
        self._stocks: Mapping[int, Stock] = {}
        self.setFrame(False)
        self.setAccessibleName(texts.gettext("Item"))
        self.setPlaceholderText(texts.gettext("Article or text … (4 slatt 90x200)"))
        self.popup = CompletionPopup(self, self._offers, texts.gettext("Articles"))

    def _offers(self, text: str) -> Sequence[Offer]:
        typed = typed_line.read(text)
        if len(typed.words) < _SHORTEST:
            return ()
        found = self._found(typed)
        offers: list[Offer] = []
        for article in found:
            meant = not offers and typed_line.is_meant(typed, article.name, article.code)
            offers.append(Offer(self._row(article, typed), self._taker(article.id, typed), meant))
        if offers:
            free = self._texts.gettext("Free line: “{text}”").format(text=typed.text)
            offers.append(Offer(Row(FREE_LINE, free, icon="pencil"), self._taker(None, typed)))
        return offers

    def _found(self, typed: TypedLine) -> list[ArticleSummary]:
        """The middle decides; among equals those whose own size was typed stand first."""
        from shopdesk.usecases import articles, suppliers

        found = list(articles.suggest(self._shop, typed.words))
        if typed.size is not None:
            size = typed.size.text.removesuffix(" cm").replace(" ", "").replace("×", "x")
            found.sort(
                key=lambda article: size not in article.name.replace(" ", "").replace("×", "x").lower()
            )
        # those that are meant by every word stand before those that only sound alike
        found.sort(key=lambda article: not typed_line.is_meant(typed, article.name, article.code))
        self._stocks = suppliers.stocks(self._shop, [article.id for article in found])
        return found

    def _row(self, article: ArticleSummary, typed: TypedLine) -> Row:
        from shopdesk.domain.money import Money

        price = "" if article.unit_price is None else self._texts.money(Money.of(article.unit_price))
        parts = [article.code]
        if typed.quantity is not None:
            parts.insert(0, f"{self._texts.number(typed.quantity)} ×")
        if typed.size is not None and typed.size.kind == "dimensions":
            parts.append(typed.size.text)
        stock = self._stocks.get(article.id)
        if stock is not None and stock.kind:
            parts.append(self._texts.say(stock.words()))
        return Row(
            article.id, article.name, " · ".join(part for part in parts if part), "package", value=price
        )

    def _taker(self, article_id: int | None, typed: TypedLine) -> Callable[[], None]:
        return lambda: self._take(article_id, typed)
