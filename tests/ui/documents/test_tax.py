"""The sentence about the tax, its menu, and the VAT id behind it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line, LineKind, Prices, TaxCase
from shopdesk.domain.today import TodayKind
from shopdesk.domain.vat_id_checks import CheckResult, CheckService, VatIdAnswer
from shopdesk.outside.fake_vat_id_service import FakeVatIdService
from shopdesk.ui.documents.model import Column
from shopdesk.ui.documents.tax_menu import TAX_CASES
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.settings.tax_section import TaxSection
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import customers, issuing, shop_settings, today
from shopdesk.usecases.shop import Shop
from tests.ui.documents.conftest import Desk

VAT_ID = "BG175074752"
YES = VatIdAnswer(CheckResult.VALID, CheckService.EVATR, "evatr-0000", matches={"ergOrt": "A"})


@pytest.fixture
def service(shop: Shop) -> FakeVatIdService:
    made = FakeVatIdService()
    shop.vat_ids = made
    return made


@pytest.fixture
def hotel(shop: Shop, sample: object) -> Customer:
    del sample
    address = Address(("ul. Shipka 1",), "5300", "Gabrovo", "BG")
    value = Customer(
        company="Hotel Shipka EOOD", vat_id=VAT_ID, emails=("hotel@example.org",), address=address
    )
    return customers.create(shop, value)


def goods(desk: Desk, price: int = 100) -> None:
    line = Line(text="Rollmatratze", unit_price=Decimal(price))
    session = desk.page.session
    assert session is not None
    session.edit(
        replace(desk.document, lines=(line,), prices=Prices.NET, delivery_date=desk.shop.clock.today())
    )


def sentence(desk: Desk) -> str:
    assert desk.page.editor is not None
    return desk.page.editor.totals.tax.text()


def links(desk: Desk) -> str:
    assert desk.page.editor is not None
    return " ".join(link.text() for link in desk.page.editor.problems.links)


def choose(desk: Desk, case: TaxCase) -> None:
    editor = desk.page.editor
    assert editor is not None
    menu = editor.tax_menu()
    words = desk.page.texts.gettext(TAX_CASES[case])
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.deleteLater()


def test_the_id_is_confirmed_while_the_owner_goes_on(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    service.answers[VAT_ID] = YES
    desk.begin(customer=hotel)
    goods(desk)
    assert len(service.asked) == 1
    assert (
        sentence(desk) == "Keine USt: innergemeinschaftliche Lieferung, Bulgarien · USt-IdNr. heute bestätigt"
    )
    assert VAT_ID not in links(desk)


def test_another_name_at_the_member_state_is_told(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    service.answers[VAT_ID] = replace(YES, matches={"ergFirmenname": "B", "ergOrt": "A"})
    desk.begin(customer=hotel)
    assert service.asked == []  # nothing is sold yet
    goods(desk)
    assert "anderem Namen" in sentence(desk)


def test_a_refused_id_changes_the_sentence_and_the_total(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    service.answers[VAT_ID] = VatIdAnswer(CheckResult.INVALID)
    desk.begin(customer=hotel)
    goods(desk)
    assert "heute ungültig" in sentence(desk)
    session = desk.page.session
    assert session is not None
    assert session.totals.gross.minor == 119_00


def test_without_a_confirmation_issuing_asks_for_a_reason_first(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    desk.begin(customer=hotel)
    goods(desk)
    assert VAT_ID in links(desk)
    desk.page.issue_and_send()
    editor = desk.page.editor
    assert editor is not None
    assert editor.more.vat_id_reason.hasFocus()
    assert "Journal" in editor.more.fields["vat_id_reason"].problem.text()
    assert not desk.page.sending.is_under_way(desk.document.id)
    desk.type("Kunde seit 20 Jahren")
    assert desk.document.vat_id_reason == "Kunde seit 20 Jahren"
    desk.page.issue_and_send()
    assert desk.page.sending.is_under_way(desk.document.id)
    assert len(service.asked) == 1


def test_another_case_is_chosen_beside_the_total_and_the_contradiction_told(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    service.answers[VAT_ID] = YES
    desk.begin(customer=hotel)
    goods(desk)
    choose(desk, TaxCase.DOMESTIC)
    assert sentence(desk) == "19 % Inland, von Hand gewählt"
    assert "innergemeinschaftliche Lieferung" in links(desk)
    choose(desk, TaxCase.AUTO)
    assert "von Hand" not in sentence(desk)
    assert "innergemeinschaftliche Lieferung" not in links(desk)


def test_the_menu_opens_with_the_keyboard_and_asks_again(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    desk.begin(customer=hotel)
    goods(desk)
    editor = desk.page.editor
    assert editor is not None
    menu = editor.tax_menu()
    checked = [action.text() for action in menu.actions() if action.isChecked()]
    assert checked == [desk.page.texts.gettext(TAX_CASES[TaxCase.AUTO])]
    service.answers[VAT_ID] = YES
    next(action for action in menu.actions() if "jetzt prüfen" in action.text()).trigger()
    assert "heute bestätigt" in sentence(desk)
    menu.deleteLater()


def test_an_exemption_asks_for_its_reason(desk: Desk, hotel: Customer) -> None:
    desk.begin(customer=hotel)
    goods(desk)
    choose(desk, TaxCase.EXEMPT)
    editor = desk.page.editor
    assert editor is not None
    assert editor.more.tax_note.hasFocus()


def test_an_issued_bill_stands_in_heute_until_it_is_confirmed(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    desk.begin(customer=hotel)
    goods(desk)
    session = desk.page.session
    assert session is not None
    session.save()
    issued = issuing.issue(desk.shop, session.document_id or 0, send=False)
    desk.window.open_page("today")
    page = desk.window.navigation.page
    assert isinstance(page, TodayPage)
    row = page.rows.current()
    assert row is not None
    assert (row.kind, row.reference, row.detail) == (TodayKind.VAT_ID, issued.document.id, VAT_ID)
    service.answers[VAT_ID] = YES
    desk.press(Qt.Key.Key_E)
    assert not [item for item in today.items(desk.shop) if item.kind == TodayKind.VAT_ID]
    desk.window.open_document(issued.document.id or 0)
    assert "am 23.11.2026 bestätigt" in sentence(desk)


def test_a_service_for_a_business_abroad_rests_on_the_id_too(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    service.answers[VAT_ID] = YES
    desk.begin(customer=hotel)
    session = desk.page.session
    assert session is not None
    session.edit(replace(desk.document, lines=(Line(LineKind.SERVICE, "Beratung", unit_price=Decimal(50)),)))
    assert "heute bestätigt" in sentence(desk)


def test_a_limit_that_comes_near_stands_in_heute_and_in_the_settings(
    desk: Desk, caller: Customer, service: FakeVatIdService
) -> None:
    del service
    desk.begin(customer=caller)
    goods(desk, 8500)
    session = desk.page.session
    assert session is not None
    session.save()
    issuing.issue(desk.shop, session.document_id or 0, send=False)
    desk.window.open_page("today")
    page = desk.window.navigation.page
    assert isinstance(page, TodayPage)
    limits = [item for item in today.items(desk.shop) if item.kind == TodayKind.LIMIT]
    assert [item.meter.percent for item in limits if item.meter] == [85]
    desk.press(Qt.Key.Key_Return)
    settings = desk.window.navigation.page
    assert isinstance(settings, SettingsPage)
    section = settings.sections["tax"]
    assert isinstance(section, TaxSection)
    assert [line.state.text() for line in section.meters] == [
        "8.500,00\N{NO-BREAK SPACE}€ von 10.000,00\N{NO-BREAK SPACE}€ (85 %)",
        "0,00\N{NO-BREAK SPACE}€ von 10.000,00\N{NO-BREAK SPACE}€ (0 %)",
    ]


def test_what_was_noted_comes_back_at_the_next_level_only(desk: Desk, caller: Customer) -> None:
    for price, noted in ((8500, 1), (1000, 0), (600, 1)):
        desk.begin(customer=caller)
        goods(desk, price)
        session = desk.page.session
        assert session is not None
        session.save()
        issuing.issue(desk.shop, session.document_id or 0, send=False)
        desk.window.open_page("today")
        limits = [item for item in today.items(desk.shop) if item.kind == TodayKind.LIMIT]
        assert len(limits) == noted, price
        page = desk.window.navigation.page
        assert isinstance(page, TodayPage)
        for item in limits:
            page._done(item)
        assert not [item for item in today.items(desk.shop) if item.kind == TodayKind.LIMIT]


def test_the_check_is_switched_off_in_the_settings(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    desk.window.open_page("settings", "tax")
    page = desk.window.navigation.page
    assert isinstance(page, SettingsPage)
    section = page.sections["tax"]
    assert isinstance(section, TaxSection)
    section.check_vat_ids.click()
    assert section.save()
    assert not shop_settings.profile(desk.shop).check_vat_ids
    desk.begin(customer=hotel)
    goods(desk)
    assert service.asked == []


def line_menu_action(desk: Desk, *words: str) -> None:
    """Choose in the VAT part of the first line's menu."""
    editor = desk.page.editor
    assert editor is not None
    editor.lines.go(0, Column.NAME)
    menu = editor.line_menu()
    vat = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(vat, QMenu)
    next(action for action in vat.actions() if all(word in action.text() for word in words)).trigger()
    menu.deleteLater()


def test_a_line_of_used_goods_is_under_the_margin_scheme(desk: Desk, caller: Customer) -> None:
    desk.begin(customer=caller)
    session = desk.page.session
    assert session is not None
    both = (Line(text="Bett, gebraucht", unit_price=Decimal(80)), Line(text="Kissen", unit_price=Decimal(20)))
    session.edit(replace(desk.document, lines=both, delivery_date=desk.shop.clock.today()))
    line_menu_action(desk, "§ 25a")
    assert [line.tax_case for line in desk.document.lines] == [TaxCase.MARGIN_SCHEME, None]
    assert [(row.category, row.base.minor) for row in session.totals.vat] == [("S", 16_81), ("E", 80_00)]
    editor = desk.page.editor
    assert editor is not None
    assert not editor.lines.isColumnHidden(Column.VAT)
    assert editor.lines.lines.index(0, Column.VAT).data() == "§ 25a"
    line_menu_action(desk, "7")
    assert (desk.document.lines[0].tax_case, desk.document.lines[0].vat_rate) == (None, Decimal(7))


def test_the_rates_to_choose_from_are_those_of_the_day_and_country(desk: Desk, caller: Customer) -> None:
    desk.begin(customer=caller)
    goods(desk)
    choose(desk, TaxCase.OSS)
    line_menu_action(desk, "9", "%")
    assert desk.document.lines[0].vat_rate == Decimal(9)


def test_an_issued_bill_is_confirmed_at_its_own_sentence(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    desk.begin(customer=hotel)
    goods(desk)
    session = desk.page.session
    assert session is not None
    session.save()
    issued = issuing.issue(desk.shop, session.document_id or 0, send=False)
    desk.window.open_document(issued.document.id or 0)
    assert "USt-IdNr. nicht bestätigt" in sentence(desk)
    editor = desk.page.editor
    assert editor is not None
    menu = editor.tax_menu()
    assert not any(action.isEnabled() for action in menu.actions() if action.isCheckable())
    service.answers[VAT_ID] = YES
    next(action for action in menu.actions() if "jetzt prüfen" in action.text()).trigger()
    assert "am 23.11.2026 bestätigt" in sentence(desk)
    menu.deleteLater()


def test_an_answer_after_the_document_was_left_harms_nothing(
    desk: Desk, hotel: Customer, service: FakeVatIdService
) -> None:
    desk.begin(customer=hotel)
    goods(desk)
    editor = desk.page.editor
    assert editor is not None
    watch = editor.vat_ids
    desk.window.open_page("today")
    desk.begin()
    service.answers[VAT_ID] = YES
    watch.ask_now()
    assert "bestätigt" not in sentence(desk)
