"""The last order again: one key on a customer, on any document, and in the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.repeated_orders import Repeated
    from shopdesk.usecases.shop import Shop


def last_again(shop: Shop, shell: Shell, customer_id: int) -> None:
    """The customer's last order as a new draft."""
    from shopdesk.usecases import repeated_orders

    _make(shop, shell, lambda: repeated_orders.last_again(shop, customer_id))


def again(shop: Shop, shell: Shell, document_id: int, kind: DocumentKind | None = None) -> None:
    """This document once more as a new draft, of the kind with which such a story begins here or of that one."""
    from shopdesk.usecases import repeated_orders

    _make(shop, shell, lambda: repeated_orders.again(shop, document_id, kind))


def _make(shop: Shop, shell: Shell, make: Callable[[], Repeated]) -> None:
    try:
        made = make()
    except ShopError as error:
        shell.problem(error)
        return
    draft_id = made.draft.id or 0
    shell.open_document(draft_id)
    texts = shell.texts
    words = texts.gettext("The order once more, at today's prices.")
    if made.changes:
        count = len(made.changes)
        words = texts.ngettext(
            "{n} thing has changed since: please look at the list.",
            "{n} things have changed since: please look at the list.",
            count,
        ).format(n=texts.number(count))
    shell.toast(words, lambda: _take_back(shop, shell, draft_id))


def _take_back(shop: Shop, shell: Shell, draft_id: int) -> None:
    from shopdesk.usecases import documents

    try:
        documents.discard(shop, draft_id)
    except ShopError as error:
        shell.problem(error)
        return
    shell.back()
