"""Can I ship this? The answer beside a document: parcels, services, prices, questions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.packed_texts import PackedText
from shopdesk.domain.parcels import ParcelPlan, PlannedParcel, Question, preferring
from shopdesk.ui.parcels import words
from shopdesk.ui.parcels.customs_box import CustomsBox
from shopdesk.ui.parcels.parcel_card import ParcelCard
from shopdesk.ui.parcels.question import QuestionBox
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton, IconButton
from shopdesk.ui.widgets.cards import Card, ScrollPage
from shopdesk.ui.widgets.chips import Chip, ChipButton, ChipRow
from shopdesk.ui.widgets.labels import Heading, Strong
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.domain.documents import Document
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.customs import Undeclared
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class ParcelPanel(ScrollPage):
    """Shows the plan of a document and keeps what the owner answers."""

    closed = Signal()
    changed_outside = Signal()
    """Something that the plan rests on was stored: plan again."""
    postage_wanted = Signal()
    packaging_wanted = Signal()

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        gettext = self._texts.gettext
        self.plan: ParcelPlan | None = None
        self._preferred = ""
        self._shown: tuple[ParcelPlan, str] | None = None
        self._document: Document | None = None
        self.title, self.answer = Heading(""), Strong("", wrap=True)
        self.close_button = IconButton(gettext("Close"), "x", self.closed.emit)
        self.verdict = Chip("")
        self.tracked = QCheckBox(gettext("Only with a tracking number"))
        self.tracked.toggled.connect(self._set_tracked)
        self.adding = ChipRow()
        self.table = GhostButton(
            gettext("Table of services"), lambda: shell.open_page("shipping_services"), icon_name="truck"
        )
        self.parts: list[QWidget] = []
        self.cards: list[ParcelCard] = []
        self.questions: list[QuestionBox] = []
        self.customs: list[CustomsBox] = []
        self._place()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self.body.setSpacing(px(SMALL))
        self.body.addLayout(head)
        self.body.addWidget(self.answer)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.adding)
        foot = QHBoxLayout()
        foot.addWidget(self.tracked, 1)
        foot.addWidget(self.table)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def show_document(self, document: Document, *, adds: bool, packaging: str) -> None:
        """Plan the document as it stands. `adds`: lines may be added; `packaging`: what the other button offers."""
        from shopdesk.usecases import customs, parcels

        self._document = document
        plan = preferring(parcels.plan(self._shop, document), self._preferred)
        declared = customs.unknown(self._shop, document)
        key = f"{adds} {packaging} {declared}"
        if (plan, key) == self._shown:
            return
        had_keyboard = self.has_keyboard()
        self._shown, self.plan = (plan, key), plan
        country = self._texts.country(plan.country)
        self.title.setText(self._texts.gettext("Shipping to {country}").format(country=country))
        with QSignalBlocker(self.tracked):
            self.tracked.setChecked(parcels.settings(self._shop).tracked_only)
        self._say(plan)
        self._show_parts(plan, declared)
        self._show_adding(plan, adds=adds, packaging=packaging)
        if had_keyboard:
            self.focus_first()

    def has_keyboard(self) -> bool:
        """Whether one of its fields is being used."""
        focused = QApplication.focusWidget()
        return focused is not None and self.inner.isAncestorOf(focused)

    def focus_first(self) -> None:
        """The first thing that is asked, else what can be added."""
        waiting: list[QWidget] = [
            *self.questions,
            *(row.amount for card in self.cards for row in card.prices),
        ]
        chips = self.adding.findChildren(ChipButton)
        (waiting or chips or [self.table])[0].setFocus()

    def _say(self, plan: ParcelPlan) -> None:
        gettext = self._texts.gettext
        self.answer.setText(words.summary(plan, self._texts))
        if not plan.pieces and not plan.questions:
            self.answer.setText(gettext("There are no goods on the document yet."))
            self.verdict.tell("", "info")
        elif plan.questions:
            self.verdict.tell(gettext("Weight or packed size is missing."), "info")
        elif plan.is_too_much or not plan.is_complete:
            self.verdict.tell(gettext("Not as it is: see below what is possible."), "bad")
        elif not plan.by_parcel:
            self.verdict.tell(gettext("Not as a parcel: see below what is possible."), "warn")
        elif plan.doubtful:
            self.verdict.tell(gettext("Yes. The price must be looked up first."), "warn")
        else:
            self.verdict.tell(gettext("Yes, it can be shipped."), "ok")

    def _show_parts(self, plan: ParcelPlan, declared: tuple[Undeclared, ...]) -> None:
        for part in self.parts:
            self.body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.questions = [self._question(question) for question in plan.questions]
        self.customs = [self._customs(each) for each in declared]
        boxes = [Card(box) for box in (*self.questions, *self.customs)]
        self.cards = self._cards(plan)
        asked = len(self.questions)
        self.parts = [*boxes[:asked], *self.cards, *boxes[asked:]]
        for place, part in enumerate(self.parts):
            self.body.insertWidget(4 + place, part)

    def _question(self, question: Question) -> QuestionBox:
        box = QuestionBox(question, self._texts)
        box.answered.connect(lambda asked, value: self._answered(asked.line, value))
        return box

    def _customs(self, asked: Undeclared) -> CustomsBox:
        assert self._document is not None
        currency = self._document.currency if asked.lacks_value else ""
        name = self._document.lines[asked.place].text
        box = CustomsBox(asked.place, name, asked.known, self._texts, currency)
        box.answered.connect(self._answered)
        return box

    def _cards(self, plan: ParcelPlan) -> list[ParcelCard]:
        """A price is asked once, however many parcels it is for: with the surcharge or without."""
        asked: set[tuple[str, bool]] = set()
        cards = []
        for entry, count in grouped(plan.parcels):
            key = (entry.fit.service.code, entry.fit.bulky is not None) if entry.fit else ("", False)
            card = ParcelCard(entry, count, plan, self._texts, asks=key not in asked)
            asked.add(key)
            card.price_confirmed.connect(self._confirmed)
            card.service_chosen.connect(self._choose)
            cards.append(card)
        return cards

    def _show_adding(self, plan: ParcelPlan, *, adds: bool, packaging: str) -> None:
        gettext = self._texts.gettext
        chips: list[QWidget] = []
        if adds and plan.by_parcel:
            price = plan.ready_price
            postage = gettext("Postage")
            label = f"+ {postage} {words.amount(price, self._texts)}"
            chips.append(
                ChipButton(
                    label,
                    self.postage_wanted.emit,
                    "info" if price is not None else "warn",
                    key=shortcut("add_postage").shown(),
                )
            )
        if adds and packaging:
            chips.append(
                ChipButton(packaging, self.packaging_wanted.emit, key=shortcut("add_packaging").shown())
            )
        self.adding.show_chips(chips)
        show_if(self.adding, bool(chips))

    # What the owner answers

    def _answered(self, place: int, value: PackedText) -> None:
        from shopdesk.usecases import parcels

        assert self._document is not None
        line = self._document.lines[place]
        self._do(lambda: parcels.answer(self._shop, line, value), self._texts.gettext("Remembered."))

    def _confirmed(self, code: str, amount: Decimal, surcharge: bool) -> None:
        from shopdesk.usecases import shipping_services

        self._do(
            lambda: shipping_services.confirm_price(self._shop, code, amount, surcharge=surcharge),
            self._texts.gettext("Price kept until the end of the year."),
        )

    def _choose(self, code: str) -> None:
        self._preferred = code
        self._plan_later()

    def _do(self, act: Callable[[], Undo], told: str) -> None:
        try:
            undo = act()
        except ShopError as error:
            self._shell.problem(error)
            return
        self._shell.toast(told, lambda: self._take_back(undo))
        self._plan_later()

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)
        self._plan_later()

    def _set_tracked(self, wanted: bool) -> None:
        from shopdesk.usecases import parcels

        parcels.save_settings(self._shop, parcels.ParcelSettings(tracked_only=wanted))
        self._plan_later()

    def _plan_later(self) -> None:
        """The widget that was pressed is thrown away by it, so it comes to its end first."""
        QTimer.singleShot(0, self, self.changed_outside.emit)


def grouped(parcels: tuple[PlannedParcel, ...]) -> list[tuple[PlannedParcel, int]]:
    """Equal parcels once, with their number."""

    def key(entry: PlannedParcel) -> tuple[object, ...]:
        return (entry.parcel.outside, entry.parcel.counts, entry.fit)

    return [(entries[0], len(entries)) for entries in (list(same) for _, same in groupby(parcels, key))]
