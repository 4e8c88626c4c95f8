"""A mail that could be taken back goes when its seconds are over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.mail import MailState

if TYPE_CHECKING:
    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


def send(shop: Shop, shell: Shell, mail_id: int) -> None:
    """Send it now; only what did not go is told (it stands in Heute, too)."""
    from shopdesk.usecases import outbox

    def sent(mail: OutboxEntry) -> None:
        if mail.state in {MailState.SENT, MailState.CANCELLED}:
            return
        reason = shell.texts.say(mail.reason.message) if mail.reason is not None else ""
        shell.toast(shell.texts.gettext("The mail has not gone yet. {reason}").format(reason=reason))

    shell.run_post(lambda: outbox.send(shop, mail_id), sent)
