"""The settings page: a search line, a word for each section to go there, and the sections below each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.ui.settings.attachments_section import AttachmentsSection
from shopdesk.ui.settings.bank_files_section import BankFilesSection
from shopdesk.ui.settings.computer_section import ComputerSection
from shopdesk.ui.settings.data_section import DataSection
from shopdesk.ui.settings.follow_ups_section import FollowUpsSection
from shopdesk.ui.settings.letterhead_section import LetterheadSection
from shopdesk.ui.settings.mail_account_section import MailAccountSection
from shopdesk.ui.settings.mail_in_section import MailInSection
from shopdesk.ui.settings.mail_texts_section import MailTextsSection
from shopdesk.ui.settings.notices_section import NoticesSection
from shopdesk.ui.settings.numbers_section import NumbersSection
from shopdesk.ui.settings.opening_section import OpeningSection
from shopdesk.ui.settings.payment_reminders_section import PaymentRemindersSection
from shopdesk.ui.settings.payments_section import PaymentsSection
from shopdesk.ui.settings.phone_book_section import PhoneBookSection
from shopdesk.ui.settings.purchases_section import PurchasesSection
from shopdesk.ui.settings.section import Section
from shopdesk.ui.settings.selling_section import SellingSection
from shopdesk.ui.settings.shipping_section import ShippingSection
from shopdesk.ui.settings.shop_section import ShopSection
from shopdesk.ui.settings.tax_section import TaxSection
from shopdesk.ui.settings.telephone_section import TelephoneSection
from shopdesk.ui.settings.terms_section import TermsSection
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.cards import PageHeader, ScrollPage
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.labels import Muted
from shopdesk.ui.widgets.search_edit import SearchEdit

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

SECTIONS: Mapping[str, Callable[[Shop, Shell], Section]] = {
    "shop": ShopSection,
    "selling": SellingSection,
    "answers": OpeningSection,
    "payments": PaymentsSection,
    "bank_files": BankFilesSection,
    "payment_reminders": PaymentRemindersSection,
    "shipping": ShippingSection,
    "follow_ups": FollowUpsSection,
    "purchases": PurchasesSection,
    "tax": TaxSection,
    "numbers": NumbersSection,
    "letterhead": LetterheadSection,
    "terms": TermsSection,
    "mail": MailAccountSection,
    "mail_in": MailInSection,
    "mail_texts": MailTextsSection,
    "attachments": AttachmentsSection,
    "telephone": TelephoneSection,
    "phone_book": PhoneBookSection,
    "data": DataSection,
    "notices": NoticesSection,
    "computer": ComputerSection,
}
"""By the name that `open_page("settings", name)` knows."""
_WIDEST = 1040
_SPARE = 2000  # more than the highest section needs


class SettingsPage(Page):
    """Everything the owner sets."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "setting",
            "number_range",
            "number_counter",
            "mail_template",
            "standard_attachment",
            "turnover",
            "mail_fetch",
        }
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.search = SearchEdit(gettext("Search the settings: logo, OSS, password …"))
        self.search.setAccessibleName(gettext("Search the settings"))
        self.search.searched.connect(self.narrow)
        self.search.down.connect(self._into_first)
        self._made: dict[str, Section] = {}
        self.chips: dict[str, ChipButton] = {}
        self.row = ChipRow()
        self.nothing = Muted("", wrap=True)
        self.nothing.hide()
        self.scroller = ScrollPage()
        self.scroller.inner.setMaximumWidth(px(_WIDEST))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(MEDIUM))
        self.search.setMaximumWidth(px(_WIDEST))
        line = QHBoxLayout()
        line.addWidget(self.search, 1000)
        line.addStretch(1)
        layout.addWidget(PageHeader(gettext("Settings")))
        layout.addLayout(line)
        layout.addWidget(self.row)
        layout.addWidget(self.nothing)
        layout.addWidget(self.scroller, 1)
        self.scroller.body.addStretch(1)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    @property
    def sections(self) -> Mapping[str, Section]:
        """All sections by their names; those that are not there yet are made now."""
        if len(self._made) < len(SECTIONS):
            while len(self._made) < len(SECTIONS):
                self._make_next()
            self._settle()
        return self._made

    def _make_next(self) -> None:
        """Make one where it stands: to move so many fields costs more than to make them."""
        name = next(name for name in SECTIONS if name not in self._made)
        section = self._made[name] = SECTIONS[name](self.shop, self.window_shell)
        self.scroller.body.insertWidget(len(self._made) - 1, section)
        section.show()  # at once: Qt would do it after the next paint, and what is hidden gets no place
        chip = self.chips[name] = ChipButton(section.title, self._goer(name))
        self.row.flow.addWidget(chip)
        section.reload()

    def _make_another(self) -> None:
        """One at a time, so that the window answers in between."""
        if len(self._made) < len(SECTIONS):
            self._make_next()
            self._settle()
            QTimer.singleShot(0, self, self._make_another)

    def _settle(self) -> None:
        """Give everything its place before it is painted: else all fields share the old height, cut in half.

        Some grow once more when their figures come; until all are there, spare room below takes that up.
        """
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        inner = self.scroller.inner
        more = len(self._made) < len(SECTIONS)
        inner.setMinimumHeight(inner.minimumSizeHint().height() + px(_SPARE) if more else 0)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.scroller.isAncestorOf(now):
            return
        texts = self._made.get("mail_texts")
        if isinstance(texts, MailTextsSection):
            texts.focus_moved(now)
        self.scroller.ensureWidgetVisible(now)

    def reload(self) -> None:
        """See Page; what the owner is changing stays."""
        if not self._made:
            self._make_another()
            return
        for section in self._made.values():
            section.reload()

    def focus_first(self) -> None:
        """See Page."""
        self.search.setFocus()

    def leaving(self) -> None:
        """What was changed is stored; what is wrong is said and stays in its fields."""
        for section in self._made.values():
            if section.is_changed and not section.save():
                words = self.texts.gettext("{section} is not saved: something there needs a look.")
                self.window_shell.toast(words.format(section=section.title))

    def open_item(self, item: object) -> None:
        """One section by its name."""
        if isinstance(item, str) and item in SECTIONS:
            # after the page got its size and its first focus
            QTimer.singleShot(0, self, lambda: self.go_to(item))

    def go_back(self) -> bool:
        """Esc shows all sections again before it leaves."""
        if not self.search.text():
            return False
        self.search.clear()
        self.search.setFocus()
        return True

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"find": self.search.setFocus, "issue_and_send": self.save}

    def save(self) -> None:
        """Store every section that was changed."""
        for section in self._made.values():
            if section.is_changed:
                section.save()

    def narrow(self, text: str) -> None:
        """Show only the sections that have the typed words."""
        found = 0
        for name, section in self.sections.items():
            fits = section.fits(text)
            section.setVisible(fits)
            self.chips[name].setVisible(fits)
            found += fits
        words = self.texts.gettext("Nothing here is called “{text}”.").format(text=text)
        self.nothing.setText("" if found else words)
        self.nothing.setVisible(not found)

    def _goer(self, name: str) -> Callable[[], None]:
        return lambda: self.go_to(name)

    def go_to(self, name: str) -> None:
        """Scroll to a section and give it the keyboard."""
        section = self.sections.get(name)
        if section is None:
            return
        if section.isHidden():
            self.search.clear()
            self.search.search_now()
        section.focus_inside()
        self.scroller.verticalScrollBar().setValue(section.y())

    def _into_first(self) -> None:
        name = next((name for name, section in self.sections.items() if not section.isHidden()), "")
        if name:
            self.go_to(name)
