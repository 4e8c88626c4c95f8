"""Can I ship this? beside a document: the answer, what is asked, the postage line with one key (S5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.addresses import Address
from shopdesk.domain.articles import line_of
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, Line, LineKind, Prices
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName
from shopdesk.domain.packed_sizes import roll_of
from shopdesk.ui.documents import paper
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.parcels.panel import ParcelPanel
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.chips import ChipButton
from shopdesk.ui.widgets.labels import PlainLabel
from shopdesk.usecases import (
    articles,
    customers,
    customs,
    documents,
    issuing,
    sample_shop,
    shipping_services,
    shop_settings,
)
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import focused, press, type_text


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    for article in sample_shop.sample().articles:
        if article.code == "RM-90200":
            article = replace(article, packed=roll_of(900, 300), hs_code="", origin="")
        articles.save(shop, article)
    return shop


def draft(shop: Shop, *lines: Line, country: str = "DE", language: str = "") -> Document:
    someone = Customer(
        person=PersonName(given_name="Desislava", family_name="Ivanova"),
        address=Address(("ul. Rayko Daskalov 12",), "5300", "Gabrovo", country),
        language=language or "de",
    )
    customer = customers.create(shop, someone)
    document = documents.start(shop, "invoice", customer.id)
    return documents.save_draft(shop, replace(document, lines=lines))


def opened(window: MainWindow, document: Document) -> tuple[DocumentPage, ParcelPanel]:
    window.open_page("document", document.id)
    page = window.navigation.page
    assert isinstance(page, DocumentPage)
    page.commands()["parcels"]()
    assert page.editor is not None
    return page, page.editor.parcels.panel


def rolls(shop: Shop) -> Line:
    article = articles.by_code(shop, "RM-90200")
    assert article is not None
    return line_of(article, Decimal(2), Prices.GROSS, Decimal(19), (800, 1900))


def added(page: DocumentPage) -> Line:
    return page.document.lines[-1]


def test_one_key_shows_parcels_service_and_what_must_be_looked_up(window: MainWindow, stocked: Shop) -> None:
    _page, panel = opened(window, draft(stocked, rolls(stocked), country="BG"))
    assert panel.isVisible()
    assert panel.title.text() == "Versand nach Bulgarien"
    assert panel.answer.text() == "2 Pakete, 16 kg · Preis offen"
    assert panel.verdict.text() == "Ja. Den Preis bitte erst nachsehen."
    (card,) = panel.cards
    assert len(card.prices) == 2
    assert focused() is card.prices[0].amount


def test_a_looked_up_price_goes_into_the_document_with_one_key(
    window: MainWindow, stocked: Shop, qtbot: QtBot
) -> None:
    page, panel = opened(window, draft(stocked, rolls(stocked), country="BG", language="bg"))
    type_text("20,99")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.cards[0].prices) == 1)
    assert focused() is panel.cards[0].prices[0].amount
    type_text("25")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.cards[0].prices)
    assert panel.verdict.text() == "Ja, das geht."
    page.commands()["add_postage"]()
    line = added(page)
    assert line.kind == LineKind.POSTAGE
    assert line.unit_price == Decimal("91.98")
    assert line.text == "Доставка с DHL до България"


@pytest.mark.parametrize(
    ("command", "kind"), [("add_postage", LineKind.POSTAGE), ("add_packaging", LineKind.PACKAGING)]
)
def test_pressed_again_it_goes_to_the_line_that_is_there(
    window: MainWindow, stocked: Shop, command: str, kind: LineKind
) -> None:
    page, _panel = opened(window, draft(stocked, rolls(stocked)))
    for _press in range(3):
        page.commands()[command]()
    assert [line.kind for line in page.document.lines].count(kind) == 1
    assert page.editor is not None
    assert page.editor.lines.currentIndex().row() == len(page.document.lines) - 1


def test_an_old_price_is_never_filled_in(window: MainWindow, stocked: Shop) -> None:
    page, panel = opened(window, draft(stocked, Line(text="Karton 40x30x20 3 kg")))
    assert panel.cards[0].prices[0].amount.value == Decimal("7.69")
    page.commands()["add_postage"]()
    assert added(page).kind == LineKind.POSTAGE
    assert added(page).unit_price is None


def test_net_documents_take_the_postage_without_vat(window: MainWindow, stocked: Shop) -> None:
    shipping_services.confirm_price(stocked, "dhl-paket-5-de", Decimal("8.33"))
    document = draft(stocked, Line(text="Karton 40x30x20 3 kg", unit_price=Decimal(10)))
    document = documents.save_draft(stocked, replace(document, prices=Prices.NET))
    page, _panel = opened(window, document)
    page.commands()["add_postage"]()
    assert added(page).unit_price == Decimal(7)


def test_the_packaging_of_the_goods_is_taken(window: MainWindow, stocked: Shop) -> None:
    page, _panel = opened(window, draft(stocked, rolls(stocked)))
    page.commands()["add_packaging"]()
    assert added(page).article_code == "VP-ROLLE"


def test_what_nobody_knows_is_asked_and_planned_after_the_answer(
    window: MainWindow, stocked: Shop, qtbot: QtBot
) -> None:
    _page, panel = opened(window, draft(stocked, Line(text="Schaukelpferd Eiche")))
    (box,) = panel.questions
    assert focused() is box.weight
    type_text("6,5")
    press(Qt.Key.Key_Return)
    assert focused() is box.size_
    type_text("70x60x30")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.questions)
    assert panel.answer.text().startswith("1 Paket, 6,5 kg")


def test_an_answer_that_cannot_be_read_says_so_and_stays(window: MainWindow, stocked: Shop) -> None:
    _page, panel = opened(window, draft(stocked, Line(text="Schaukelpferd Eiche")))
    (box,) = panel.questions
    type_text("viel")
    press(Qt.Key.Key_Return)
    box.answer()
    assert box.weight.problem
    assert box.weight.text() == "viel"


def test_over_the_limit_reason_and_next_option_are_shown(window: MainWindow, stocked: Shop) -> None:
    page, panel = opened(window, draft(stocked, Line(text="Kopfteil 210x90x12 cm 22 kg")))
    assert panel.verdict.text() == "Nicht als Paket: Unten steht, was möglich ist."
    words = [label.text() for label in panel.cards[0].findChildren(PlainLabel)]
    assert any("210 cm lang, höchstens 200 cm" in text for text in words)
    assert any("Spedition" in text for text in words)
    page.commands()["add_postage"]()  # what was suggested before: the shop's own article
    assert added(page).article_code == "PORTO-DE"


def test_esc_closes_it_and_the_lines_have_the_keyboard(window: MainWindow, stocked: Shop) -> None:
    page, panel = opened(window, draft(stocked, rolls(stocked)))
    assert page.go_back()
    assert panel.isHidden()
    assert page.editor is not None
    assert page.editor.preview.isVisible()
    assert not page.go_back()


def test_it_follows_the_lines(window: MainWindow, stocked: Shop) -> None:
    page, panel = opened(window, draft(stocked, rolls(stocked)))
    assert page.session is not None
    page.session.edit_lines(lambda lines: (replace(lines[0], quantity=Decimal(3)),))
    assert panel.answer.text().startswith("3 Pakete")


def test_a_price_kept_by_mistake_is_taken_back(window: MainWindow, stocked: Shop, qtbot: QtBot) -> None:
    _page, panel = opened(window, draft(stocked, Line(text="Karton 40x30x20 3 kg")))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.cards[0].prices)
    window.toasts.undo()
    qtbot.waitUntil(lambda: len(panel.cards[0].prices) == 1)


def test_an_issued_export_offers_its_customs_note_and_asks_what_is_missing(
    window: MainWindow, stocked: Shop, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = draft(stocked, replace(rolls(stocked), unit_price=Decimal(100)), country="CH")
    stored = documents.save_draft(stocked, replace(document, delivery_date=stocked.clock.today()))
    issued = issuing.issue(stocked, stored.id or 0, send=False).document
    window.open_page("document", issued.id)
    page = window.navigation.page
    assert isinstance(page, DocumentPage)
    assert page.editor is not None
    words = [chip.accessibleName() for chip in page.editor.totals.suggestions.findChildren(ChipButton)]
    assert "Zollinhaltserklärung" in words
    page.commands()["customs_note"]()
    panel = page.editor.parcels.panel
    assert panel.isVisible()
    (box,) = panel.customs
    box.hs_code.setFocus()
    type_text("9404 29")
    press(Qt.Key.Key_Return)
    type_text("Deutschland")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.customs)
    place = tmp_path / "Zoll.pdf"
    monkeypatch.setattr(paper, "ask_where", lambda *_: str(place))
    page.commands()["customs_note"]()
    assert place.read_bytes().startswith(b"%PDF")


def test_the_value_of_a_free_extra_is_asked_for_customs(
    window: MainWindow, stocked: Shop, qtbot: QtBot
) -> None:
    free = Line(text="Duftkerze 10x10x10 300 g", unit_price=Decimal(0))
    document = draft(stocked, replace(rolls(stocked), unit_price=Decimal(100)), free, country="CH")
    page, panel = opened(window, document)
    box = panel.customs[-1]
    qtbot.waitUntil(box.value_field.isVisible)
    assert not panel.customs[0].value_field.isVisible()
    box.hs_code.setFocus()
    type_text("3406 00")
    press(Qt.Key.Key_Return)
    type_text("DE")
    press(Qt.Key.Key_Return)
    assert focused() is box.value
    type_text("3,50")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.customs) == 1)
    assert customs.note(stocked, page.document).items[-1].value == Money.of("3.50", "EUR")


def test_goods_that_stay_need_no_customs_note(window: MainWindow, stocked: Shop) -> None:
    page, panel = opened(window, draft(stocked, rolls(stocked), country="AT"))
    assert "customs_note" not in page.commands()
    assert not panel.customs


def test_another_service_is_chosen_with_one_press(window: MainWindow, stocked: Shop, qtbot: QtBot) -> None:
    page, panel = opened(window, draft(stocked, Line(text="Karton 40x30x20 3 kg")))
    shipping_services.confirm_price(stocked, "dhl-paket-20-de", Decimal("19.49"))
    panel.changed_outside.emit()
    assert "DHL Paket bis 5 kg" in texts_of(panel)
    chip = next(chip for chip in panel.cards[0].findChildren(ChipButton) if "20 kg" in chip.accessibleName())
    chip.click()
    qtbot.waitUntil(lambda: "DHL Paket bis 20 kg · 19,49" in texts_of(panel))
    page.commands()["add_postage"]()
    assert added(page).unit_price == Decimal("19.49")


def test_a_price_is_asked_once_for_all_its_parcels(window: MainWindow, stocked: Shop) -> None:
    lines = (Line(text="Karton 40x30x20 3 kg"), Line(text="Kiste 50x40x20 4 kg"))
    _page, panel = opened(window, draft(stocked, *lines))
    assert [len(card.prices) for card in panel.cards] == [1, 0]


def texts_of(panel: ParcelPanel) -> str:
    return " ".join(label.text() for label in panel.cards[0].findChildren(PlainLabel))
