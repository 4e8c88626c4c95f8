"""Whether and how this customer may be contacted: one sentence, chips, one key to note what was said (S27)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from shopdesk.domain.consents import (
    CALL_BACK,
    CHANNEL_NAMES,
    PURPOSE_NAMES,
    SOURCES,
    Channel,
    Consent,
    ConsentRefused,
    Purpose,
    allowed_channels,
)
from shopdesk.domain.errors import ShopError
from shopdesk.i18n import Texts
from shopdesk.ui.customers.consent_line import ConsentLine, channel_words
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.chips import Chip, ChipButton, ChipRow
from shopdesk.ui.widgets.labels import Muted, plain_tip
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import consents, follow_ups

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class ConsentsCard(Card):
    """What stands is green and withdrawn with a click; what was forbidden is told, too."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("May be contacted"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._customer_id = 0
        self._used: Mapping[int, dt.date] = {}
        gettext = self._texts.gettext
        self.words = Muted("", wrap=True)
        self.used = Muted("", wrap=True)
        self.chips = ChipRow()
        self.call_back = ChipButton(gettext("May I call again? Yes"), self.note_call_back, icon_name="phone")
        self.more = GhostButton(
            gettext("Consent …"), self.ask, icon_name="plus", key=shortcut("consent").shown()
        )
        self.line = ConsentLine(self._texts, shop.clock.today)
        self.line.noted.connect(self._note)
        self.body.addWidget(self.words)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.used)
        for button in (self.call_back, self.more):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.line)

    def show_customer(self, customer_id: int) -> None:
        """Replace what is shown; an answer half noted stays with its customer only."""
        if customer_id != self._customer_id:
            self.line.hide()
        self._customer_id = customer_id
        today = self._shop.clock.today()
        values = consents.of_customer(self._shop, customer_id)
        self._used = consents.last_used(self._shop, customer_id)
        self.words.setText(allowed_words(self._texts, values, today))
        self.used.setText(self._all_used(values))
        show_if(self.used, bool(self.used.text()))
        newest = {(each.channel, each.purpose): each for each in values}
        self.chips.show_chips([self._chip(each, today) for each in newest.values()])
        by_phone = newest.get((Channel.PHONE, Purpose.SATISFACTION))
        show_if(self.call_back, by_phone is None)  # who said no or yes is not asked once more

    def _all_used(self, values: tuple[Consent, ...]) -> str:
        """When each consent was made use of last."""
        used = [
            (each, self._used[each.id]) for each in values if each.id is not None and each.id in self._used
        ]
        words = self._texts.gettext("{channel} last used on {date}")
        return " · ".join(
            words.format(channel=self._texts.gettext(CHANNEL_NAMES[each.channel]), date=self._texts.date(day))
            for each, day in used
        )

    def _chip(self, value: Consent, today: dt.date) -> QWidget:
        gettext = self._texts.gettext
        name = gettext(CHANNEL_NAMES[value.channel])
        if value.is_in_force(today):
            words = gettext("{channel}: {purpose}").format(
                channel=name, purpose=gettext(PURPOSE_NAMES[value.purpose])
            )
            chip: QWidget = ChipButton(words, partial(self._ask_withdrawal, value), "ok", icon_name="check")
        else:
            words = gettext("{channel}: not for {purpose}")
            chip = Chip(words.format(channel=name, purpose=gettext(PURPOSE_NAMES[value.purpose])), "bad")
        proof = proof_words(self._texts, value, self._used.get(value.id or 0))
        chip.setToolTip(plain_tip(proof))
        chip.setAccessibleDescription(proof)
        return chip

    # What is said

    def ask(self) -> None:
        """Open the fields for an answer."""
        self.line.ask()

    def note_call_back(self) -> None:
        """The one question during the call, answered with yes."""
        text = self._texts.gettext(CALL_BACK)
        today = self._shop.clock.today()
        value = Consent(
            self._customer_id, Channel.PHONE, Purpose.SATISFACTION, text, given_on=today, source="phone"
        )
        what = self._texts.gettext("Is all well? Ask, as agreed on the phone")
        try:
            undo = follow_ups.ask_in_three_weeks(self._shop, value, what)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._done(self._texts.gettext("Noted, and the call in three weeks, too."), undo)

    def _note(self, value: Consent) -> None:
        try:
            _, undo = consents.note(self._shop, replace(value, customer_id=self._customer_id))
        except ConsentRefused as error:
            self.line.say(error.field, self._texts.say(error.message))
            return
        except ShopError as error:
            self._shell.problem(error)
            return
        self.close_line()
        self._done(self._texts.gettext("Noted, with day and source."), undo)

    def close_line(self) -> bool:
        """Put the fields away; False when they were not open."""
        was_open = not self.line.isHidden()
        self.line.hide()
        if was_open:
            self.more.setFocus()
        return was_open

    def withdrawal_menu(self, value: Consent) -> QMenu:
        """How the customer said that it ends."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for source, name in SOURCES.items():
            words = self._texts.gettext("Withdrawn {source}").format(source=self._texts.gettext(name))
            menu.addAction(words).triggered.connect(partial(self._withdraw, value, source))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _ask_withdrawal(self, value: Consent) -> None:
        chip = self.sender()
        place = (
            chip.mapToGlobal(QPoint(0, chip.height()))
            if isinstance(chip, QWidget)
            else self.mapToGlobal(QPoint())
        )
        self.withdrawal_menu(value).popup(place)

    def _withdraw(self, value: Consent, source: str) -> None:
        try:
            _, undo = consents.withdraw(self._shop, value, source)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._done(self._texts.gettext("Withdrawn today. The proof stays."), undo)

    def _done(self, words: str, undo: Undo) -> None:
        self.show_customer(self._customer_id)
        self._shell.toast(words, lambda: self._take_back(undo))

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)
        self.show_customer(self._customer_id)


def allowed_words(texts: Texts, values: tuple[Consent, ...], today: dt.date) -> str:
    """What is allowed, in one sentence."""
    gettext = texts.gettext
    offers, asking = (
        ", ".join(channel_words(texts, channel) for channel in allowed_channels(values, purpose, today))
        for purpose in Purpose
    )
    if not offers and not asking:
        return gettext("Neither offers nor questions: only what belongs to an order.")
    if offers == asking:
        return gettext("Offers and satisfaction questions only by: {channels}.").format(channels=offers)
    if not offers:
        return gettext("No offers; satisfaction questions only by: {asking}.").format(asking=asking)
    if not asking:
        return gettext("Offers only by: {offers}; no satisfaction questions.").format(offers=offers)
    words = gettext("Offers only by: {offers}; satisfaction questions only by: {asking}.")
    return words.format(offers=offers, asking=asking)


def proof_words(texts: Texts, value: Consent, last_used: dt.date | None = None) -> str:
    """Text, days, sources, who noted it and when it was made use of last."""
    gettext = texts.gettext
    parts = [f"“{value.text}”" if value.text else ""]
    for words, day, source in (
        (gettext("allowed on {date} {source}"), value.given_on, value.source),
        (gettext("said no on {date} {source}"), value.withdrawn_on, value.withdrawn_source),
    ):
        if day is not None:
            how = gettext(SOURCES[source]) if source in SOURCES else source
            parts.append(words.format(date=texts.date(day), source=how).strip())
    parts.append(gettext("noted by {who}").format(who=value.who) if value.who else "")
    parts.append(used_words(texts, last_used))
    return "\n".join(part for part in parts if part)


def used_words(texts: Texts, day: dt.date | None) -> str:
    """When a consent was made use of last; from then on it is kept for five years (§ 7a UWG)."""
    return texts.gettext("last used on {date}").format(date=texts.date(day)) if day else ""
