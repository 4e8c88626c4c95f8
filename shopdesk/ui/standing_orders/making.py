"""What is due is made while the window is open: at the start, each minute, and when a standing order is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.standing_order_runs import MadeNow


def make_due(shop: Shop, shell: Shell) -> None:
    """Make it off the window's thread, and tell what came of it."""
    from shopdesk.usecases import standing_order_runs

    def told(made: MadeNow) -> None:
        _tell(made, shell)

    shell.run_desk(lambda: standing_order_runs.make_due(shop), told)


def _tell(made: MadeNow, shell: Shell) -> None:
    texts = shell.texts
    for error in made.refused[:1]:
        shell.problem(error)
    ready = made.drafts - made.issued
    if made.issued:
        words = texts.ngettext(
            "{n} standing order sent by itself.", "{n} standing orders sent by themselves.", made.issued
        )
        shell.toast(words.format(n=texts.number(made.issued)))
    if ready > 0:
        words = texts.ngettext("{n} standing order: draft ready", "{n} standing orders: drafts ready", ready)
        shell.toast(
            words.format(n=texts.number(ready)) + ".",
        )
