"""Two small pages to test the window with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from shopdesk.ui.shell.page_table import PageSpec
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.widgets.buttons import PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases.shop import Shop

ROWS = [
    Row(
        1,
        "Anfrage: 4 Winterreifen 235/60 R16 100H",
        "Thomas Weber · E-Mail 08:41",
        "inbox",
        "bad",
        chip="noch 9 min",
        chip_kind="bad",
    ),
    Row(
        2,
        "Bezahlt, jetzt versenden: R-2026-0410",
        "Elisabeth Gruber · Zahlung 249,00 €",
        "truck",
        "ok",
        "249,00 €",
        "versandbereit",
        "ok",
    ),
    Row(
        3,
        "Wiedervorlage: Angebot A-2026-0207 nachfassen",
        "De Vries Slaapcomfort B.V.",
        "calendar-clock",
        "info",
        chip="heute",
    ),
]


class ListPage(Page):
    watches: ClassVar[frozenset[str]] = frozenset({"customers"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        self.reloads = 0
        self.left = 0
        self.did: list[str] = []
        self.list: RowList[Row] = RowList("Jetzt dran", lambda _after, _limit: Slice(ROWS), lambda row: row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        button = PrimaryButton("Neue Rechnung", key="F7")
        layout.addWidget(PageHeader("Guten Morgen, Jens", "Montag, 23. November 2026", button))
        layout.addWidget(ListWithEmptyState(self.list, EmptyState("sun", "Alles erledigt.", "Neue Rechnung")))

    def reload(self) -> None:
        self.reloads += 1
        self.list.reload()

    def leaving(self) -> None:
        self.left += 1

    def focus_first(self) -> None:
        self.list.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"new_invoice": lambda: self.did.append("invoice")}


class EarlyPage(ListPage):
    """Reads its rows before the first paint, the rest after it."""

    reads_early: ClassVar[bool] = True

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        self.rests = 0
        self.setMinimumWidth(900)

    def reload_rest(self) -> None:
        self.rests += 1


class DetailPage(Page):
    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        self.items: list[object] = []
        self.edit = QLineEdit()
        self.edit.setAccessibleName("Notiz")
        self.bar = Card()
        layout = QVBoxLayout(self)
        layout.addWidget(self.edit)
        layout.addStretch(1)
        layout.addWidget(self.bar)

    @property
    def title(self) -> str:
        return f"Kunde {self.items[-1]}" if self.items else ""

    def open_item(self, item: object) -> None:
        self.items.append(item)

    def focus_first(self) -> None:
        self.edit.setFocus()

    def action_bar(self) -> QWidget:
        return self.bar


PAGES = (
    PageSpec("today", "sun", "Today", "tests.ui.sample_pages:ListPage", 1),
    PageSpec("customers", "users", "Customers", "tests.ui.sample_pages:ListPage", 3),
    PageSpec("early", "clock", "Early", "tests.ui.sample_pages:EarlyPage", 2),
    PageSpec("outbox", "send", "Outbox", "tests.ui.sample_pages:ListPage", visible_from_start=False),
    PageSpec(
        "customer",
        "user",
        "Customer",
        "tests.ui.sample_pages:DetailPage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec(
        "document",
        "receipt",
        "Document",
        "tests.ui.sample_pages:DetailPage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec("settings", "settings", "Settings", "tests.ui.sample_pages:DetailPage", at_foot=True),
)
