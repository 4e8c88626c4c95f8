"""Opening the shop in the window: what must be known before the first paint, and what follows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


def problem_with(shop: Shop, prepare: Callable[[Shop], None] | None = None) -> ShopError | None:
    """Make or upgrade the database where needed; the named problem where it cannot be used.

    A database that is up to date is only examined through the plain driver: SQLAlchemy comes after the first paint.
    """
    try:
        if prepare is not None:
            prepare(shop)
        elif not _is_current(Path(shop.place)):
            _ = shop.database
    except ShopError as error:
        return error
    return None


def _is_current(path: Path) -> bool:
    from shopdesk.store.connection import SCHEMA_VERSION, examine
    from shopdesk.store.folders import refuse_shared_folder

    refuse_shared_folder(path)
    return path.exists() and examine(path) >= SCHEMA_VERSION


def has_profile(shop: Shop) -> bool:
    """Whether the shop's own data was entered; without it the first-start page comes."""
    from shopdesk.store import first_rows

    return first_rows.has_profile(shop.place)


def load(shop: Shop) -> None:
    """Load what reading and searching need and open the database: most of a second, so not on the window's thread."""
    from shopdesk.store import figures, search  # noqa: F401

    _ = shop.database


def recover(shop: Shop) -> float | None:
    """What was being sent when the program died is unclear now; what waits is sent, then VAT ids are asked about.

    Gives in how many seconds the next mail may go.
    """
    from shopdesk.usecases import outbox, vat_id_checks

    outbox.recover(shop)
    until_next = send_waiting(shop)
    vat_id_checks.ask_waiting(shop)
    return until_next


def send_waiting(shop: Shop) -> float | None:
    """Send what waits, and what was postponed long enough ago; in how many seconds the next mail may go, if any."""
    from shopdesk.usecases import outbox

    while outbox.send_next(shop) is not None:
        pass
    return outbox.seconds_until_next(shop)


def warm_up() -> None:
    """Load what the first document needs: a cold first PDF costs a quarter of a second."""
    from shopdesk.i18n import country_codes
    from shopdesk.output.pdf.document import warm_up as warm_pdf
    from shopdesk.usecases import mail_texts

    country_codes()
    warm_pdf()
    mail_texts.warm()


def warm_up_card(shop: Shop) -> None:
    """Read what a customer's card reads once, so that its statements are put together before the first call."""
    from shopdesk.usecases import (
        consents,
        customer_files,
        customer_photos,
        customers,
        documents,
        follow_ups,
        timeline,
        withdrawals,
    )

    for one in customers.page(shop, limit=1):
        customers.get(shop, one.id)
        customers.glance(shop, one.id)
        consents.of_customer(shop, one.id)
        customer_files.of_customer(shop, one.id)
        customer_photos.of_customer(shop, one.id)
        documents.of_customer(shop, one.id, 1)
        follow_ups.of_customer(shop, one.id)
        timeline.page(shop, one.id)
        withdrawals.of_customer(shop, one.id)
