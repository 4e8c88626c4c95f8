"""What the window's own commands do, by their names in the table of commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_
from shopdesk.ui.shell.shortcuts import shortcut

if TYPE_CHECKING:
    from shopdesk.ui.shell.main_window import MainWindow

_BEGUN_FREELY = ("order_confirmation", "delivery_note", "deposit_invoice", "final_invoice")
_OUT_OF_A_BILL = ("credit_note", "cancellation", "payment_reminder")
_CHOSEN_FROM = {
    "invoices": (N_("Choose the invoice, then press {key}."), "continue_as"),
    "customers": (N_("Choose the customer, then press {key}."), "last_order"),
}
_PAGES = (
    "journal", "number_report", "duplicates", "suppliers", "recommendations", "month_end", "shipping_services",
    "import",
)  # fmt: skip


def window_handlers(window: MainWindow) -> dict[str, Callable[[], None]]:
    """Name → act, for every command that does not ask the page first."""
    return {
        "palette": window.overlays.search_or_call,
        "keys": window.overlays.open_keys,
        "undo": window.toasts.undo,
        "back": window.escape,
        "refresh": window.refresh,
        "quit": window.leave,
        "new_quote": lambda: window.new_document("quote"),
        "new_invoice": lambda: window.new_document("invoice"),
        "new_customer": window.new_customer,
        "new_inquiry": window.new_inquiry,
        "new_appointment": window.new_appointment,
        "open_e_invoice": window.drops.choose,
        "new_standing_order": lambda: window.open_page("standing_order", 0),
        "erasure": lambda: window.open_page("erasure", 0),
        "last_order": partial(_choose_on, window, "customers"),
        **{f"new_{kind}": partial(window.new_document, kind) for kind in _BEGUN_FREELY},
        **{f"new_{kind}": partial(_choose_on, window, "invoices") for kind in _OUT_OF_A_BILL},
        **{page: partial(window.open_page, page) for page in _PAGES},
    }


def _choose_on(window: MainWindow, page: str) -> None:
    """It is made out of one of these: show the list and say how."""
    window.open_page(page)
    words, command = _CHOSEN_FROM[page]
    window.toast(window.texts.gettext(words).format(key=shortcut(command).shown()))
