"""A mail's text changed for this one mail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document
from shopdesk.domain.mail_templates import MailTemplate
from shopdesk.usecases import mail_texts

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_OF_THE_SHOP = frozenset({"owner", "shop", "phone", "imprint"})


def text_to_change(shop: Shop, document: Document) -> MailTemplate:
    """The document's mail text for the owner to change: conditions decided, the shop's own data in their places.

    What may still change until the mail goes (number, amount, who is greeted) stays a gap. Raises GapIsEmpty,
    TemplateProblem.
    """
    from shopdesk.output.email.templates import fill

    template = mail_texts.template_for(shop, document)
    shown = {
        name: value if name in _OF_THE_SHOP or not value else f"{{{{ {name} }}}}"
        for name, value in mail_texts.gaps(document).items()
    }
    text = fill(template, shown)
    return replace(template, subject=text.subject, body=text.body, id=None, version=0)
