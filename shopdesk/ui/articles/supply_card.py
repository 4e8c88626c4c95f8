"""Where an article comes from, what it costs there, and how many are in the shop: apart from what customers see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit

from shopdesk.domain.article_stock import Stock, StockKind, parse_stock
from shopdesk.domain.errors import ShopError
from shopdesk.domain.suppliers import Supply
from shopdesk.ui.purchases.draft_form import SupplierField
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.fields import AmountEdit, Field, ForgivingEdit
from shopdesk.ui.widgets.labels import Caption
from shopdesk.usecases import suppliers

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class SupplyCard(Card):
    """Each field is stored when it is left; what was stored can be taken back."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(title=gettext("Supplier and purchase price"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._article_id: int | None = None
        self._supply, self._stock = Supply(), Stock()
        self.supplier = SupplierField(shell.texts)
        self.supplier.setAccessibleName(gettext("Usual supplier"))
        self.code = QLineEdit()
        self.price = AmountEdit(shell.texts, gettext("Purchase price without VAT"))
        self.stock = ForgivingEdit[Stock](
            shell.texts, gettext("Stock, counted by hand"), self._parse, self._stock_words
        )
        self.stock.setPlaceholderText(gettext("3, yes or no"))
        self.counted = Caption("", wrap=True)
        self._place()
        edit = self.supplier.lineEdit()
        assert edit is not None
        edit.editingFinished.connect(self._keep_supply)
        self.supplier.activated.connect(lambda _index: self._keep_supply())
        self.code.editingFinished.connect(self._keep_supply)
        self.price.editingFinished.connect(self._keep_supply)
        self.stock.editingFinished.connect(self._keep_stock)
        self.hide()

    def _place(self) -> None:
        gettext = self._texts.gettext
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        grid.addWidget(Field(gettext("Usual supplier"), self.supplier), 0, 0, 1, 2)
        grid.addWidget(Field(gettext("Supplier's article number"), self.code), 1, 0)
        grid.addWidget(Field(gettext("Purchase price without VAT"), self.price), 1, 1)
        grid.addWidget(Field(gettext("Stock, counted by hand"), self.stock), 2, 0)
        grid.addWidget(self.counted, 2, 1, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def _parse(self, text: str) -> Stock:
        return parse_stock(text, self._shop.clock.today())

    def _stock_words(self, value: Stock) -> str:
        gettext = self._texts.gettext
        words = {
            StockKind.THERE: gettext("yes"),
            StockKind.NONE: gettext("no"),
            StockKind.PIECES: str(value.pieces),
        }
        return words.get(value.kind, "")

    def show_article(self, article_id: int | None) -> None:
        """Another article; a new one has no supplier before it is saved."""
        self._article_id = article_id
        self.setVisible(article_id is not None)
        if article_id is None:
            return
        self._supply, self._stock = suppliers.supply(self._shop, article_id)
        self.supplier.offer(suppliers.all_of(self._shop), self._supply.supplier_id)
        self.code.setText(self._supply.supplier_code)
        self.price.set_value(self._supply.price)
        self._show_stock()

    def _show_stock(self) -> None:
        is_known = self._stock.kind != StockKind.UNTRACKED
        self.stock.set_value(self._stock if is_known else None)
        day = self._stock.counted_on
        words = self._texts.gettext("counted on {date}")
        self.counted.setText(words.format(date=self._texts.date(day)) if day else "")

    def count(self) -> None:
        """B in the list: the keyboard is where a count is typed."""
        if self._article_id is not None:
            self.stock.setFocus()
            self.stock.selectAll()

    def _keep_supply(self) -> None:
        if self._article_id is None or not self.price.settle():
            return
        try:
            name = self.supplier.name
            known = self.supplier.supplier_id
            if name and known is None:
                known = suppliers.named(self._shop, name).id
            value = replace(
                self._supply,
                supplier_id=known,
                supplier_code=self.code.text().strip(),
                price=self.price.value,
                supplier_name=name,
            )
            if value == self._supply:
                return
            undo = suppliers.keep_supply(self._shop, self._article_id, value)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._supply = value
        self._told(self._texts.gettext("Supplier of the article"), undo)

    def _keep_stock(self) -> None:
        text = self.stock.text().strip()
        if self._article_id is None or self.stock.problem:
            return
        if text == (self._stock_words(self._stock) if self._stock.kind != StockKind.UNTRACKED else ""):
            return
        try:
            counted, undo = suppliers.count_stock(self._shop, self._article_id, text)
        except ShopError:
            return  # the field says what is wrong
        self._stock = counted
        self._show_stock()
        said = self._texts.say(counted.words()) if counted.kind else self._texts.gettext("not counted")
        self._told(self._texts.gettext("Stock noted: {stock}").format(stock=said), undo)

    def _told(self, words: str, undo: Undo) -> None:
        article_id = self._article_id

        def back() -> None:
            try:
                undo.run(self._shop)
            except ShopError as error:
                self._shell.problem(error)
            if self._article_id == article_id:
                self.show_article(article_id)

        self._shell.toast(words, back)
