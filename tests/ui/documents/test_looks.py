"""What stands where on the page of a document."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import Message
from shopdesk.domain.outbox import Reason
from shopdesk.i18n import Texts
from shopdesk.ui.documents.model import Column
from shopdesk.ui.documents.totals_bar import issued_reason
from shopdesk.ui.widgets.chips import ChipButton
from shopdesk.usecases import issuing, outbox, tax
from tests.ui.documents.conftest import Desk


def _area(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def test_the_tax_case_is_as_wide_as_its_words_and_says_them_all(
    desk: Desk, caller: Customer, qtbot: QtBot
) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    chip = page.editor.totals.tax
    words = chip.fontMetrics().horizontalAdvance(chip.text())
    qtbot.waitUntil(lambda: words < chip.width() < words + 60)
    assert chip.height() < 2 * chip.fontMetrics().lineSpacing()


def test_a_sentence_too_long_for_one_row_is_shown_whole(desk: Desk, caller: Customer, qtbot: QtBot) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    links = page.editor.problems.links
    assert links
    qtbot.waitUntil(lambda: all(link.height() >= link.heightForWidth(link.width()) for link in links))


def test_the_seconds_to_undo_cover_neither_total_nor_warnings(
    desk: Desk, caller: Customer, qtbot: QtBot
) -> None:
    page = desk.begin(customer=caller)
    page.sending.seconds = 60
    desk.enter("Sonderbett 100,00")
    page.issue_and_send()
    assert page.editor is not None
    editor = page.editor
    toast = desk.window.toasts.toasts[-1]
    qtbot.waitUntil(
        lambda: (
            not any(
                _area(toast).intersects(_area(widget))
                for widget in (editor.totals, editor.send_bar, editor.problems)
            )
        )
    )
    page.undo()


def test_an_issued_documents_tax_case_is_told_in_the_windows_language(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    page.leaving()
    assert page.session is not None
    issued = issuing.issue(desk.shop, page.session.document_id or 0, send=False).document
    context = tax.context(desk.shop, issued)
    assert issued_reason(issued, context, Texts("de")) == issued.tax_reason
    assert issued_reason(issued, context, Texts("en")) != issued.tax_reason
    by_hand = replace(issued, tax_reason="so entschieden")
    assert issued_reason(by_hand, context, Texts("en")) == "so entschieden"


def test_why_a_mail_failed_is_read_whole(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    page.leaving()
    assert page.session is not None
    assert page.editor is not None
    document_id = page.session.document_id or 0
    issuing.issue(desk.shop, document_id)
    (mail,) = outbox.of_document(desk.shop, document_id)
    words = "Der Server hat die Adresse dauerhaft abgelehnt. " * 3
    failed = replace(mail, state=MailState.FAILED, reason=Reason("refused", Message(words)))
    page.reload()
    page.editor.show_mails((failed,), waiting=False)
    assert words in page.editor.send_bar.reason.text()
    assert page.editor.send_bar.reason.isVisible()


def test_a_long_name_and_its_description_have_room_in_their_row(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    assert page.session is not None
    assert page.editor is not None
    plain = Line(text="Kissen", unit_price=Decimal(5))
    long = replace(plain, text="Lattenrost mit Motor " * 4, description="Bezug abnehmbar\nFarbe natur")
    page.session.edit(replace(page.document, lines=(plain, long)))
    lines = page.editor.lines
    row = lines.fontMetrics().height()
    assert lines.rowHeight(1) > lines.rowHeight(0) + 2 * row
    assert lines.columnWidth(Column.NAME) > 150


def test_chips_and_warnings_stay_while_lines_are_typed(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    links = list(page.editor.problems.links)
    chips = page.editor.totals.suggestions.findChildren(ChipButton)
    assert links
    assert chips
    desk.enter("Kissen 5,00")
    assert page.editor.problems.links == links
    assert page.editor.totals.suggestions.findChildren(ChipButton) == chips
