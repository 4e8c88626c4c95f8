"""The owner's clear yes before a standing order goes out without another word."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shopdesk.domain.standing_orders import StandingOrder
from shopdesk.i18n import Texts
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.questions import Question


class AskByItself(Question):
    """⏎ says yes; Esc leaves it unsaved, so that the box can be unticked."""

    def __init__(self, value: StandingOrder, texts: Texts, parent: QWidget) -> None:
        gettext = texts.gettext
        words = gettext(
            "On each date the {kind} for {name} gets its number and goes by mail, without being looked at. "
            "An issued document cannot be changed any more. Is that what you want?"
        )
        super().__init__(
            gettext("Send without looking?"),
            words.format(kind=kinds.name(value.kind, texts), name=value.customer_name),
            gettext("Yes, send by itself"),
            texts,
            parent,
        )
