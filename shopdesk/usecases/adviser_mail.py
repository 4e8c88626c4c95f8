"""What the mail to the adviser says and carries at the end of a month."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shopdesk.domain.mail import Attachment, Mailbox, Purpose
from shopdesk.domain.messages import P_, paper
from shopdesk.domain.outbox import AttachedFile
from shopdesk.i18n import Texts
from shopdesk.usecases import mail_settings
from shopdesk.usecases.mail_texts import ComposedMail

if TYPE_CHECKING:
    from shopdesk.domain.month_end import MonthEnd
    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.usecases.shop import Shop


def composed(
    shop: Shop, address: str, profile: ShopProfile, value: MonthEnd, files: Sequence[tuple[str, str, bytes]]
) -> ComposedMail:
    """The mail in the shop's language; `files` are (name, media type, bytes), the list first, then the ZIP."""
    texts, seller = Texts(profile.language), profile.seller
    account = mail_settings.account(shop)
    sender = Mailbox(seller.email, seller.name)
    if account is not None:
        sender = Mailbox(account.sender_address, account.sender_name or seller.name)
    subject = paper(P_("paper", "Invoices {period}: {shop}"), period=value.period.message, shop=seller.name)
    return ComposedMail(
        sender=sender,
        recipient=Mailbox(address),
        subject=texts.say(subject),
        body=_body(texts, profile, value, [name for name, _, _ in files]),
        attachments=tuple(Attachment(*file) for file in files),
        files=tuple(AttachedFile(name, kind, hashlib.sha256(data).hexdigest()) for name, kind, data in files),
        warnings=(),
        purpose=Purpose.SERVICE,
    )


def _body(texts: Texts, profile: ShopProfile, value: MonthEnd, names: Sequence[str]) -> str:
    text = paper(
        P_(
            "paper",
            "Good day,\n\nhere are our outgoing invoices for {period}: the list ({list}) and the documents as PDF and "
            "XML ({archive}).\n\n{sums}\n\nKind regards\n{owner}\n{shop}",
        ),
        period=value.period.message,
        list=names[0],
        archive=names[1],
        sums="\n".join(_sum_line(texts, value, currency) for currency in value.currencies),
        owner=profile.seller.owner,
        shop=profile.seller.name,
    )
    return texts.say(text).replace("\n\n\n", "\n\n")


def _sum_line(texts: Texts, value: MonthEnd, currency: str) -> str:
    net, vat, gross = value.total(currency)
    text = P_("paper", "Documents: {n}, net {net}, VAT {vat}, gross {gross}")
    count = sum(bill.net.currency == currency for bill in value.bills)
    return texts.say(paper(text, n=count, net=net, vat=vat, gross=gross))
