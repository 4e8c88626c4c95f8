"""How a customer likes to be reached, who sent him, tags, and what was agreed on payment: rare, so below the rest."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.consents import CHANNEL_NAMES, Channel
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import CashDiscount
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField, Field, ForgivingEdit, PercentEdit, QuantityEdit
from shopdesk.ui.widgets.labels import Strong

_BIRTHDAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})")


class CardFields(QWidget):
    """Fields of the customer's card that few customers have."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        gettext = texts.gettext
        channels = [(gettext(name), channel.value) for channel, name in CHANNEL_NAMES.items()]
        self.channel = Choice([(gettext("no matter which"), ""), *channels])
        same = (gettext("like for orders"), "")
        self.service_channel, self.advertising_channel = Choice([same, *channels]), Choice([same, *channels])
        for choice in (self.channel, self.service_channel, self.advertising_channel):
            choice.setMinimumContentsLength(3)
        self.birthday = DateField(texts, gettext("Birthday"), _birthday)
        self.recommended_by, self.tags = QLineEdit(), QLineEdit()
        self.recommended_by.setPlaceholderText(gettext("a name or a customer number"))
        self.tags.setPlaceholderText(gettext("separated by commas: hotel, regular customer"))
        self.days = QuantityEdit(texts, gettext("Days until payment"))
        self.days.setPlaceholderText(gettext("as usual"))
        self.discount = PercentEdit(texts, gettext("Discount in percent"))
        self.cash_percent = PercentEdit(texts, gettext("Cash discount in percent"))
        self.cash_days = QuantityEdit(texts, gettext("if paid within days"))
        self.fields = {
            "customer.preferred_channel": Field(gettext("For orders"), self.channel),
            "customer.service_channel": Field(gettext("For service"), self.service_channel),
            "customer.advertising_channel": Field(gettext("For offers"), self.advertising_channel),
            "customer.birthday": Field(gettext("Birthday"), self.birthday),
            "customer.recommended_by": Field(gettext("Recommended by"), self.recommended_by),
            "customer.tags": Field(gettext("Tags"), self.tags),
            "customer.payment_days": Field(gettext("Days until payment"), self.days),
            "customer.discount_percent": Field(gettext("Discount in percent"), self.discount),
            "customer.cash_discount": Field(gettext("Cash discount in percent"), self.cash_percent),
            "cash_days": Field(gettext("if paid within days"), self.cash_days),
        }
        self._place(texts)

    def _place(self, texts: Texts) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        channel, service, advertising, birthday, recommended, tags, *terms = self.fields.values()
        layout.addWidget(Strong(texts.gettext("Best reached"), wrap=True))
        layout.addLayout(_pairs(channel, service, advertising))
        layout.addWidget(Strong(texts.gettext("Good to know")))
        layout.addWidget(birthday)
        layout.addWidget(recommended)
        layout.addWidget(tags)
        layout.addWidget(Strong(texts.gettext("Terms that new documents begin with"), wrap=True))
        layout.addLayout(_pairs(*terms))

    @staticmethod
    def has_something(customer: Customer) -> bool:
        """Whether the customer has any of these."""
        nothing = Customer()
        return any(getattr(customer, name) != getattr(nothing, name) for name in _NAMES)

    def show_customer(self, customer: Customer) -> None:
        """Fill the fields."""
        for choice, channel in (
            (self.channel, customer.preferred_channel),
            (self.service_channel, customer.service_channel),
            (self.advertising_channel, customer.advertising_channel),
        ):
            choice.set_value(channel.value if channel else "")
        self.birthday.set_value(customer.birthday)
        self.recommended_by.setText(customer.recommended_by)
        self.tags.setText(", ".join(customer.tags))
        self.days.set_value(None if customer.payment_days is None else Decimal(customer.payment_days))
        self.discount.set_value(customer.discount_percent)
        cash = customer.cash_discount
        self.cash_percent.set_value(cash.percent if cash else None)
        self.cash_days.set_value(Decimal(cash.days) if cash else None)

    def read_into(self, customer: Customer) -> Customer:
        """The customer with what stands here."""
        percent, days = self.cash_percent.value, self.cash_days.value
        has_cash = percent is not None or days is not None
        cash = CashDiscount(percent or Decimal(0), int(days or 0)) if has_cash else None
        return replace(
            customer,
            preferred_channel=_channel(self.channel),
            service_channel=_channel(self.service_channel),
            advertising_channel=_channel(self.advertising_channel),
            birthday=self.birthday.value,
            recommended_by=self.recommended_by.text().strip(),
            tags=tuple(tag.strip() for tag in re.split("[,;]", self.tags.text()) if tag.strip()),
            payment_days=None if self.days.value is None else int(self.days.value),
            cash_discount=cash,
            discount_percent=self.discount.value,
        )

    def settle(self) -> bool:
        """Read what was typed; False, with the keyboard there, when something cannot be read."""
        edits: tuple[ForgivingEdit[Any], ...] = (
            self.birthday, self.days, self.discount, self.cash_percent, self.cash_days,
        )  # fmt: skip
        wrong = [edit for edit in edits if not edit.settle()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def say(self, field: str, problem: str) -> bool:
        """What is wrong at one of these fields; False for every other."""
        for name, frame in self.fields.items():
            frame.say(problem if name == field else "")
        if field in self.fields and problem:
            self.fields[field].setFocus()
        return field in self.fields


def _channel(choice: Choice) -> Channel | None:
    return Channel(choice.value) if choice.value else None


_NAMES = (
    "preferred_channel", "service_channel", "advertising_channel", "birthday", "recommended_by", "tags", "payment_days",
    "cash_discount", "discount_percent",
)  # fmt: skip


def _pairs(*fields: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(MEDIUM))
    grid.setVerticalSpacing(px(SMALL))
    for number, field in enumerate(fields):
        grid.addWidget(field, number // 2, number % 2)
    for column in (0, 1):
        grid.setColumnStretch(column, 1)
    return grid


def _birthday(text: str) -> dt.date:
    """A day of the past century: "12.3.70" is 1970, not 2070, and today's weekday is no birthday."""
    found = _BIRTHDAY.fullmatch(text.strip())
    try:
        if found is None:
            return dt.date.fromisoformat(text.strip())
        day, month, year = (int(part) for part in found.groups())
        return dt.date(year if year > 99 else _century(year), month, day)
    except ValueError as error:
        words = N_("Please write the birthday with its year, such as 12.3.1970.")
        raise ShopError(Message(words), "birthday", "customer.birthday") from error


def _century(year: int) -> int:
    return year + (2000 if year < 20 else 1900)
