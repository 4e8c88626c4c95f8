"""The outbox: every mail goes out once, or the owner is asked (RELIABILITY.md, P8).

queued → sending (committed) → the post takes it, with no transaction open → sent, failed or unclear (committed).
What was being sent when the program died is unclear and never sent again by itself.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.mail import (
    OPEN_STATES,
    MailAccount,
    Mailbox,
    MailPostponed,
    MailProblem,
    MailRefused,
    MailState,
    MailUnclear,
    OutgoingMail,
)
from shopdesk.domain.outbox import (
    CANCEL_FROM,
    HAND_OVER_FROM,
    HOLD,
    MARK_SENT_FROM,
    NO_ACCOUNT,
    PASSWORD_NEEDED,
    RETRY_FROM,
    STOPPED,
    NewMail,
    NotInThisState,
    OutboxEntry,
    Reason,
)
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.usecases import contacts, inquiries, mail_settings, quote_follow_ups
from shopdesk.usecases.mail_settings import PasswordNeeded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.mail_templates import MailTemplate
    from shopdesk.usecases.mail_texts import ComposedMail
    from shopdesk.usecases.shop import Shop

# a mail that was called unclear by another program's start may turn out to have gone after all
_WHILE_SENDING = frozenset({MailState.SENDING, MailState.UNCLEAR})


def queue(
    connection: Connection,
    shop: Shop,
    composed: ComposedMail,
    references: tuple[str, ...] = (),
    *,
    can_be_taken_back: bool = False,
) -> int:
    """Put the mail into the outbox, complete to the last byte, in the transaction of the act it belongs to.

    `references` are the mails of the conversation that it answers, oldest first. One that `can_be_taken_back` is left
    alone by `send_next` for some seconds; then it goes by itself, or earlier by `send`.
    """
    from shopdesk.output.email.mime import mime_bytes
    from shopdesk.store import outbox

    message_id = _message_id(composed.sender.address)
    mail = OutgoingMail(
        message_id,
        composed.sender,
        (composed.recipient,),
        composed.subject,
        composed.body,
        composed.attachments,
        references,
    )
    now = shop.clock.now()
    entry = NewMail(
        message_id=message_id,
        recipient=composed.recipient.address,
        subject=composed.subject,
        body=composed.body,
        message=mime_bytes(mail, now),
        sender=composed.sender.address,
        purpose=composed.purpose,
        attachments=composed.files,
        document_id=composed.document_id,
        customer_id=composed.customer_id,
        not_before=now + HOLD if can_be_taken_back else None,
    )
    return outbox.add(connection, entry, now, None if mail_settings.account_in(connection) else NO_ACCOUNT)


def _message_id(sender: str) -> str:
    """Never drawn again: a mail that is sent a second time by hand is known to be the same one (RFC 5322, 3.6.4)."""
    return f"<{uuid.uuid4().hex}@{sender.rpartition('@')[2] or 'shopdesk.invalid'}>"


def queue_document(
    shop: Shop, document_id: int, template: MailTemplate | None = None, address: str = ""
) -> int:
    """Mail an issued document (once more), with the owner's text for this once or to another address; the mail's id.

    Raises NoEmailAddress, WrongAddress, GapIsEmpty, TemplateProblem.
    """
    with shop.writing() as connection:
        return _queue_document(connection, shop, document_id, template, address)


def _queue_document(
    connection: Connection, shop: Shop, document_id: int, template: MailTemplate | None, address: str
) -> int:
    from shopdesk.store import documents
    from shopdesk.usecases import mail_texts

    document = documents.load(connection, document_id)
    if address:
        document = replace(document, recipient=replace(document.recipient, email=address))
    return queue(connection, shop, mail_texts.compose_in(connection, document, template))


def readdress(shop: Shop, mail_id: int, address: str) -> OutboxEntry:
    """Call a document's mail back and queue it to the right address, as a mail of its own; gives the new one."""
    from shopdesk.store import outbox

    with shop.writing() as connection:
        old = outbox.load(connection, mail_id)
        if old.document_id is None:
            raise NotInThisState(old)
        _move(connection, shop, old, CANCEL_FROM, MailState.CANCELLED)
        return outbox.load(connection, _queue_document(connection, shop, old.document_id, None, address))


def send(shop: Shop, mail_id: int) -> OutboxEntry:
    """Send one queued mail and say what became of it; call it where the network may take its time.

    Without an account or password the mail stays queued with its reason. A mail that is not waiting (any more) is
    left alone and given back as it stands: another window or the minute's round may have been faster.
    """
    account = mail_settings.account(shop)
    if account is None:
        return _waiting(shop, mail_id, NO_ACCOUNT)
    try:
        password = mail_settings.password_for(shop, account)
    except PasswordNeeded:
        return _waiting(shop, mail_id, PASSWORD_NEEDED)
    except MailProblem as problem:  # Microsoft gives no token
        return _waiting(shop, mail_id, Reason(problem.code, problem.message))
    claim = _claim(shop, mail_id, account)
    if claim is None:
        return entry(shop, mail_id)
    claimed, message = claim
    outcome: tuple[MailState, Reason | None] = (MailState.UNCLEAR, STOPPED)
    try:
        outcome = _deliver(shop, claimed, message, account, password)
    finally:
        # also when a bug broke the delivery: nobody knows then whether it went
        _finish(shop, claimed, *outcome)
    return entry(shop, mail_id)


def _waiting(shop: Shop, mail_id: int, reason: Reason) -> OutboxEntry:
    from shopdesk.store import outbox

    with shop.writing() as connection:
        outbox.set_reason(connection, reason)
        return outbox.load(connection, mail_id)


def _claim(shop: Shop, mail_id: int, account: MailAccount) -> tuple[OutboxEntry, bytes] | None:
    """Commit that the mail is being sent, before the first byte leaves."""
    from shopdesk.output.email.mime import sent_anew
    from shopdesk.store import outbox

    now = shop.clock.now()
    sender = Mailbox(account.sender_address, account.sender_name)
    with shop.writing() as connection:
        message = sent_anew(outbox.message(connection, mail_id), sender, now)
        if not outbox.begin_sending(connection, mail_id, sender.address, message, now):
            return None
        return outbox.load(connection, mail_id), message


def _deliver(
    shop: Shop, claimed: OutboxEntry, message: bytes, account: MailAccount, password: str
) -> tuple[MailState, Reason | None]:
    try:
        shop.post.deliver(message, account.sender_address, (claimed.recipient,), account, password)
    except MailUnclear as problem:
        return MailState.UNCLEAR, Reason(problem.code, problem.message)
    except (MailRefused, MailPostponed) as problem:
        return MailState.FAILED, Reason(problem.code, problem.message)
    return MailState.SENT, None


def _finish(shop: Shop, claimed: OutboxEntry, state: MailState, reason: Reason | None) -> None:
    with shop.writing() as connection:
        _move(connection, shop, claimed, _WHILE_SENDING, state, reason)


def _move(
    connection: Connection,
    shop: Shop,
    mail: OutboxEntry,
    origins: Collection[MailState],
    state: MailState,
    reason: Reason | None = None,
) -> None:
    """Change the state, journalled; what went stands on the customer's timeline. Raises NotInThisState."""
    from shopdesk.store import outbox

    now = shop.clock.now()
    if not outbox.move(connection, mail.id, origins, state, now, reason):
        raise NotInThisState(outbox.load(connection, mail.id))
    old, new = {"state": mail.state.value}, {"state": state.value, "reason": reason.code if reason else ""}
    shop.record(connection, "mail", "outbox", mail.id, old, new)
    if state == MailState.SENT:
        entry_id = _note_on_timeline(connection, shop, mail) if mail.customer_id is not None else None
        inquiries.mail_sent(shop, connection, mail, entry_id)
        contacts.made(connection, shop, mail.customer_id, EntryKind.EMAIL, now)
        quote_follow_ups.mail_sent(connection, shop, mail)


def _note_on_timeline(connection: Connection, shop: Shop, mail: OutboxEntry) -> int:
    from shopdesk.store import timeline

    assert mail.customer_id is not None
    entry = TimelineEntry(
        mail.customer_id, EntryKind.EMAIL, shop.clock.now(), title=mail.subject,
        direction=Direction.OUT, document_id=mail.document_id,
    )  # fmt: skip
    return timeline.add(connection, entry)


def send_next(shop: Shop) -> OutboxEntry | None:
    """Send the oldest waiting mail, or one that was postponed and has waited long enough; None when there is none.

    Call it again until it gives None. Without account or password nothing is tried and every mail says why.
    """
    from shopdesk.store import outbox

    with shop.reading() as connection:
        again = outbox.due_again(connection, MailPostponed.code, shop.clock.now())
        waiting = outbox.queued(connection, shop.clock.now())
    if again:
        with shop.writing() as connection:
            for mail_id in again:
                outbox.move(connection, mail_id, {MailState.FAILED}, MailState.QUEUED, shop.clock.now())
    if not (waiting or again):
        return None
    sent = send(shop, (*waiting, *again)[0])
    return sent if sent.state != MailState.QUEUED else None


def seconds_until_next(shop: Shop) -> float | None:
    """When the next mail that could be taken back goes by itself; None while there is none."""
    from shopdesk.store import outbox

    now = shop.clock.now()
    with shop.reading() as connection:
        moment = outbox.next_held(connection, now)
    return None if moment is None else (moment - now).total_seconds()


def recover(shop: Shop) -> tuple[OutboxEntry, ...]:
    """At the start of the window (which holds the lock): what was being sent is unclear, the owner is asked."""
    from shopdesk.store import outbox

    with shop.reading() as connection:
        interrupted = outbox.in_state(connection, {MailState.SENDING})
    if not interrupted:
        return ()
    with shop.writing() as connection:
        for mail in outbox.in_state(connection, {MailState.SENDING}):
            _move(connection, shop, mail, {MailState.SENDING}, MailState.UNCLEAR, STOPPED)
        return tuple(outbox.load(connection, mail.id) for mail in interrupted)


def retry(shop: Shop, mail_id: int) -> OutboxEntry:
    """The owner wants it sent (again): it waits in the queue. The Message-ID stays, so a double can be recognised."""
    return _by_hand(shop, mail_id, RETRY_FROM, MailState.QUEUED)


def mark_sent(shop: Shop, mail_id: int) -> OutboxEntry:
    """The owner knows that it went."""
    return _by_hand(shop, mail_id, MARK_SENT_FROM, MailState.SENT)


def cancel(shop: Shop, mail_id: int) -> OutboxEntry:
    """The owner does not want it sent; `retry` brings it back."""
    return _by_hand(shop, mail_id, CANCEL_FROM, MailState.CANCELLED)


def hand_to_mail_program(shop: Shop, mail_id: int) -> OutboxEntry:
    """Open the finished mail in the owner's mail program; he is asked whether it went. Raises NoMailProgram."""
    from shopdesk.outside.mail_program import NoMailProgram

    handed = _by_hand(shop, mail_id, HAND_OVER_FROM, MailState.HANDED_OVER)
    try:
        shop.mail_program.open(eml(shop, mail_id), handed.subject)
    except NoMailProgram:
        _by_hand(shop, mail_id, {MailState.HANDED_OVER}, MailState.QUEUED)
        raise
    return handed


def answer_handed_over(shop: Shop, mail_id: int, went: bool) -> OutboxEntry:
    """The owner's answer whether the mail program sent it; otherwise it waits in the queue again."""
    return _by_hand(shop, mail_id, {MailState.HANDED_OVER}, MailState.SENT if went else MailState.QUEUED)


def _by_hand(shop: Shop, mail_id: int, origins: Collection[MailState], state: MailState) -> OutboxEntry:
    from shopdesk.store import outbox

    with shop.writing() as connection:
        _move(connection, shop, outbox.load(connection, mail_id), origins, state)
        return outbox.load(connection, mail_id)


def eml(shop: Shop, mail_id: int) -> bytes:
    """The finished mail as a file for a mail program (X-Unsent: 1)."""
    from shopdesk.output.email.mime import as_unsent
    from shopdesk.store import outbox

    with shop.reading() as connection:
        return as_unsent(outbox.message(connection, mail_id))


def entry(shop: Shop, mail_id: int) -> OutboxEntry:
    """One mail of the outbox. Raises NotFound."""
    from shopdesk.store import outbox

    with shop.reading() as connection:
        return outbox.load(connection, mail_id)


def page(
    shop: Shop,
    states: Collection[MailState] = OPEN_STATES,
    after: OutboxEntry | None = None,
    limit: int = 100,
) -> tuple[OutboxEntry, ...]:
    """The outbox newest first, the rows behind `after`; without `states` what still needs somebody."""
    from shopdesk.store import outbox

    with shop.reading() as connection:
        return outbox.page(connection, states, outbox.cursor_of(after) if after else None, limit)


def of_document(shop: Shop, document_id: int) -> tuple[OutboxEntry, ...]:
    """All mails of a document, newest first."""
    from shopdesk.store import outbox

    with shop.reading() as connection:
        return outbox.of_document(connection, document_id)
