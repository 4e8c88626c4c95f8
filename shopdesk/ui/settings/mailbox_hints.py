"""What customers of a provider stumble over when a mailbox is set up."""

from __future__ import annotations

from shopdesk.domain.mail import Security
from shopdesk.domain.messages import N_
from shopdesk.i18n import Texts
from shopdesk.usecases.mail_providers import MailProvider

LAST_PORT = 65535
PORTS = {Security.TLS.value: 993, Security.STARTTLS.value: 143}
SIGNS_IN_ELSEWHERE = "no-password"
"""The note of providers that want Microsoft's sign-in."""
_NOTES = {
    "app-password": N_(
        "{name} wants a password made for programs (“app password”), not the one of your account."
    ),
    "mail-password": N_(
        "{name} wants the e-mail password from the customer centre, not the one of the website."
    ),
    "switch-on": N_("At {name}, IMAP must first be allowed in the mailbox's settings."),
    "own-server": N_(
        "At {name}, every customer has a server of his own; its name stands in your customer menu."
    ),
    SIGNS_IN_ELSEWHERE: N_(
        "{name} lets no program in with a password alone any more: you sign in at Microsoft, in the browser."
    ),
}


def hint(texts: Texts, provider: MailProvider | None) -> str:
    """One sentence, or nothing."""
    note = _NOTES.get(provider.note, "") if provider is not None else ""
    return texts.gettext(note).format(name=provider.name) if provider is not None and note else ""
