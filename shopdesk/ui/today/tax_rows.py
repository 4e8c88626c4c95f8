"""Heute's rows about tax: bills whose VAT id nobody confirmed, and limits that come near."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.vat_id_checks import VatIdCheck
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


def words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """Title and second line of a row about a limit; of others as they are."""
    if item.meter is None:
        return item.title, item.detail
    from shopdesk.usecases import turnover

    return texts.say(turnover.title(item.meter)), texts.say(turnover.state(item.meter))


def open_item(item: TodayItem, shell: Shell) -> None:
    """⏎: the bill itself, or the meters in the settings."""
    if item.kind == TodayKind.LIMIT:
        shell.open_page("settings", "tax")
    else:
        shell.open_document(item.reference)


def done(item: TodayItem, shop: Shop, shell: Shell) -> None:
    """The key "done": a bill's VAT id is asked about now; a limit has been noted."""
    if item.kind == TodayKind.LIMIT:
        _take_note(item, shop, shell)
        return
    from shopdesk.usecases import vat_id_checks

    shell.progress(shell.texts.gettext("Asking about {vat_id} …").format(vat_id=item.detail))
    work = partial(vat_id_checks.ask_for_document, shop, item.reference)
    shell.run_post(work, partial(_told, shell), partial(_broken, shell))


def _told(shell: Shell, check: VatIdCheck | None) -> None:
    from shopdesk.domain.vat_id_checks import summary

    shell.progress("")
    if check is None:
        shell.toast(
            shell.texts.gettext("VAT ids are not asked about: please check it at the tax office yourself.")
        )
    else:
        shell.toast(shell.texts.say(summary(check)))


def _broken(shell: Shell, error: Exception) -> None:
    shell.progress("")
    shell.problem(error)


def _take_note(item: TodayItem, shop: Shop, shell: Shell) -> None:
    from shopdesk.usecases import turnover

    if item.meter is None:
        return
    try:
        undo = turnover.take_note(shop, item.meter)
    except ShopError as error:
        shell.problem(error)
        return
    text = shell.texts.gettext("Noted: {text}").format(text=shell.texts.say(turnover.state(item.meter)))
    shell.toast(text, lambda: undo.run(shop))
