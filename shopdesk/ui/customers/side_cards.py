"""What stands beside the timeline: ways to reach, what was agreed, what the customer means to the shop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from shopdesk.domain.addresses import Address, postal_lines
from shopdesk.domain.customers import Customer, Glance
from shopdesk.domain.money import Money
from shopdesk.i18n import Texts, language_name
from shopdesk.ui.customers.card_words import card_rows
from shopdesk.ui.customers.phone_lines import label_words
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.buttons import GhostButton, IconButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import Chip, ChipRow
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, Muted, PlainLabel, shortened
from shopdesk.ui.widgets.showing import show_if
from shopdesk.ui.widgets.tab_order import tab_before


class ContactCard(Card):
    """Phone, mail, address, greeting, language: every line can be copied. Tags above, who sent the customer below.

    `photo` is what changes the photo.
    """

    def __init__(
        self,
        texts: Texts,
        on_edit: Callable[[], None],
        on_open: Callable[[int], None],
        photo: QWidget,
    ) -> None:
        super().__init__(title=texts.gettext("Contact"))
        self._texts, self._on_open = texts, on_open
        self._sender: int | None = None
        self.tags = ChipRow()
        self.body.addWidget(self.tags)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(MEDIUM))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.recommended = GhostButton("", self._open_sender, icon_name="heart-handshake")
        self.body.addWidget(self.recommended, 0, Qt.AlignmentFlag.AlignLeft)
        self.edit = GhostButton(texts.gettext("Edit"), on_edit, icon_name="pencil")
        buttons = QHBoxLayout()
        buttons.addWidget(self.edit)
        buttons.addWidget(photo)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    def show_customer(self, customer: Customer) -> None:
        """Replace all lines."""
        clear(self._grid)
        gettext = self._texts.gettext
        rows = [
            (
                gettext("Phone"),
                " · ".join(filter(None, (phone.number, label_words(self._texts, phone.label)))),
            )
            for phone in customer.phones
        ]
        rows += [(gettext("Mail"), email) for email in customer.emails]
        rows.append((gettext("Address"), self._address(customer.address)))
        if customer.delivery_address is not None:
            rows.append((gettext("Delivery to"), self._address(customer.delivery_address)))
        rows.append((gettext("Greeting"), self._texts.say(customer.greeting())))
        rows.append((gettext("Letters in"), language_name(customer.language)))
        rows.append((gettext("VAT id"), customer.vat_id))
        rows.append((gettext("Buyer reference"), customer.buyer_reference))
        for person in customer.contact_persons:
            rows.append((person.role or gettext("Contact"), " · ".join(
                part for part in (person.person.full, person.phone, person.email) if part)))  # fmt: skip
        rows += card_rows(self._texts, customer)
        rows.append((gettext("Internal note"), customer.note))
        for number, (name, value) in enumerate(row for row in rows if row[1]):
            label = PlainLabel(value, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(Caption(name), number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, number, 1)

        self.tags.show_chips([Chip(tag) for tag in customer.tags])
        self._show_sender(customer)

    def _show_sender(self, customer: Customer) -> None:
        self._sender = customer.recommended_by_id
        words = self._texts.gettext("Recommended by {name}").format(
            name=shortened(customer.recommended_by, 24)
        )
        self.recommended.say(words, "heart-handshake")
        show_if(self.recommended, self._sender is not None)

    def _open_sender(self) -> None:
        if self._sender is not None:
            self._on_open(self._sender)

    def _address(self, address: Address) -> str:
        abroad = self._texts.country(address.country) if address.country not in {"", "DE"} else ""
        lines = postal_lines(address.lines, address.postal_code, address.city, address.country)
        return "\n".join((*lines, *((abroad,) if abroad else ())))


class GlanceCard(Card):
    """Auf einen Blick: purchases, turnover, open quotes, last purchase, last contact."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(title=texts.gettext("At a glance"))
        self._texts = texts
        self.chips = ChipRow()
        self.words = Muted("", wrap=True)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.words)

    def show_glance(self, glance: Glance) -> None:
        """Replace the figures."""
        ngettext, gettext = self._texts.ngettext, self._texts.gettext
        purchases = ngettext("{n} purchase", "{n} purchases", glance.purchases).format(n=glance.purchases)
        chips: list[QWidget] = [Chip(purchases, "ok" if glance.purchases else "info")]
        if glance.open_quotes:
            text = ngettext("{n} open quote", "{n} open quotes", glance.open_quotes)
            chips.append(Chip(text.format(n=glance.open_quotes), "warn"))
        chips += self._owed(glance)
        self.chips.show_chips(chips)
        words = []
        if glance.purchases:
            words.append(gettext("Turnover {sum}").format(sum=self._money(glance, glance.turnover_minor)))
        if glance.old_purchases:
            words.append(self._of_before(glance))
        if glance.last_purchase:
            words.append(gettext("last purchase {date}").format(date=self._texts.date(glance.last_purchase)))
        if glance.last_contact and glance.last_contact != glance.last_purchase:
            words.append(gettext("last contact {date}").format(date=self._texts.date(glance.last_contact)))
        self.words.setText(" · ".join(words) or gettext("Nothing bought yet."))

    def _of_before(self, glance: Glance) -> str:
        """How much of it comes from the invoices of the program before."""
        count, ngettext = glance.old_purchases, self._texts.ngettext
        number = self._texts.number(count)
        if not glance.old_turnover_minor:
            words = ngettext(
                "of which {n} purchase in the program before",
                "of which {n} purchases in the program before",
                count,
            )
            return words.format(n=number)
        words = ngettext(
            "of which {n} purchase with {sum} in the program before",
            "of which {n} purchases with {sum} in the program before",
            count,
        )
        return words.format(n=number, sum=self._money(glance, glance.old_turnover_minor))

    def _money(self, glance: Glance, minor: int) -> str:
        return self._texts.money(Money(minor, glance.currency))

    def _owed(self, glance: Glance) -> list[QWidget]:
        """What the customer owes, the late part in red, and what is his."""
        gettext, money = self._texts.gettext, self._texts.money
        found: list[QWidget] = []
        if glance.overdue_minor > 0:
            found.append(
                Chip(gettext("{amount} overdue").format(amount=money(Money(glance.overdue_minor))), "bad")
            )
        elif glance.open_minor > 0:
            found.append(
                Chip(gettext("{amount} open").format(amount=money(Money(glance.open_minor))), "warn")
            )
        elif glance.open_minor < 0:
            found.append(
                Chip(gettext("{amount} to pay back").format(amount=money(Money(-glance.open_minor))), "warn")
            )
        if glance.credit_minor > 0:
            found.append(
                Chip(gettext("{amount} credit").format(amount=money(Money(glance.credit_minor))), "ok")
            )
        return found


class FactsCard(Card):
    """Vereinbart: what was agreed and must be seen on every call."""

    def __init__(self, texts: Texts, on_change: Callable[[tuple[str, ...]], bool]) -> None:
        super().__init__(title=texts.gettext("Agreed"))
        self._texts, self._on_change = texts, on_change
        self._facts: tuple[str, ...] = ()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(px(2))
        self.body.addLayout(self._grid)
        self.add = QLineEdit()
        self.add.setPlaceholderText(texts.gettext("Add what was agreed …"))
        self.add.setAccessibleName(texts.gettext("Add what was agreed"))
        self.add.returnPressed.connect(self._added)
        self.body.addWidget(self.add)

    def show_facts(self, facts: tuple[str, ...]) -> None:
        """Replace the list."""
        if facts == self._facts and self._grid.count():
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        clear(self._grid)
        self._facts = facts
        buttons: list[QWidget] = []
        for number, fact in enumerate(facts):
            remove = IconButton(
                self._texts.gettext("Remove “{fact}”").format(fact=fact),
                "x",
                partial(self._removed, number),
            )
            self._grid.addWidget(PlainLabel(f"• {fact}", wrap=True), number, 0)
            self._grid.addWidget(remove, number, 1, Qt.AlignmentFlag.AlignTop)
            buttons.append(remove)
        tab_before(self.add, buttons)
        if had_focus:
            self.add.setFocus()

    def _added(self) -> None:
        text = self.add.text().strip()
        if text in self._facts or (text and self._on_change((*self._facts, text))):
            self.add.setText("")

    def _removed(self, number: int) -> None:
        self._on_change(self._facts[:number] + self._facts[number + 1 :])
