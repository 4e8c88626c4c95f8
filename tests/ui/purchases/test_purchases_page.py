"""From the maker to the door, in the window: ordered, confirmed too late, told, come in, told again (S39, S43)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line
from shopdesk.domain.mail import MailState
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.promises import Promise, PromiseKind
from shopdesk.domain.purchase_orders import PurchaseLine, PurchaseState, Readiness
from shopdesk.domain.suppliers import Supplier, Supply
from shopdesk.domain.today import TodayKind
from shopdesk.i18n import Texts
from shopdesk.ui.documents.chain_strip import StoryChip
from shopdesk.ui.purchases.draft_lines import DraftLines
from shopdesk.ui.purchases.page import PurchaseOrdersPage
from shopdesk.ui.purchases.suppliers_page import SuppliersPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.protocol import NewPurchase
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import (
    articles,
    customers,
    documents,
    issuing,
    outbox,
    promises,
    purchase_orders,
    sample_shop,
    shop_settings,
    suppliers,
    today,
)
from shopdesk.usecases.shop import Shop

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
SHOTS = os.environ.get("SHOPDESK_TEST_SHOTS", "")


@pytest.fixture
def order(shop: Shop) -> int:
    """Desislava Ivanova's order confirmation: a mattress from a known maker, a slatted frame from nobody yet."""
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    article = next(one for one in sample_shop.sample().articles if one.unit_price)
    article, _ = articles.save(shop, article)
    maker, _ = suppliers.save(
        shop,
        Supplier(
            "Traumwerk Matratzen GmbH",
            Address(("Industrieweg 4",), "33602", "Bielefeld"),
            "bestellung@traumwerk.example",
            our_number="K 20817",
            delivery_days=8,
        ),
    )
    suppliers.keep_supply(shop, article.id or 0, Supply(maker.id, "RM-80-190", Decimal("189.50")))
    ivanova = customers.create(
        shop,
        Customer(
            person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
            emails=("d.ivanova@example.org",),
            address=Address(("ul. Aprilovska 12",), "5300", "Gabrovo", "BG"),
        ),
    )
    lines = (
        Line(
            text="Rollmatratze 80 × 190 cm",
            article_code=article.code,
            quantity=Decimal(2),
            unit_price=Decimal(500),
        ),
        Line(text="Lattenrost nach Maß", unit_price=Decimal(200)),
    )
    draft = documents.start(shop, "order_confirmation", ivanova.id)
    draft = documents.save_draft(shop, replace(draft, lines=lines))
    issued = issuing.issue(shop, draft.id or 0).document
    promises.create(
        shop,
        Promise(
            ivanova.id or 0, "Rollmatratze", dt.date(2026, 11, 30), kind=PromiseKind.DELIVERY,
            document_id=issued.id,
        ),
    )  # fmt: skip
    return issued.id or 0


def shot(window: MainWindow, name: str) -> None:
    if SHOTS:
        QTest.qWait(300)
        window.grab().save(str(Path(SHOTS) / f"{name}.png"))


def page(window: MainWindow) -> PurchaseOrdersPage:
    found = window.navigation.page
    assert isinstance(found, PurchaseOrdersPage)
    return found


def rows(shop: Shop, kind: TodayKind) -> list[str]:
    return [item.title for item in today.items(shop) if item.kind == kind]


def test_from_the_maker_to_the_door(
    qtbot: QtBot, make_window: Callable[..., MainWindow], shop: Shop, order: int
) -> None:
    window = make_window(size=(1280, 800))
    window.open_document(order)
    # one key: the goods are drawn up, one order per supplier
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL_SHIFT)
    form = page(window).form
    assert form.supplier.name == "Traumwerk Matratzen GmbH"
    assert form.commission.text() == "Desislava Ivanova"
    shot(window, "f-draft")
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page(window).shown is not None)
    shown = page(window).shown
    assert shown is not None
    assert shown.number == "B-2026-0001"
    mail = outbox.entry(shop, shown.outbox_id)
    assert (mail.recipient, mail.state) == ("bestellung@traumwerk.example", MailState.QUEUED)
    assert [file.name for file in mail.attachments] == ["Bestellung B-2026-0001.pdf"]
    shot(window, "f-ordered")
    # the supplier confirms for later than was promised
    page(window).view.day.setFocus()
    qtbot.keyClicks(page(window).view.day, "KW 49")
    qtbot.keyClick(page(window).view.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: purchase_orders.get(shop, shown.id or 0).state == PurchaseState.CONFIRMED)
    shot(window, "f-confirmed")
    assert rows(shop, TodayKind.PURCHASE_DELAY) == ["Rollmatratze"]
    # Heute: one key opens the message with the new day, one key sends it
    window.open_page("today")
    heute = window.navigation.page
    assert isinstance(heute, TodayPage)
    assert heute.rows.select((TodayKind.PURCHASE_DELAY, 1))
    qtbot.keyClick(heute.rows, Qt.Key.Key_Return)
    assert heute.delay is not None
    assert "07.12.2026" in heute.delay.body_text.toPlainText()
    shot(window, "f-delay")
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: rows(shop, TodayKind.PURCHASE_DELAY) == [])
    # the goods come in; the customer hears it
    window.open_page("purchase_orders", shown.id)
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: purchase_orders.readiness(shop, order) == Readiness.READY)
    shot(window, "f-there")
    assert rows(shop, TodayKind.PURCHASE_READY) == ["B-2026-0001"]
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: rows(shop, TodayKind.PURCHASE_READY) == [])
    assert [one.recipient for one in outbox.page(shop)].count("d.ivanova@example.org") == 3
    shot(window, "f-told")
    window.open_customer(shown.customer_id or 0)
    shot(window, "f-customer")


def test_free_goods_wait_for_the_owners_supplier_even_a_new_one(
    qtbot: QtBot, make_window: Callable[..., MainWindow], shop: Shop, order: int
) -> None:
    window = make_window()
    window.open_page("purchase_orders", NewPurchase(order))
    free = page(window).rows.rows.index_of(2)
    page(window).show_order(purchase_orders.get(shop, 2))
    assert free.isValid()
    form = page(window).form
    assert form.supplier.name == ""
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert form.fields["supplier"].problem.text(), "from whom is asked at the field"
    form.supplier.setEditText("Rahmenbau Süd")
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert form.fields["supplier.email"].problem.text(), "and then the address"
    form.email.setText("post@rahmenbau.example")
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page(window).shown is not None)
    assert [one.name for one in suppliers.all_of(shop)] == ["Rahmenbau Süd", "Traumwerk Matratzen GmbH"]


def test_a_part_comes_in_with_what_is_wrong_and_is_taken_back(
    qtbot: QtBot, make_window: Callable[..., MainWindow], shop: Shop, order: int
) -> None:
    window = make_window()
    window.open_page("purchase_orders", NewPurchase(order))
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page(window).shown is not None)
    line = page(window).view.goods.rows[0]
    line.count.setText("1")
    qtbot.keyClick(line.count, Qt.Key.Key_Return)
    assert purchase_orders.get(shop, 1).state == PurchaseState.PARTLY
    line = page(window).view.goods.rows[0]
    line.words.setText("eine Ecke eingedrückt")
    qtbot.keyClick(line.words, Qt.Key.Key_Return)
    assert purchase_orders.get(shop, 1).lines[0].trouble == "eine Ecke eingedrückt"
    shot(window, "f-part")
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert purchase_orders.get(shop, 1).lines[0].trouble == ""


def test_an_order_for_the_shop_is_written_and_kept(
    qtbot: QtBot, make_window: Callable[..., MainWindow], shop: Shop, order: int
) -> None:
    window = make_window()
    window.open_page("purchase_orders")
    shot(window, "f-empty")
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    form = page(window).form
    form.supplier.setEditText("Traumwerk Matratzen GmbH")
    form.lines.rows[0].text.setText("Kissen")
    form.lines.rows[0].quantity.setText("zwölf?")
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert form.lines.rows[0].problem.text(), "a quantity that cannot be read is said at its field"
    form.lines.rows[0].quantity.setText("12")
    window.open_page("today")
    assert [(one.title, one.lines[0].quantity) for one in purchase_orders.page(shop)] == [
        ("Kissen", Decimal(12))
    ]


def test_suppliers_are_written_and_found(
    qtbot: QtBot, make_window: Callable[..., MainWindow], shop: Shop, order: int
) -> None:
    window = make_window()
    window.open_page("suppliers")
    found = window.navigation.page
    assert isinstance(found, SuppliersPage)
    shot(window, "f-suppliers")
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert found.form.fields["name"].problem.text()
    found.form.name.setText("Federkern Süd")
    found.form.email.setText("kein@@")
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert found.form.fields["email"].problem.text()
    found.form.email.setText("post@federkern.example")
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert len(suppliers.all_of(shop)) == 2


@pytest.mark.parametrize(("width", "beside"), [(300, False), (700, True)])
def test_what_is_ordered_keeps_its_room_beside_number_and_price(
    qtbot: QtBot, width: int, *, beside: bool
) -> None:
    lines = DraftLines(Texts("de"))
    qtbot.addWidget(lines)
    lines.show_lines((PurchaseLine("Lattenrost nach Maß", supplier_code="LR-90"),))
    lines.resize(px(width), px(300))
    lines.show()
    (row,) = lines.rows
    qtbot.waitUntil(lambda: row.text.width() > lines.width() // 3)
    assert (abs(row.price.y() - row.text.y()) < row.text.height()) == beside


def test_a_draft_at_the_document_says_what_it_is(make_window: Callable[..., MainWindow], order: int) -> None:
    window = make_window()
    window.open_page("purchase_orders", NewPurchase(order))
    window.open_document(order)
    words = {chip.text().strip() for chip in window.findChildren(StoryChip)}
    assert "Bestellung beim Lieferanten (Entwurf)" in words
