"""Where a document stands, in one word with its colour."""

from __future__ import annotations

import datetime as dt

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import DocumentKind, DocumentState, DocumentSummary, Fate
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import N_
from shopdesk.domain.payments import BillAccount
from shopdesk.i18n import Texts
from shopdesk.ui.documents.send_bar import CHIPS
from shopdesk.ui.payments import words as paid_words
from shopdesk.ui.widgets.chips import ChipKind

FATES: dict[Fate, tuple[str, ChipKind]] = {
    Fate.ACCEPTED: (N_("accepted"), "ok"),
    Fate.BILLED: (N_("billed"), "ok"),
    Fate.DEDUCTED: (N_("deducted"), "ok"),
    Fate.CORRECTED: (N_("corrected"), "warn"),
    Fate.CANCELLED: (N_("was cancelled"), "bad"),
    Fate.REPLACED: (N_("written anew"), "ok"),
}
_NEED_A_LOOK = frozenset(
    {MailState.QUEUED, MailState.SENDING, MailState.FAILED, MailState.UNCLEAR, MailState.HANDED_OVER}
)


def state_chip(
    summary: DocumentSummary, texts: Texts, today: dt.date, account: BillAccount | None = None
) -> tuple[str, ChipKind]:
    """The word that matters most: draft, a mail that needs a look, how it is paid, what became of it, how it went.

    `account` is how a bill stands, where payments are followed.
    """
    from shopdesk.domain.outbox import state_name

    gettext = texts.gettext
    if summary.state == DocumentState.DRAFT:
        return gettext("Draft"), "info"
    mail = MailState(summary.mail_state) if summary.mail_state else None
    if mail is not None and mail in _NEED_A_LOOK:
        return texts.say(state_name(mail)), CHIPS[mail]
    if account is not None and not account.is_cancelled:
        return paid_words.chip(account, texts, today)
    if summary.fate:
        words, look = FATES[summary.fate]
        return gettext(words), look
    if summary.kind == DocumentKind.QUOTE:
        expired = summary.due is not None and summary.due < today
        return (gettext("expired"), "warn") if expired else (gettext("open"), "info")
    if summary.kind in BILLS and summary.payable is not None and summary.payable.minor <= 0:
        return gettext("paid"), "ok"
    if mail is not None:
        return texts.say(state_name(mail)), CHIPS[mail]
    return gettext("not mailed"), "info"
