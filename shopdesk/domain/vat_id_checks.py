"""The online confirmation of a VAT id: what was asked, what the member state said, and for which bills it counts.

§ 6a (1) No. 4 UStG: the buyer's id must be valid when the goods are supplied; only a confirmation of that day protects
the seller (§ 6a (4), § 18e UStG).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import Document
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.problems import Problem
from shopdesk.domain.tax_rules import BETWEEN_BUSINESSES, line_cases
from shopdesk.domain.vat_ids import vat_id_compact, vat_id_is_valid, vat_prefix

UNCONFIRMED = "vat-id-unconfirmed"


class CheckResult(StrEnum):
    """What the member state said; unavailable is no answer at all, never a no."""

    VALID = "valid"
    INVALID = "invalid"
    UNAVAILABLE = "unavailable"


class CheckService(StrEnum):
    """Who was asked."""

    VIES = "vies"
    EVATR = "evatr"


@dataclass(frozen=True, slots=True)
class VatIdQuestion:
    """What is asked: the buyer's id, by whom; name and place are compared where the service does so."""

    vat_id: str
    requester: str = ""
    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class VatIdAnswer:
    """What came back, as told. `reason` is the service's own code, `matches` its letters for name and address."""

    result: CheckResult
    service: CheckService = CheckService.VIES
    reason: str = ""
    name: str = ""
    address: str = ""
    matches: Mapping[str, str] = field(default_factory=dict)
    request_identifier: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class VatIdCheck:
    """A question with its answer as stored; `day` is the shop's own."""

    vat_id: str
    requester: str
    at: dt.datetime
    day: dt.date
    answer: VatIdAnswer
    id: int | None = None


Checks = Mapping[str, VatIdCheck]
"""The newest answer of one day by compact VAT id; an answer comes before none."""


def confirmable(document: Document) -> str:
    """The compact VAT id that a member state must confirm for this settled bill; empty where none need be.

    § 13b between two businesses at home needs no confirmation: nothing is free of tax because of the id.
    """
    vat_id = vat_id_compact(document.recipient.vat_id)
    home = vat_prefix(document.seller.address.country)
    if document.kind not in BILLS or not line_cases(document) & BETWEEN_BUSINESSES:
        return ""
    return vat_id if vat_id_is_valid(vat_id) and not vat_id.startswith(home) else ""


def question(document: Document) -> VatIdQuestion:
    """What is asked about the buyer of this document."""
    buyer = document.recipient
    return VatIdQuestion(
        vat_id_compact(buyer.vat_id),
        vat_id_compact(document.seller.vat_id),
        buyer.name,
        next(iter(buyer.address.lines), ""),
        buyer.address.postal_code,
        buyer.address.city,
    )


def refused(vat_id: str, checks: Checks) -> bool:
    """Whether the member state said today that the id is none."""
    check = checks.get(vat_id_compact(vat_id))
    return check is not None and check.answer.result == CheckResult.INVALID


def confirmed(vat_id: str, checks: Checks) -> bool:
    """Whether today's answer is yes."""
    check = checks.get(vat_id_compact(vat_id))
    return check is not None and check.answer.result == CheckResult.VALID


def problems(document: Document, checks: Checks) -> Iterator[Problem]:
    """The warning about a bill whose buyer's VAT id has no confirmation of that day."""
    vat_id = confirmable(document)
    if not vat_id or confirmed(vat_id, checks):
        return
    check = checks.get(vat_id)
    text = N_(
        "{vat_id} has not been confirmed today. Without it the tax office may ask you for the VAT (§ 6a UStG)."
    )
    if check is not None and check.answer.result == CheckResult.INVALID:
        text = N_(
            "{vat_id} is not valid today, says the member state. Without a valid one you owe the VAT (§ 6a UStG)."
        )
    elif check is not None:
        text = N_("{vat_id} could not be confirmed: the member state does not answer at present.")
    yield Problem(UNCONFIRMED, "customer.vat_id", Message(text, {"vat_id": vat_id}), is_warning=True)


def needs_reason(document: Document, found: tuple[Problem, ...]) -> bool:
    """Whether the owner should say why it is issued without a confirmation."""
    return any(problem.code == UNCONFIRMED for problem in found) and not document.vat_id_reason.strip()


def differs(check: VatIdCheck) -> bool:
    """Whether the member state knows another name or place for the id (the BZSt's letter B)."""
    return "B" in check.answer.matches.values()


class VatIdReasonMissing(ShopError):
    """One of many drafts rests on a VAT id that nobody confirmed today; it is issued on its own, with a reason."""

    code = UNCONFIRMED

    def __init__(self, vat_id: str) -> None:
        text = N_(
            "{vat_id} has not been confirmed today: please open the draft and say why it is right all the same."
        )
        super().__init__(Message(text, {"vat_id": vat_id}), field="vat_id_reason")


def summary(check: VatIdCheck) -> Message:
    """The answer in one plain sentence."""
    values: dict[str, object] = {"vat_id": check.vat_id, "day": check.day, "name": check.answer.name or "–"}
    if check.answer.result == CheckResult.VALID:
        named = N_("{vat_id} confirmed on {day}: {name}")
        return Message(named if check.answer.name else N_("{vat_id} confirmed on {day}"), values)
    if check.answer.result == CheckResult.INVALID:
        return Message(N_("{vat_id} was not valid on {day}"), values)
    return Message(N_("{vat_id}: no answer on {day}"), values)
