"""Articles: the list at the left, the fields of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.article_stock import Stock
from shopdesk.domain.articles import Article, ArticleSummary
from shopdesk.domain.documents import LineKind, Prices
from shopdesk.domain.errors import ChangedElsewhere, NotFound, ShopError
from shopdesk.ui.articles.form import ArticleForm
from shopdesk.ui.articles.supply_card import SupplyCard
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.labels import shortened
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.usecases import articles, shop_settings, suppliers

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_ICONS = {LineKind.SERVICE: "clock", LineKind.POSTAGE: "truck", LineKind.PACKAGING: "package"}
_MOST_FOUND = 100


class ArticlesPage(Page):
    """What the shop sells, and its postage and packaging."""

    watches: ClassVar[frozenset[str]] = frozenset({"article", "article_supply"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._wanted = ""
        self._stocks: dict[int, Stock] = {}
        new = PrimaryButton(gettext("New article"), self.new, icon_name="plus", key=shortcut("new").shown())
        self.search = SearchEdit(gettext("Name, number, size …"))
        self.search.setAccessibleName(gettext("Search articles"))
        self.search.searched.connect(self._narrow)
        self.rows: RowList[ArticleSummary] = RowList(gettext("Articles"), self._fetch, self._row)
        self.search.down.connect(self.rows.setFocus)
        self.rows.moved.connect(self._show)
        self.rows.removed.connect(lambda item: self._delete(item.id, item.name))
        self.form = ArticleForm(self.texts)
        self.rows.opened.connect(lambda _item: self.form.name.setFocus())
        sentence = gettext("No articles yet. Free text in a quote or invoice works without any.")
        self.empty = EmptyState("package", sentence, gettext("New article"), self.new)
        self.card = Card(self.form)
        self.supply = SupplyCard(shop, window)
        self.rows.on_letter(Qt.Key.Key_B, self._count)
        import_ = Button(gettext("Import …"), lambda: window.open_page("import"), icon_name="download")
        self._place(PageHeader(gettext("Articles"), "", import_, new))

    def _place(self, header: PageHeader) -> None:
        gettext = self.texts.gettext
        self.remove = GhostButton(gettext("Delete"), self.delete, icon_name="trash-2")
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(Button(gettext("Save"), self.save, key=shortcut("issue_and_send").shown()))
        self.card.body.addLayout(buttons)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(self.search)
        column.addWidget(ListWithEmptyState(self.rows, self.empty), 1)
        side = ScrollPage()
        side.body.addWidget(self.card)
        side.body.addWidget(self.supply)
        side.body.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(side)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(480), px(500)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(header)
        layout.addWidget(splitter, 1)
        self.card.hide()

    def reload(self) -> None:
        """See Page."""
        self.form.offer_packagings(articles.of_kind(self.shop, LineKind.PACKAGING))
        self.rows.reload()
        if self.rows.current() is None and self.card.isHidden():
            self.rows.step(1)  # beside the list something is shown
        elif not self.form.is_changed:
            self._show(self.rows.current())

    def leaving(self) -> None:
        """What was typed is saved; what cannot be saved stays in the fields."""
        if not self._keep():
            words = self.texts.gettext("The article is not saved yet. What you typed is kept.")
            self.window_shell.toast(words)

    def go_back(self) -> bool:
        """Esc in the fields leads to the list."""
        focused = QApplication.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused) and self._keep():
            self.rows.setFocus()
            return True
        return False

    def focus_first(self) -> None:
        """See Page."""
        self.search.setFocus()

    def open_item(self, item: object) -> None:
        """One article by its id."""
        if isinstance(item, int):
            self.rows.reload()
            self.rows.select(item)
            self._load(item)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"new": self.new, "find": self.search.setFocus, "issue_and_send": self.save}

    def _narrow(self, text: str) -> None:
        self._wanted = text.strip()
        gettext = self.texts.gettext
        words = gettext("Nothing fits “{text}”.").format(text=self._wanted)
        if not self._wanted:
            words = gettext("No articles yet. Free text in a quote or invoice works without any.")
        self.empty.sentence.setText(words)
        self.rows.reload()

    def _fetch(self, after: Any, limit: int) -> Slice[ArticleSummary]:
        if self._wanted:
            found = articles.suggest(self.shop, self._wanted, _MOST_FOUND)
            self._stocks |= suppliers.stocks(self.shop, [one.id for one in found])
            return Slice(found)
        found = articles.page(self.shop, after, limit)
        self._stocks |= suppliers.stocks(self.shop, [one.id for one in found])
        return Slice(found, (found[-1].sort_key, found[-1].id) if len(found) == limit else None)

    def _row(self, item: ArticleSummary) -> Row:
        gettext = self.texts.gettext
        if item.unit_price is None:
            value = gettext("price on request")
        else:
            value = f"{self.texts.number(item.unit_price, 2)} €"
        tax = gettext("incl. VAT") if item.prices == Prices.GROSS else gettext("plus VAT")
        caption = item.code if item.unit_price is None else f"{item.code} · {tax}"
        stock = self._stocks.get(item.id, Stock())
        there = self.texts.say(stock.words()) if stock.kind else ""
        return Row(
            item.id, item.name, caption, _ICONS.get(item.kind, "tag"), value=value, chip=there,
            chip_kind="ok" if stock.is_there else "warn",
        )  # fmt: skip

    def _show(self, item: ArticleSummary | None) -> None:
        if item is None or (item.id == self.form.shown_id and self.form.is_changed):
            return
        if self._keep():
            self._load(item.id)
        else:
            # the selection follows the fields again once the list has finished moving
            QTimer.singleShot(0, self, self._select_shown)

    def _select_shown(self) -> None:
        self.rows.select(self.form.shown_id)

    def _keep(self) -> bool:
        """Save what was typed before something else is shown; False when it cannot be saved."""
        return self.card.isHidden() or not self.form.is_changed or self._saved()

    def _load(self, article_id: int) -> None:
        try:
            article = articles.get(self.shop, article_id)
        except NotFound:
            return
        self.form.show_article(article)
        self.supply.show_article(article.id)
        self.remove.show()
        self.card.show()

    def _count(self, item: ArticleSummary) -> None:
        """B: what is there was counted."""
        if item.id != self.form.shown_id and self._keep():
            self._load(item.id)
        self.supply.count()

    def new(self) -> None:
        """Empty fields, with what was searched for as the name."""
        if not self._keep():
            return
        profile = shop_settings.profile(self.shop)
        self.form.show_article(Article(prices=profile.prices))
        self.form.suggest_name(self._wanted)
        self.supply.show_article(None)
        self.remove.hide()
        self.card.show()
        self.form.name.setFocus()

    def save(self) -> None:
        """Store the fields; what is wrong is said at its field."""
        if not self.card.isHidden() and self._saved():
            self.rows.reload()
            self.rows.select(self.form.shown_id)

    def _saved(self) -> bool:
        if not self.form.settle():
            return False
        self.form.say("", "")
        try:
            saved, undo = articles.save(self.shop, self.form.article())
        except ChangedElsewhere as error:
            self._changed_elsewhere(error)
            return False
        except ShopError as error:
            if not self.form.say(error.field, self.texts.say(error.message)):
                self.window_shell.problem(error)
            return False
        self.form.show_article(saved)
        self.supply.show_article(saved.id)
        self.remove.show()
        words = self.texts.gettext("{name} saved.").format(name=shortened(saved.name))
        self.window_shell.toast(words, lambda: self._take_back(undo))
        return True

    def _changed_elsewhere(self, error: ChangedElsewhere) -> None:
        shown = self.form.shown_id
        assert shown is not None
        self.window_shell.problem(error)
        try:
            self.form.rebase(articles.get(self.shop, shown))
        except NotFound as gone:
            self.window_shell.problem(gone)

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)

    def delete(self) -> None:
        """Out of the lists; it can be taken back."""
        article = self.form.article()
        if article.id is None:
            return
        self._delete(article.id, article.name)

    def _delete(self, article_id: int, name: str) -> None:
        undo = articles.delete(self.shop, article_id)
        if self.form.shown_id == article_id:
            self.form.show_article(Article())
            self.supply.show_article(None)
            self.card.hide()
        self.rows.reload()
        self.rows.setFocus()
        words = self.texts.gettext("{name} deleted.").format(name=shortened(name))
        self.window_shell.toast(words, lambda: self._take_back(undo))
