"""A VAT id service without a network: answers what it was given. For tests."""

from __future__ import annotations

from shopdesk.domain.vat_id_checks import CheckResult, VatIdAnswer, VatIdQuestion


class FakeVatIdService:
    """Answers by VAT id; `asked` keeps the questions."""

    def __init__(self, **answers: VatIdAnswer) -> None:
        self.answers = answers
        self.asked: list[VatIdQuestion] = []

    def ask(self, question: VatIdQuestion) -> VatIdAnswer:
        self.asked.append(question)
        return self.answers.get(question.vat_id, VatIdAnswer(CheckResult.UNAVAILABLE, reason="fake"))
