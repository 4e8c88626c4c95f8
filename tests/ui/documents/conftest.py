"""The sample shop's window with a draft for its caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, DocumentKind, Line, LineOption
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import customers, documents, issuing, sample_shop
from shopdesk.usecases.shop import Shop

BED = Line(text="Boxspringbett", unit_price=Decimal("1190.00"))
TOPPER = Line(text="Topper", unit_price=Decimal("119.00"), option=LineOption.OPTIONAL)
OTHER_BED = Line(text="Boxspringbett mit Motor", unit_price=Decimal("1785.00"), option=LineOption.ALTERNATIVE)

Issue = Callable[..., Document]


class Desk:
    """The window as somebody at the keyboard uses it."""

    def __init__(self, window: MainWindow, shop: Shop, qtbot: QtBot) -> None:
        self.window, self.shop, self.qtbot = window, shop, qtbot

    @property
    def page(self) -> DocumentPage:
        page = self.window.navigation.page
        assert isinstance(page, DocumentPage)
        return page

    @property
    def document(self) -> Document:
        return self.page.document

    def begin(self, kind: str = "invoice", customer: Customer | None = None) -> DocumentPage:
        self.window.new_document(kind, customer.id if customer is not None else None)
        self.page.sending.seconds = 0.3
        return self.page

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        for sign in text:
            press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(QApplication.focusWidget() or focused, press)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifiers)

    def enter(self, *texts: str) -> None:
        """Type each text and press ⏎ after it."""
        for text in texts:
            self.type(text)
            self.press(Qt.Key.Key_Return)


@pytest.fixture
def sample(shop: Shop) -> sample_shop.Sample:
    """The sample shop's people and articles, without its past."""
    from shopdesk.usecases import articles, shop_settings

    data = sample_shop.sample()
    shop_settings.save_profile(shop, data.profile)
    for article in data.articles:
        articles.save(shop, article)
    return data


@pytest.fixture
def caller(shop: Shop, sample: sample_shop.Sample) -> Customer:
    return customers.create(shop, sample.caller)


@pytest.fixture
def desk(
    make_window: Callable[..., MainWindow], shop: Shop, sample: sample_shop.Sample, qtbot: QtBot
) -> Desk:
    assert sample.caller.emails
    return Desk(make_window(size=(1280, 800)), shop, qtbot)


@pytest.fixture
def issued(desk: Desk, caller: Customer) -> Issue:
    """Issues a document with these lines, or a draft that is given, without a mail."""

    def issue(kind: DocumentKind | Document, *lines: Line, **fields: object) -> Document:
        draft = kind
        if isinstance(draft, DocumentKind):
            # goods handed over at home: the sums of these tests are no matter of the destination
            begun = documents.start(desk.shop, draft, caller.id)
            home = replace(begun.recipient.address, country="DE")
            recipient = replace(begun.recipient, address=home)
            draft = replace(begun, lines=lines, recipient=recipient, **fields)  # type: ignore[arg-type]
            draft = documents.save_draft(desk.shop, draft)
        assert isinstance(draft, Document)
        return issuing.issue(desk.shop, draft.id or 0, send=False).document

    return issue
