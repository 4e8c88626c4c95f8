"""Reading a draft's mail before it goes, and changing its words for this once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.domain.documents import Document
from shopdesk.domain.errors import ShopError
from shopdesk.i18n import Texts
from shopdesk.ui.documents.paper import mailed_files
from shopdesk.ui.documents.sending import Sending
from shopdesk.ui.documents.session import EditingSession

if TYPE_CHECKING:
    from shopdesk.domain.mail_templates import MailTemplate
    from shopdesk.usecases.mail_texts import ComposedMail
    from shopdesk.usecases.shop import Shop


class MailTextActions(QObject):
    """Opens the mail's view; the words themselves are kept by `Sending` until the mail goes."""

    changed = Signal()
    """The mail has other words now."""
    no_address = Signal(str)
    """There is no mail to show, in words."""

    def __init__(self, shop: Shop, texts: Texts, sending: Sending, parent: QWidget) -> None:
        super().__init__(parent)
        self._shop, self._texts, self._sending, self._window = shop, texts, sending, parent

    def own(self, session: EditingSession) -> MailTemplate | None:
        """The owner's words for this mail, None for the shop's text."""
        return self._sending.own_text(_draft(session))

    def show(self, session: EditingSession) -> None:
        """Show the mail; of a draft the words can be changed."""
        from shopdesk.ui.documents.mail_view import MailView
        from shopdesk.usecases import mail_texts

        session.save()  # the words are kept for a draft that has a row
        own = self.own(session)
        try:
            mail = mail_texts.preview(self._shop, session.settled, own)
        except ShopError as error:
            self.no_address.emit(self._texts.say(error.message))
            return
        view = MailView(mail, mailed_files(session.document, self._texts), self._texts, self._window)
        if not session.locked:
            view.offer_change(lambda: self._begin(session), lambda text: self._take(session, text), own)
        view.open()

    def _begin(self, session: EditingSession) -> MailTemplate:
        from shopdesk.usecases import mail_text_once

        return self.own(session) or mail_text_once.text_to_change(self._shop, session.settled)

    def _take(self, session: EditingSession, template: MailTemplate | None) -> ComposedMail:
        from shopdesk.usecases import mail_texts

        mail = mail_texts.preview(self._shop, session.settled, template)
        self._sending.keep_text(_draft(session), template)
        self.changed.emit()
        return mail


def _draft(session: EditingSession) -> Document:
    """The document under the id of its row, which steps of undo do not know."""
    return replace(session.document, id=session.document_id)
