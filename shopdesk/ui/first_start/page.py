"""First start: shop name, address, tax number, IBAN, with the invoice growing live at the right."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Document, Line, LineKind, Recipient
from shopdesk.domain.errors import ShopError
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.ui.documents.preview import PreviewPane
from shopdesk.ui.first_start.seller_form import SellerForm
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.labels import Muted
from shopdesk.usecases import documents, shop_settings, tax

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_PAUSE = 200


class FirstStartPage(Page):
    """Everything an invoice must carry of the seller, once. Mail and import come later."""

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.header = PageHeader(
            gettext("Welcome"),
            gettext("What every invoice must carry. Mail and everything else can wait."),
            GhostButton(gettext("Try it with sample data"), self.try_sample),
            PrimaryButton(gettext("Start"), self.finish),
        )
        self._is_typed = False
        self.form = SellerForm(self.texts)
        self.form.changed.connect(self._changed)
        self.preview = PreviewPane(shop, window)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        fields = ScrollPage()
        fields.body.addWidget(Card(self.form))
        fields.body.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(px(NORMAL))
        columns.addWidget(fields, 1)
        right = QVBoxLayout()
        right.addWidget(Muted(gettext("This is how your invoices will look.")))
        right.addWidget(self.preview, 1)
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addLayout(columns, 1)

    def reload(self) -> None:
        """See Page: what is being typed stays."""
        if not self._is_typed:
            self.form.show_seller(shop_settings.profile(self.shop).seller)
            self._is_typed = False
        self._draw()

    def leaving(self) -> None:
        """What was typed so far stands here again at the next start."""
        profile = shop_settings.profile(self.shop)
        if not self._is_typed or profile.is_complete:
            return
        try:
            shop_settings.save_profile(self.shop, replace(profile, seller=self.form.seller()))
        except ShopError:
            return  # half an IBAN cannot be stored

    def focus_first(self) -> None:
        """See Page."""
        self.form.setFocus()
        self.form.focusNextChild()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"issue_and_send": self.finish}

    def go_back(self) -> bool:
        """There is nowhere to go back to yet."""
        return True

    def _changed(self) -> None:
        self._is_typed = True
        self._pause.start()

    def _draw(self) -> None:
        profile = replace(shop_settings.profile(self.shop), seller=self.form.seller())
        draft = documents.with_terms(self._example(), profile, self.shop.clock.today())
        context = tax.TaxContext(profile, self.shop.clock.today())
        self.preview.show_document(draft, context, f"{self.texts.gettext('Example')}.pdf")

    def _example(self) -> Document:
        """An invoice to nobody in particular."""
        gettext = self.texts.gettext
        person = PersonName(Salutation.MRS, "", "Erika", gettext("Sample"))
        address = Address((gettext("Sample street 1"),), "12345", gettext("Sample town"))
        lines = (
            Line(text=gettext("What your customer wished for"), quantity=Decimal(2), unit_price=Decimal(119)),
            Line(LineKind.POSTAGE, gettext("Postage"), unit_price=Decimal("6.90")),
        )
        recipient = Recipient(person=person, address=address, language=self.texts.language)
        return Document(recipient=recipient, lines=lines)

    def finish(self) -> None:
        """Store the data and begin; what is missing or wrong is said at its field."""
        missing = self.form.missing()
        if missing:
            self.form.say(missing, self.texts.gettext("This must stand on every invoice."))
            return
        profile = shop_settings.profile(self.shop)
        seller = self.form.seller()
        language = self.texts.language
        try:
            shop_settings.save_profile(self.shop, replace(profile, seller=seller, language=language))
        except ShopError as error:
            if not self.form.say(error.field, self.texts.say(error.message)):
                self.window_shell.problem(error)
            return
        self._is_typed = False
        self.window_shell.open_page("today")

    def try_sample(self) -> None:
        """The sample shop in a window of its own; this shop stays as it is."""
        frozen = bool(getattr(sys, "frozen", False))
        arguments = ["demo"] if frozen else ["-m", "shopdesk", "demo"]
        QProcess.startDetached(sys.executable, arguments)
        self.window_shell.toast(self.texts.gettext("The sample shop opens in a window of its own."))
