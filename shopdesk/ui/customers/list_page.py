"""The list of customers: found while typing, opened with ⏎."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from shopdesk.domain.customers import CustomerSummary
from shopdesk.domain.errors import ShopError
from shopdesk.domain.search import Found, FoundType
from shopdesk.domain.selections import Filter
from shopdesk.ui.customers.selection import FilterPanel, SelectionBar
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.labels import shortened
from shopdesk.ui.widgets.mark_list import MarkList
from shopdesk.ui.widgets.row_list import ListWithEmptyState
from shopdesk.ui.widgets.rows import Row, Slice, by_key, by_key_back
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import customers, search, selections

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_MOST_FOUND = 100
_PEOPLE: tuple[FoundType, ...] = ("customer", "contact_person")


class CustomersPage(Page):
    """All customers by name; typing narrows the list down to whom any hint fits."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"customer", "customer_phone", "customer_email", "customer_address", "customer_tag"}
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._wanted, self._tag = "", ""
        new = PrimaryButton(
            gettext("New customer"), self._new, icon_name="user-plus", key=shortcut("new_customer").shown()
        )
        doubles = GhostButton(
            gettext("Duplicates …"), lambda: window.open_page("duplicates"), icon_name="users"
        )
        import_ = Button(gettext("Import …"), lambda: window.open_page("import"), icon_name="download")
        self.header = PageHeader(gettext("Customers"), "", doubles, import_, new)
        self.search = SearchEdit(gettext("Name, town, phone, mail, number …"))
        self.search.setAccessibleName(gettext("Search customers"))
        self.rows: MarkList[CustomerSummary | Found] = MarkList(
            gettext("Customers"), self._fetch, self._show, gettext("marked"), fetch_back=self._fetch_back
        )
        self.rows.marks_changed.connect(self._say)
        self.rows.all_wanted.connect(self.mark_all)
        self.rows.opened.connect(self._open)
        self.rows.removed.connect(self._remove)
        self.search.searched.connect(self._narrow)
        self.search.down.connect(self.rows.setFocus)
        self.filter = FilterPanel(shop, window)
        self.filter.changed.connect(self._filtered)
        self.filter_button = Button(gettext("Filter"), self.toggle_filter, icon_name="list-filter")
        self.brought_button = GhostButton(
            gettext("Recommendations"),
            lambda: window.open_page("recommendations"),
            icon_name="heart-handshake",
        )
        self.bar = SelectionBar(
            window,
            self.mark_all,
            self.rows.clear_marks,
            (
                (gettext("Labels …"), "printer", lambda: self._open_marked("labels")),
                (gettext("Letter …"), "mail", lambda: self._open_marked("letters")),
                (gettext("Phone book …"), "phone", self._choose_phone_book),
            ),
        )
        self._fitting: int | None = None
        self._found: tuple[int, ...] = ()
        self.tags = ChipRow()
        self._tags: tuple[str, ...] = ()
        sentence = gettext("No customers yet. The first call makes the first one.")
        empty = EmptyState("users", sentence, gettext("New customer"), self._new)
        self.list = ListWithEmptyState(self.rows, empty)
        self._place()

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(self.search, 1)
        line.addWidget(self.filter_button)
        line.addWidget(self.brought_button)
        layout.addLayout(line)
        layout.addWidget(self.tags)
        layout.addWidget(self.filter)
        layout.addWidget(self.bar)
        layout.addWidget(self.list, 1)

    def reload(self) -> None:
        """See Page."""
        self._show_tags()
        self._count()
        self.rows.reload()

    def _show_tags(self) -> None:
        found = customers.tags(self.shop)
        if self._tag and self._tag not in found:
            self._tag = ""
        show_if(self.tags, bool(found))
        if found != self._tags:
            self._tags = found
            self.tags.show_chips(
                [ChipButton(tag, partial(self.choose_tag, tag), icon_name="tag") for tag in found]
            )
        self._mark_tag()

    def choose_tag(self, tag: str) -> None:
        """Only who bears the tag; once more: everybody."""
        self._tag = "" if tag == self._tag else tag
        self.search.clear()
        self._wanted = ""
        self._mark_tag()
        self._filtered()

    def _mark_tag(self) -> None:
        flow = self.tags.flow
        for number, tag in enumerate(self._tags):
            item = flow.itemAt(number)
            chip = item.widget() if item is not None else None
            if isinstance(chip, ChipButton):
                is_chosen = tag == self._tag
                chip.look("ok" if is_chosen else "info", "check" if is_chosen else "tag")
                chip.setAccessibleDescription(self.texts.gettext("chosen") if is_chosen else "")

    def focus_first(self) -> None:
        """See Page."""
        self.search.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        found = {"new": self._new, "find": self.search.setFocus}
        return found | {"last_order": self._last_order} if self.rows.current() is not None else found

    def _last_order(self) -> None:
        """F3: the order of the customer in the current row once more."""
        from shopdesk.ui.standing_orders.again import last_again

        customer = self.rows.current()
        if customer is not None:
            last_again(self.shop, self.window_shell, customer.id)

    def _new(self) -> None:
        self.window_shell.new_customer(self._wanted)

    def _narrow(self, text: str) -> None:
        self._wanted = text.strip()
        if self._wanted:  # the search looks among all customers
            self._tag = ""
            self._mark_tag()
            self.filter.clear()
            self._count()
        self.list.empty.sentence.setText(self._empty_words())
        self.rows.reload()

    def _empty_words(self) -> str:
        if self._wanted:
            text = self.texts.gettext("Nobody fits “{text}”.")
            return text.format(text=self._wanted)
        if not self.filter.value(self._tag).is_empty:
            return self.texts.gettext("Nobody fits. Take a part of the filter away.")
        return self.texts.gettext("No customers yet. The first call makes the first one.")

    # Filtering and marking

    def toggle_filter(self) -> None:
        """Show what narrows the list down, or take it away and narrow nothing."""
        if self.filter.isVisible():
            self.filter.hide()
            self.filter.clear()
            self._filtered()
            self.search.setFocus()
        else:
            self.filter.open()

    def _filtered(self) -> None:
        if self._is_narrowed and self._wanted:  # one or the other
            self._wanted = ""
            self.search.clear()
        self._count()
        if not self._is_narrowed:
            self._show_found(())

    @property
    def _is_narrowed(self) -> bool:
        return not self.filter.value().is_empty

    def _count(self) -> None:
        """Who fits: by tag that is a look into an index, by what was bought it may take a second."""
        wanted = self.filter.value(self._tag)
        if self._is_narrowed:
            self.window_shell.run_desk(
                partial(selections.matching, self.shop, wanted), partial(self._arrived, wanted)
            )
            return
        self._fitting = None if wanted.is_empty else selections.count(self.shop, wanted)
        self._say()

    def _arrived(self, wanted: Filter, ids: tuple[int, ...]) -> None:
        if wanted == self.filter.value(self._tag):  # else something else was typed meanwhile
            self._fitting = len(ids)
            self._say()
            self._show_found(ids)

    def _show_found(self, ids: tuple[int, ...]) -> None:
        self._found = ids
        self.rows.rows.forget_place()
        self.list.empty.sentence.setText(self._empty_words())
        self.rows.reload()

    def _say(self) -> None:
        self.bar.say(len(self.rows.marks), self._fitting)

    def mark_all(self) -> None:
        """Everybody whom the list would show, read or not."""
        words, wanted = self._wanted, self.filter.value(self._tag)
        if self._is_narrowed:
            self.rows.mark(self._found)
            return

        def find() -> tuple[int, ...]:
            return selections.found(self.shop, words) if words else selections.matching(self.shop, wanted)

        self.window_shell.run_desk(find, self.rows.mark)

    def go_back(self) -> bool:
        """Esc: first the marks go, then the filter."""
        if self.rows.marks:
            self.rows.clear_marks()
            return True
        if self.filter.isVisible():
            self.toggle_filter()
            return True
        return False

    @property
    def marked(self) -> tuple[int, ...]:
        """The ids of the marked customers."""
        return tuple(key for key in self.rows.marks if isinstance(key, int))

    def _open_marked(self, page: str) -> None:
        self.window_shell.open_page(page, self.marked)

    def _choose_phone_book(self) -> None:
        """FRITZ!Box or vCard, by the ending that is chosen."""
        gettext = self.texts.gettext
        kinds = f"{gettext('FRITZ!Box phone book')} (*.xml);;vCard (*.vcf)"
        start = str(Path.home() / gettext("phonebook.xml"))
        chosen, _filter = QFileDialog.getSaveFileName(self, gettext("Phone book"), start, kinds)
        if chosen:
            self.save_phone_book(Path(chosen))

    def save_phone_book(self, target: Path) -> None:
        """The marked ones, as their file's ending says."""
        from shopdesk.usecases import phone_books

        is_vcard = target.suffix.lower() == ".vcf"
        book = phone_books.BookFormat.ONE_VCARD if is_vcard else phone_books.BookFormat.FRITZ_BOX
        ids = self.marked

        def told(saved: phone_books.PhoneBookSaved) -> None:
            words = self.texts.ngettext(
                "{n} customer in {name}.", "{n} customers in {name}.", saved.customers
            )
            self.window_shell.toast(words.format(n=self.texts.number(saved.customers), name=saved.path.name))

        self.window_shell.run_desk(lambda: phone_books.save(self.shop, book, target, ids), told)

    def _fetch(self, after: Any, limit: int) -> Slice[CustomerSummary | Found]:
        if self._wanted:
            return Slice(search.find(self.shop, self._wanted, _MOST_FOUND, types=_PEOPLE))
        if self._is_narrowed:
            start = after or 0
            end = start + limit
            rows = selections.rows(self.shop, self._found[start:end])
            return Slice(rows, end if end < len(self._found) else None)
        return by_key(self._read, _cursor)(after, limit)

    def _fetch_back(self, before: Any, limit: int) -> Slice[CustomerSummary | Found]:
        if self._wanted:
            return self._fetch(None, limit)
        if self._is_narrowed:
            end = len(self._found) if before is None else before
            start = max(0, end - limit)
            return Slice(selections.rows(self.shop, self._found[start:end]), start or None)
        return by_key_back(partial(self._read, back=True), _cursor)(before, limit)

    def _read(self, cursor: Any, limit: int, *, back: bool = False) -> Sequence[CustomerSummary | Found]:
        return customers.page(self.shop, cursor, limit, self._tag, back=back)

    def _show(self, item: CustomerSummary | Found) -> Row:
        if isinstance(item, Found):
            return Row(_id_of(item), item.title, item.subtitle, "user", chip=item.number)
        place = ", ".join(part for part in (item.city, self._abroad(item.country)) if part)
        caption = " · ".join(part for part in (place, item.phone, item.email) if part)
        return Row(item.id, item.name, caption, "building-2" if item.company else "user", chip=item.number)

    def _remove(self, item: CustomerSummary | Found) -> None:
        name = item.title if isinstance(item, Found) else item.name or item.number
        try:
            undo = customers.delete(self.shop, _id_of(item))
        except ShopError as error:
            self.window_shell.problem(error)
            return

        def back() -> None:
            try:
                undo.run(self.shop)
            except ShopError as error:
                self.window_shell.problem(error)

        self.window_shell.toast(self.texts.gettext("{name} deleted.").format(name=shortened(name)), back)

    def _abroad(self, country: str) -> str:
        return self.texts.country(country) if country not in {"", "DE"} else ""

    def _open(self, item: CustomerSummary | Found) -> None:
        self.window_shell.open_customer(_id_of(item))


def _cursor(item: CustomerSummary | Found) -> tuple[str, int]:
    assert isinstance(item, CustomerSummary), "what was found is no page of the list"
    return (item.sort_key, item.id)


def _id_of(item: CustomerSummary | Found) -> int:
    if isinstance(item, Found):
        return item.id if item.customer_id is None else item.customer_id
    return item.id
