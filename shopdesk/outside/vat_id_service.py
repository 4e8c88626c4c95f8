"""Asks the member states whether a VAT id is valid: BZSt for a German shop, else VIES.

No answer is never a no: what could not be asked comes back as `unavailable` with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shopdesk.domain.vat_id_checks import VatIdAnswer, VatIdQuestion

VIES = "https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number"
EVATR = "https://api.evatr.vies.bzst.de/app/v1/abfrage"
STEP_SECONDS = 8.0
WHOLE_SECONDS = 15.0


class VatIdService(Protocol):
    """What can confirm a VAT id."""

    def ask(self, question: VatIdQuestion) -> VatIdAnswer:
        """Ask and wait for the answer, at most some seconds; never raises for what the network does."""
        ...


class OnlineVatIdService:
    """The official services. `step_seconds` bounds each wait for the line, `whole_seconds` one service's answer.

    The protocol is imported with the first question: urllib and ssl must not stand before the first paint.
    """

    def __init__(
        self,
        vies: str = VIES,
        evatr: str = EVATR,
        ca_file: str = "",
        step_seconds: float = STEP_SECONDS,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._vies, self._evatr, self._ca_file = vies, evatr, ca_file
        self._seconds = (step_seconds, whole_seconds)

    def ask(self, question: VatIdQuestion) -> VatIdAnswer:
        from shopdesk.domain.vat_id_checks import CheckResult
        from shopdesk.outside import vat_id_http

        line = vat_id_http.Line(self._ca_file, *self._seconds)
        if question.requester.startswith("DE"):
            # only the BZSt's word protects a German seller (§ 18e UStG)
            answer = vat_id_http.ask_evatr(line, self._evatr, question)
            if answer.result != CheckResult.UNAVAILABLE:
                return answer
        return vat_id_http.ask_vies(line, self._vies, question)
