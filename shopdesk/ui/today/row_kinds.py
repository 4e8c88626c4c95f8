"""What each kind of row of Heute looks like and what its keys do. A kind is one entry of `ROW_KINDS`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.i18n import Texts
from shopdesk.ui.today import (
    advance_rows,
    bank_rows,
    call_rows,
    channel_rows,
    contact_rows,
    late_rows,
    purchase_rows,
    ship_rows,
    standing_rows,
    tax_rows,
)
from shopdesk.ui.widgets.chips import ChipKind

if TYPE_CHECKING:
    from shopdesk.domain.later import Later
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

Words = Callable[[TodayItem, Texts], tuple[str, str]]
Open = Callable[[TodayItem, "Shell"], None]
Done = Callable[[TodayItem, "Shop"], "Undo"]
Act = Callable[[TodayItem, "Shop", "Shell"], None]
Move = Callable[[TodayItem, "Shop", "Later"], "Undo"]


def _plain(item: TodayItem, _texts: Texts) -> tuple[str, str]:
    return item.title, item.detail


def _open_document(item: TodayItem, shell: Shell) -> None:
    shell.open_document(item.document_id or item.reference)


def _open_mail(item: TodayItem, shell: Shell) -> None:
    shell.open_page("outbox", item.reference)


def _overdue(item: TodayItem, texts: Texts) -> tuple[str, str]:
    amount = texts.money(item.amount) if item.amount is not None else ""
    return " · ".join(part for part in (item.detail, item.title) if part), amount


def _reminders(item: TodayItem, texts: Texts) -> tuple[str, str]:
    if item.amount is None:
        many = texts.gettext("At least {n} payment reminders are due")
        return many.format(n=texts.number(item.times)), ""
    words = texts.ngettext("{n} payment reminder is due", "{n} payment reminders are due", item.times)
    told = texts.gettext("{amount} open").format(amount=texts.money(item.amount))
    return words.format(n=item.times), told


def _put_off(item: TodayItem, shop: Shop, until: Later) -> Undo:
    """S on what has no day of its own."""
    from shopdesk.usecases import put_off

    return put_off.later(shop, item, until)


def _open_reminders(_item: TodayItem, shell: Shell) -> None:
    shell.open_page("payment_reminders")


def _open_payment(item: TodayItem, shell: Shell) -> None:
    """Was it paid? Then one more ⏎ books it."""
    shell.open_page("payments", item.reference)


def _open_month(item: TodayItem, shell: Shell) -> None:
    shell.open_page("month_end", item.reference)


def _month_done(item: TodayItem, shop: Shop) -> Undo:
    """The owner did it in his own way."""
    from shopdesk.domain.periods import month_of_reference
    from shopdesk.usecases import month_end

    return month_end.mark_done(shop, month_of_reference(item.reference))


@dataclass(frozen=True, slots=True)
class RowKind:
    """Icon, colour and title of a kind; what ⏎ opens, what E does (`done` with undo, `act` without one), and S.

    Without `done` and `act` E opens; without `move` S says that it cannot be moved.
    """

    icon: str
    tone: ChipKind
    title: str
    open: Open
    words: Words = _plain
    done: Done | None = None
    act: Act | None = None
    move: Move | None = None
    done_words: str = N_("Done: {text}")


ROW_KINDS: Mapping[TodayKind, RowKind] = {
    TodayKind.INQUIRY: RowKind(
        "inbox", "info", "{title}", channel_rows.open_inquiry, channel_rows.words, done=channel_rows.inquiry_closed,
        move=channel_rows.inquiry_later, done_words=N_("Closed: {text}"),
    ),
    TodayKind.APPOINTMENT: RowKind(
        "calendar", "info", N_("Appointment: {title}"), channel_rows.open_appointment,
        done=channel_rows.appointment_done, move=channel_rows.appointment_moved,
    ),
    TodayKind.MAIL_FETCH: RowKind(
        "triangle-alert", "bad", N_("Mails cannot be fetched: {title}"), channel_rows.open_mail_settings,
        channel_rows.words_of_fetch,
    ),
    TodayKind.PROMISE: RowKind(
        "circle-check", "info", N_("Promised: {title}"), contact_rows.open_customer,
        done=contact_rows.promise_kept, move=contact_rows.promise_moved, done_words=N_("Kept: {text}"),
    ),
    TodayKind.PROMISE_BROKEN: RowKind(
        "circle-alert", "bad", N_("Call before the customer does: {title}"), contact_rows.open_customer,
        move=contact_rows.broken_later,
    ),
    TodayKind.LATE_SHIPMENT: RowKind(
        "truck", "bad", N_("Still here: {title}"), late_rows.open_late, late_rows.words, move=_put_off,
    ),
    TodayKind.PURCHASE_DELAY: RowKind(
        "clock", "warn", N_("Will be late: {title}"), contact_rows.open_customer, purchase_rows.delay_words,
    ),
    TodayKind.PURCHASE_READY: RowKind(
        "package", "ok", N_("Goods are there, tell the customer: {title}"), purchase_rows.open_order,
        act=purchase_rows.told, move=purchase_rows.later,
    ),
    TodayKind.PURCHASE_UNWANTED: RowKind(
        "circle-alert", "bad", N_("Customer has cancelled, call it off? {title}"), purchase_rows.open_order,
        done=purchase_rows.called_off, move=purchase_rows.later,
        done_words=N_("Called off here, please tell the supplier: {text}"),
    ),
    TodayKind.PURCHASE_LATE: RowKind(
        "truck", "bad", N_("Should have come: {title}"), purchase_rows.open_order, done=purchase_rows.all_there,
        move=purchase_rows.later, done_words=N_("All there: {text}"),
    ),
    TodayKind.PURCHASE_OPEN: RowKind(
        "circle-help", "warn", N_("Supplier has not confirmed: {title}"), purchase_rows.open_order,
        move=purchase_rows.later,
    ),
    TodayKind.MAIL_FAILED: RowKind("triangle-alert", "bad", N_("Mail not delivered: {title}"), _open_mail),
    TodayKind.MAIL_UNCLEAR: RowKind("circle-help", "warn", N_("Did it go? {title}"), _open_mail),
    TodayKind.NOT_SENT: RowKind("send", "warn", N_("Not sent: {title}"), _open_document),
    TodayKind.MISSED_CALL: RowKind(
        "phone-missed", "warn", N_("Call back: {title}"), call_rows.open_item, call_rows.words,
        done=call_rows.done, move=call_rows.later,
    ),
    TodayKind.MAIL_WAITING: RowKind("mail", "info", N_("Mail waits: {title}"), _open_mail),
    TodayKind.MONTH_END: RowKind(
        "calendar", "info", N_("Month end {title}: list and files for the adviser"), _open_month, done=_month_done,
    ),
    TodayKind.VAT_ID_REFUSED: RowKind(
        "triangle-alert", "bad", N_("VAT id not valid, please correct the invoice: {title}"), tax_rows.open_item,
        act=tax_rows.done,
    ),
    TodayKind.VAT_ID: RowKind(
        "triangle-alert", "warn", N_("VAT id not confirmed: {title}"), tax_rows.open_item, act=tax_rows.done,
    ),
    TodayKind.LIMIT: RowKind("info", "info", "{title}", tax_rows.open_item, tax_rows.words, act=tax_rows.done),
    TodayKind.BANK_FILE: RowKind(
        "download", "info", N_("Bank statement found: {title}"), bank_rows.read_file, done=bank_rows.left_aside,
        done_words=N_("Left aside: {text}"),
    ),
    TodayKind.BANK_ENTRIES: RowKind(
        "wallet", "info", "{title}", bank_rows.open_waiting, bank_rows.waiting_words, move=_put_off,
    ),
    TodayKind.PAYMENT_REMINDERS: RowKind("clock", "warn", "{title}", _open_reminders, _reminders, move=_put_off),
    TodayKind.UNSHIPPED: RowKind(
        "package", "bad", N_("Paid and not shipped: {title}"), ship_rows.open_packing, ship_rows.words,
        done=ship_rows.settled, move=_put_off, done_words=N_("Needs no shipping: {text}"),
    ),
    TodayKind.OVERDUE: RowKind("wallet", "bad", N_("Overdue: {title}"), _open_payment, _overdue, move=_put_off),
    TodayKind.ADVANCE_MISSING: RowKind(
        "wallet", "warn", N_("Payment in advance is missing: {title}"), _open_document, advance_rows.words,
        done=advance_rows.asked, move=advance_rows.later,
    ),
    TodayKind.STANDING_ORDER_HELD_BACK: RowKind(
        "repeat", "warn", N_("Standing order was not sent by itself: {title}"), _open_document,
        done=standing_rows.noted,
    ),
    TodayKind.STANDING_ORDERS: RowKind(
        "repeat", "info", "{title}", standing_rows.open_drafts, standing_rows.words,
    ),
    TodayKind.FOLLOW_UP: RowKind(
        "calendar-clock", "info", "{title}", contact_rows.open_follow_up, done=contact_rows.follow_up_done,
        move=contact_rows.follow_up_moved,
    ),
}  # fmt: skip


def title(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """The first and the second line of a row."""
    kind = ROW_KINDS[item.kind]
    first, second = kind.words(item, texts)
    return texts.gettext(kind.title).format(title=first or second), second


def local(day: dt.date, time: str, texts: Texts) -> str:
    """A day and, where there is one, a time."""
    return f"{texts.date(day)} {time}".strip()
