"""Deposits that a final invoice does not deduct yet, each one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.ui.documents.session import EditingSession

if TYPE_CHECKING:
    from shopdesk.domain.documents import DocumentSummary
    from shopdesk.ui.shell.protocol import Shell


class DepositOffers:
    """Read when the customer is known, not with every key that is typed."""

    def __init__(self, session: EditingSession, window: Shell) -> None:
        self._session, self._shell = session, window
        self._open: tuple[DocumentSummary, ...] = ()

    def read(self) -> None:
        """The customer's deposits as they are now."""
        from shopdesk.usecases import deposits

        session = self._session
        self._open = () if session.locked else deposits.open_deposits(session.shop, session.document)

    def chips(self) -> tuple[tuple[DocumentSummary, str], ...]:
        """Each deposit that is not deducted, with what its button says."""
        named = set(self._session.document.numbers)
        texts = self._shell.texts
        words = texts.gettext("− Deposit {number} {sum}")
        return tuple(
            (row, words.format(number=row.number, sum=texts.money(row.gross)))
            for row in self._open
            if row.number not in named
        )

    def deduct(self, deposit: DocumentSummary) -> None:
        """Deduct it; Ctrl+Z takes it out again."""
        from shopdesk.usecases import deposits

        session = self._session
        try:
            session.edit(deposits.deducting(session.shop, session.document, deposit))
        except ShopError as error:
            self._shell.problem(error)
