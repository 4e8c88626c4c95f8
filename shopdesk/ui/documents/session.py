"""One open document: its value, its undo stack, its place in the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.domain.document_kinds import CORRECTIONS, REFERS_TO
from shopdesk.domain.documents import Document, DocumentKind, Line, Recipient
from shopdesk.domain.errors import ChangedElsewhere, ShopError
from shopdesk.ui.documents.history import History

if TYPE_CHECKING:
    import datetime as dt

    from shopdesk.domain.document_rules import Problem
    from shopdesk.domain.messages import Message
    from shopdesk.domain.totals import Totals
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.tax import TaxContext

AUTOSAVE = 600
"""ms after the last edit."""


class EditingSession(QObject):
    """The document being edited. Each edit makes a new value; it is stored on a pause and on leaving.

    `settled` is the value as issuing would freeze it, and all figures on the screen come from it.
    """

    changed = Signal()
    """Another value: show it."""
    saved = Signal()
    """It stands in the database now."""
    refused = Signal(object)
    """A ShopError when saving."""

    def __init__(self, shop: Shop, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from shopdesk.usecases import tax

        self.shop = shop
        self._context: TaxContext = tax.context(shop, document)
        self._history = History(document)
        self._stored: Document | None = document if document.id is not None else None
        self._known: Recipient | None = None
        self.saved_at: dt.datetime | None = None
        self.locked = document.is_issued
        self.in_conflict = False
        self.closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE)
        self._timer.timeout.connect(self.save)
        self.problems: tuple[Problem, ...] = ()
        self.undecided: Message | None = None
        self._settle()

    @property
    def document(self) -> Document:
        """The value of this moment."""
        return self._history.value

    @property
    def context(self) -> TaxContext:
        """What the tax case is decided from, read once."""
        return self._context

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._history.can_undo and not self.locked

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back."""
        return self._history.can_redo and not self.locked

    @property
    def has_fixed_lines(self) -> bool:
        """Whether the lines cannot be changed: a cancellation takes back its invoice as it was."""
        return self.locked or self.document.kind in {DocumentKind.CANCELLATION, DocumentKind.PAYMENT_REMINDER}

    @property
    def has_fixed_customer(self) -> bool:
        """Whether it belongs to the customer of the document that it names."""
        return self.locked or self.document.kind in REFERS_TO

    @property
    def is_empty(self) -> bool:
        """Whether nothing worth keeping was typed."""
        document = self.document
        return document.customer_id is None and not document.lines and document.recipient == Recipient()

    def _settle(self) -> None:
        from shopdesk.domain.totals import totals
        from shopdesk.usecases import tax

        document = self.document
        self.undecided = None
        if document.is_issued:
            self.settled, self.problems = document, ()
        else:
            try:
                self.settled = tax.settled(document, self._context)
            except ShopError as error:
                self.settled, self.undecided = document, error.message
            self.problems = tax.problems(document, self._context)
        self.totals: Totals = totals(self.settled)

    def edit(self, document: Document, key: str = "") -> None:
        """Put another value in place; edits with the same key in a row are one step of undo."""
        if self.locked or document == self.document:
            return
        if document.sending:
            # "issue and send" meant the document as it was
            document = replace(document, sending=False)
        if document.reminder is not None:
            document = self._charged(document)
        self._history.push(document, key)
        self._timer.start()
        self._settle()
        self.changed.emit()

    def _charged(self, document: Document) -> Document:
        """Fees and interest follow the level and the day of a reminder, as issuing would count them."""
        from shopdesk.usecases import payment_claims

        before = self.document
        if document.date == before.date and document.reminder == before.reminder:
            return document
        return payment_claims.charged(self.shop, document)

    def edit_lines(self, change: Callable[[tuple[Line, ...]], tuple[Line, ...]], key: str = "") -> None:
        """Put other lines in place; those of a cancellation stay."""
        if self.has_fixed_lines:
            return
        self.edit(replace(self.document, lines=change(self.document.lines)), key)

    def follow(self, recipient: Recipient) -> None:
        """The customer's data are these now; a mail address typed for this document alone stays."""
        mine = self.document.recipient
        before, self._known = self._known, recipient
        if (
            self.document.kind in CORRECTIONS
        ):  # it is about the bill as it was; only the mail needs today's address
            self.edit(replace(self.document, recipient=replace(mine, email=mine.email or recipient.email)))
            return
        email = mine.email
        if not email or (before is not None and email == before.email):
            email = recipient.email
        self.edit(replace(self.document, recipient=replace(recipient, email=email)), "customer")

    def undo(self) -> None:
        """Take the last edit back."""
        if self.can_undo:
            self._history.undo()
            self._moved()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.can_redo:
            self._history.redo()
            self._moved()

    def _moved(self) -> None:
        self._timer.start()
        self._settle()
        self.changed.emit()

    @property
    def is_dirty(self) -> bool:
        """Whether something is not in the database yet."""
        if self.locked or self.in_conflict:
            return False
        if self._stored is None:
            return not self.is_empty
        return self._as_stored() != self._stored

    def _as_stored(self) -> Document:
        """The value with the identity of the row, which steps of undo do not know."""
        if self._stored is None:
            return self.document
        return replace(self.document, id=self._stored.id, version=self._stored.version)

    @property
    def document_id(self) -> int | None:
        """The row's id, None before the first save."""
        return self._stored.id if self._stored is not None else self.document.id

    @property
    def stored_version(self) -> int:
        """The version of the row as this session knows it."""
        return self._stored.version if self._stored is not None else self.document.version

    def save(self) -> bool:
        """Store what is new; False when it could not be, then `refused` says why."""
        self._timer.stop()
        if not self.is_dirty:
            return not self.in_conflict
        return self._store(self._as_stored())

    def save_for_sending(self, sending: bool) -> bool:
        """Store the draft together with the owner's word that it is to go out (or no longer)."""
        self._timer.stop()
        return self._store(replace(self._as_stored(), sending=sending))

    def _store(self, document: Document) -> bool:
        from shopdesk.usecases import documents

        try:
            self._stored = documents.save_draft(self.shop, document)
        except ShopError as error:
            # never written over: the newer state is loaded when the owner asks for it
            self.in_conflict = isinstance(error, ChangedElsewhere)
            self.refused.emit(error)
            return False
        self.saved_at = self.shop.clock.now()
        self._history.value = self._stored
        self._settle()
        self.saved.emit()
        return True

    def pause(self) -> None:
        """What is typed next is a step of undo of its own."""
        self._history.pause()

    def read_context(self) -> None:
        """What the tax case is decided from has changed in the database: decide anew."""
        from shopdesk.usecases import tax

        self._context = tax.context(self.shop, self._as_stored())
        self._settle()
        self.changed.emit()

    def close(self) -> None:
        """Nothing is stored from here on."""
        self.closed = True
        self._timer.stop()
