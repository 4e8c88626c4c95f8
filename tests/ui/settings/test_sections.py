"""Each section saves by itself and says at its field what is wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from shopdesk.domain.documents import DocumentKind, Prices
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.payments import PaymentRules
from shopdesk.domain.standard_attachments import AttachmentRole
from shopdesk.ui.settings.attachments_section import AttachmentsSection
from shopdesk.ui.settings.computer_section import ComputerSection
from shopdesk.ui.settings.data_section import DataSection
from shopdesk.ui.settings.letterhead_section import LetterheadSection
from shopdesk.ui.settings.mail_texts_section import MailTextsSection
from shopdesk.ui.settings.numbers_section import NumbersSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.settings.payments_section import PaymentsSection
from shopdesk.ui.settings.selling_section import SellingSection
from shopdesk.ui.settings.shop_section import ShopSection
from shopdesk.ui.settings.terms_section import TermsSection
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import backups, mail_texts, number_ranges, payments, shop_settings
from shopdesk.usecases.shop import Shop


@pytest.fixture
def seller(page: SettingsPage) -> ShopSection:
    section = page.sections["shop"]
    assert isinstance(section, ShopSection)
    return section


def test_the_shop_is_saved_and_can_be_taken_back(seller: ShopSection, window: MainWindow, shop: Shop) -> None:
    assert not seller.save_button.isEnabled()
    seller.form._lines["website"].setText("www.schlafgut-lindner.example")
    assert seller.save_button.isEnabled()
    seller.save_button.click()
    assert shop_settings.profile(shop).seller.website == "www.schlafgut-lindner.example"
    assert not seller.save_button.isEnabled()
    window.toasts.undo()
    assert not shop_settings.profile(shop).seller.website
    assert not seller.form._lines["website"].text()


@pytest.mark.parametrize(
    ("field", "typed"), [("iban", "DE02120300000000202052"), ("vat_id", "DE123456789"), ("name", "")]
)
def test_what_is_wrong_stands_at_its_field(seller: ShopSection, shop: Shop, field: str, typed: str) -> None:
    before = shop_settings.profile(shop)
    seller.form._lines[field].setText(typed)
    seller.save_button.click()
    assert seller.form._fields[field].problem.text()
    assert shop_settings.profile(shop) == before
    seller.revert_button.click()
    assert not seller.form._fields[field].problem.text()
    assert not seller.is_changed


def test_selling_terms_are_saved(page: SettingsPage, shop: Shop) -> None:
    section = page.sections["selling"]
    assert isinstance(section, SellingSection)
    section.prices.set_value("net")
    section.rate.set_value(Decimal(7))
    section.quote_days.set_value(21)
    section.oss.set_value("yes")
    section.region.set_value("NI")
    section.area_code.setText("05 51")
    section.language.set_value("en")
    section.prepay.set_value("order_confirmation")
    assert section.save()
    profile = shop_settings.profile(shop)
    assert (profile.prices, profile.default_rate, profile.quote_valid_days) == (Prices.NET, Decimal(7), 21)
    assert (profile.oss, profile.region, profile.area_code) == ("yes", "NI", "0551")
    assert (profile.language, profile.prepay, profile.prepay_with) == ("en", True, "order_confirmation")
    assert profile.seller.name == "Schlafgut Lindner"


@pytest.mark.parametrize("typed", ["bald", "", "-3", "366"])
def test_days_that_are_no_number_are_not_saved(
    page: SettingsPage, shop: Shop, qtbot: QtBot, typed: str
) -> None:
    section = page.sections["selling"]
    assert isinstance(section, SellingSection)
    section.payment_days.setFocus()
    section.payment_days.selectAll()
    qtbot.keyClick(section.payment_days, Qt.Key.Key_Delete)
    qtbot.keyClicks(section.payment_days, typed)
    page.commands()["issue_and_send"]()  # nobody has left the field yet
    assert section.is_changed
    assert section._fields["payment_days"].problem.text()
    assert shop_settings.profile(shop).payment_days == 14


@pytest.fixture
def numbers(page: SettingsPage) -> NumbersSection:
    section = page.sections["numbers"]
    assert isinstance(section, NumbersSection)
    return section


def test_the_next_number_is_shown_while_typing(numbers: NumbersSection, shop: Shop) -> None:
    invoice = numbers.fields["invoice"]
    invoice.pattern.setText("RE{yy}{month}-{number:000}")
    invoice.start.setText("250")
    invoice.start.editingFinished.emit()
    assert "RE2611-250" in invoice.next.text()
    assert numbers.save()
    assert number_ranges.next_number(shop, "invoice") == "RE2611-250"
    assert number_ranges.next_number(shop, "quote") == "A-2026-0001"


@pytest.mark.parametrize("pattern", ["R-{year}", "R-{number}", "R-{jahr}-{number}", ""])
def test_a_pattern_that_gives_doubles_is_refused_at_its_field(
    numbers: NumbersSection, shop: Shop, pattern: str
) -> None:
    before = number_ranges.number_range(shop, "invoice")
    numbers.fields["invoice"].pattern.setText(pattern)
    numbers.fields["quote"].start.set_value(7)
    assert numbers.fields["invoice"].field.problem.text()
    assert not numbers.save()
    assert number_ranges.number_range(shop, "invoice") == before
    assert number_ranges.next_number(shop, "quote") == "A-2026-0001"


@pytest.fixture
def letterhead(page: SettingsPage) -> LetterheadSection:
    section = page.sections["letterhead"]
    assert isinstance(section, LetterheadSection)
    return section


def picture(file: Path) -> str:
    pixels = QPixmap(60, 30)
    pixels.fill(QColor("#8A5300"))
    assert pixels.save(str(file))
    return str(file)


def test_logo_colour_and_words_are_saved(
    letterhead: LetterheadSection, shop: Shop, tmp_path: Path, qtbot: QtBot
) -> None:
    letterhead.logo.take(picture(tmp_path / "logo.png"))
    letterhead.accent.line.clear()
    qtbot.keyClicks(letterhead.accent.line, "8a5300")
    words = letterhead.letter_words
    words.own_intro.setChecked(True)
    words.intro.setPlainText("Schön, dass Sie gut schlafen wollen.")
    assert letterhead.save()
    stored = shop_settings.letterhead(shop)
    assert stored.logo == (tmp_path / "logo.png").read_bytes()
    assert stored.accent == "#8A5300"
    assert stored.texts_for(DocumentKind.QUOTE, "de").intro == "Schön, dass Sie gut schlafen wollen."
    assert stored.texts_for(DocumentKind.QUOTE, "de").closing is None
    assert stored.texts_for(DocumentKind.INVOICE, "de").intro is None
    letterhead.logo.remove()
    words.own_intro.setChecked(False)
    letterhead.accent.line.set_value("#1F5FBF")
    assert letterhead.save()
    assert shop_settings.letterhead(shop) == Letterhead()


def test_a_logo_that_is_no_picture_is_refused_in_words(letterhead: LetterheadSection, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"GIF89a, not at all")
    letterhead.logo.take(str(tmp_path / "logo.png"))
    assert "PNG" in letterhead.logo.problem.text()
    (tmp_path / "large.png").write_bytes(bytes(shop_settings.LARGEST_LOGO + 1))
    letterhead.logo.take(str(tmp_path / "large.png"))
    assert "2 MB" in letterhead.logo.problem.text()
    letterhead.logo.take(str(tmp_path / "absent.png"))
    assert "absent.png" in letterhead.logo.problem.text()
    assert not letterhead.logo.data


def test_a_colour_that_is_none_is_not_saved(letterhead: LetterheadSection, shop: Shop) -> None:
    letterhead.accent.line.setText("himmelblau")
    letterhead.accent.line.editingFinished.emit()
    assert letterhead.accent.line.problem
    assert not letterhead.save()
    assert shop_settings.letterhead(shop) == Letterhead()


def test_the_letter_is_drawn_before_it_is_saved(letterhead: LetterheadSection) -> None:
    letterhead.letter_words.own_closing.setChecked(True)
    letterhead.letter_words.closing.setPlainText("Bis bald im Laden!")
    letterhead._draw()
    letterhead.preview._draw()
    drawn = letterhead.preview.drawn
    assert drawn is not None
    assert "Bis bald im Laden!" in drawn.text


@pytest.fixture
def letters(page: SettingsPage) -> MailTextsSection:
    section = page.sections["mail_texts"]
    assert isinstance(section, MailTextsSection)
    return section


def test_a_mail_text_is_changed_seen_and_reset(
    letters: MailTextsSection, window: MainWindow, shop: Shop
) -> None:
    shipped = letters.subject.text()
    letters.subject.setText("Angebot {{ number }} für {{ customer }}")
    letters._draw()
    assert letters.example.subject.text().startswith("Angebot A-2026-0001 für ")
    assert letters.save()
    assert len(mail_texts.own_templates(shop)) == 1
    letters.reset()
    assert letters.subject.text() == shipped
    assert mail_texts.own_templates(shop) == ()
    window.toasts.undo()
    assert letters.subject.text() == "Angebot {{ number }} für {{ customer }}"


@pytest.mark.parametrize(
    ("field", "text"),
    [("subject", "{{ nummer }}"), ("subject", ""), ("body", "{% for a in b %}"), ("body", "{{")],
)
def test_a_text_that_cannot_be_filled_says_so_at_its_field(
    letters: MailTextsSection, shop: Shop, field: str, text: str
) -> None:
    if field == "subject":
        letters.subject.setText(text)
    else:
        letters.text.setPlainText(text)
    assert not letters.save()
    frame = letters._subject if field == "subject" else letters._text
    assert frame.problem.text()
    assert mail_texts.own_templates(shop) == ()


def test_a_gap_goes_where_the_cursor_stood_last(letters: MailTextsSection) -> None:
    letters.subject.clear()
    letters.focus_moved(letters.subject)
    letters.insert_gap("number")
    assert letters.subject.text() == "{{ number }}"
    letters.text.clear()
    letters.focus_moved(letters.text)
    letters.insert_gap("greeting")
    assert letters.text.toPlainText() == "{{ greeting }}"


def test_choosing_another_text_saves_this_one(letters: MailTextsSection, shop: Shop) -> None:
    letters.subject.setText("Angebot {{ number }}")
    letters.kind.set_value("invoice")
    letters.kind.chosen.emit()
    assert [entry.subject for entry in mail_texts.own_templates(shop)] == ["Angebot {{ number }}"]
    assert "Rechnung" in letters.subject.text()
    letters.subject.setText("{{ unbekannt }}")
    letters.kind.set_value("quote")
    letters.kind.chosen.emit()
    assert letters.kind.value == "invoice"
    assert letters.subject.text() == "{{ unbekannt }}"


def test_a_pdf_goes_along_until_it_is_removed(
    page: SettingsPage, window: MainWindow, shop: Shop, tmp_path: Path
) -> None:
    section = page.sections["attachments"]
    assert isinstance(section, AttachmentsSection)
    file = tmp_path / "AGB.pdf"
    file.write_bytes(b"%PDF-1.4 AGB")
    section.role.set_value("terms")
    section.kinds.set_value("invoice")
    section.add(str(file))
    (stored,) = mail_texts.standard_attachments(shop)
    assert (stored.name, stored.role, stored.kinds) == (
        "AGB.pdf", AttachmentRole.TERMS, (DocumentKind.INVOICE,),
    )  # fmt: skip
    section.remove(stored)
    assert mail_texts.standard_attachments(shop) == ()
    window.toasts.undo()
    assert len(mail_texts.standard_attachments(shop)) == 1
    file.write_bytes(b"PK a zip")
    section.add(str(file))
    assert "PDF" in section.problem.text()


def test_a_backup_is_written_told_and_remembered(page: SettingsPage, shop: Shop, tmp_path: Path) -> None:
    section = page.sections["data"]
    assert isinstance(section, DataSection)
    assert backups.last_backup(shop) is None
    section.back_up(tmp_path / "heute.shopdesk-backup")
    assert (tmp_path / "heute.shopdesk-backup").stat().st_size > 0
    assert "heute.shopdesk-backup" in section.result.words.text()
    assert "23.11.2026" in section.last.text()
    section.check()
    assert "Alles in Ordnung" in section.result.words.text()


def test_everything_is_exported_and_told(page: SettingsPage, tmp_path: Path) -> None:
    section = page.sections["data"]
    assert isinstance(section, DataSection)
    section.export(tmp_path / "export")
    assert (tmp_path / "export" / "everything.json").exists()
    assert section.result.words.text().startswith("Alles liegt in ")
    section.export(tmp_path / "export")  # it is not empty any more
    assert "nicht leer" in section.result.words.text()
    assert section.export_button.isEnabled()


def test_a_backup_that_cannot_be_written_says_why(page: SettingsPage, shop: Shop, tmp_path: Path) -> None:
    section = page.sections["data"]
    assert isinstance(section, DataSection)
    section.back_up(tmp_path / "no such folder" / "heute.shopdesk-backup")
    assert section.result.words.text()
    assert section.backup_button.isEnabled()
    assert backups.last_backup(shop) is None


def test_the_computers_settings_hold_at_once(page: SettingsPage, window: MainWindow) -> None:
    section = page.sections["computer"]
    assert isinstance(section, ComputerSection)
    section.theme.set_value("dark")
    section.scale.set_value("120")
    section.scale.chosen.emit()
    assert (window.settings.theme, window.settings.font_scale) == ("dark", 120)
    section.language.set_value("en")
    section.language.chosen.emit()
    assert window.settings.language == "en"
    assert window.toasts.toasts


def test_enter_in_a_field_saves_its_section(seller: ShopSection, shop: Shop, qtbot: QtBot) -> None:
    line = seller.form._lines["phone"]
    line.setText("0551 98765")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert shop_settings.profile(shop).seller.phone == "0551 98765"


def test_terms_are_kept_for_each_language_and_come_back(page: SettingsPage, shop: Shop) -> None:
    section = page.sections["terms"]
    assert isinstance(section, TermsSection)
    section.text.setPlainText("1. Lieferung\n\n2. Zahlung")
    section.language.set_value("en")
    section.text.setPlainText("1. Delivery")
    section.language.set_value("de")
    assert section.text.toPlainText() == "1. Lieferung\n\n2. Zahlung"
    assert section.save()
    letterhead = shop_settings.letterhead(shop)
    assert letterhead.terms_in("en") == "1. Delivery"
    assert letterhead.terms_in("fr") == "1. Lieferung\n\n2. Zahlung"


def test_how_strict_the_shop_is_with_payments_is_kept(page: SettingsPage, shop: Shop) -> None:
    section = page.sections["payments"]
    assert isinstance(section, PaymentsSection)
    assert (section.tolerance.value, section.limit.value, section.since.value) == (3, Decimal("5.00"), None)
    section.tolerance.set_value(0)
    section.limit.set_value(Decimal("1.50"))
    section.since.set_value(dt.date(2026, 1, 1))
    assert section.save()
    assert payments.rules(shop) == PaymentRules(0, 1_50, dt.date(2026, 1, 1))
