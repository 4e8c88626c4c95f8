"""Asks the member state about the customer's VAT id as soon as a bill rests on it, without the owner waiting."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from shopdesk.ui.documents.session import EditingSession

if TYPE_CHECKING:
    from shopdesk.domain.vat_id_checks import VatIdCheck, VatIdQuestion
    from shopdesk.ui.shell.protocol import Shell


class VatIdWatch(QObject):
    """Follows one session; each id is asked about once, on the post lane."""

    def __init__(self, session: EditingSession, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._shell = session, shell
        self._asked: set[str] = set()
        session.changed.connect(self.look)

    def look(self) -> None:
        """Ask if there is something to ask."""
        from shopdesk.usecases import vat_id_checks

        session = self._session
        if session.locked:
            return
        question = vat_id_checks.to_ask(session.shop, session.settled, session.context)
        if question is not None and question.vat_id not in self._asked:
            self._ask(question)

    @property
    def question(self) -> VatIdQuestion | None:
        """What can be asked about the document as it stands; None where no VAT id matters."""
        from shopdesk.domain import vat_id_checks as rules

        session = self._session
        asked = bool(rules.confirmable(session.settled)) and session.shop.vat_ids is not None
        return rules.question(session.settled) if asked else None

    def ask_now(self) -> None:
        """The owner wants to know, whatever was answered before."""
        question = self.question
        if question is not None:
            self._ask(question)

    def _ask(self, question: VatIdQuestion) -> None:
        from shopdesk.usecases import vat_id_checks

        self._asked.add(question.vat_id)
        self._shell.progress(
            self._shell.texts.gettext("Asking about {vat_id} …").format(vat_id=question.vat_id)
        )
        work = partial(vat_id_checks.ask, self._session.shop, question)
        self._shell.run_post(work, self._told, self._broken)

    def _told(self, check: VatIdCheck | None) -> None:
        self._shell.progress("")
        if check is not None and not self._session.closed:
            self._session.read_context()

    def _broken(self, error: Exception) -> None:
        self._shell.progress("")
        self._shell.problem(error)
