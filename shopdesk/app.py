"""The only place where the parts are put together: paths → database → shop → window."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import paths, settings
from shopdesk.usecases.shop import Shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.i18n import Texts


def open_shop(database: str = "", *, online: bool = True) -> Shop:
    """The shop at a file or URL, with the real world outside. The database itself is opened on first use.

    Without `online` nobody is asked about VAT ids and no mails are fetched: those of a sample shop are invented.
    """
    from shopdesk.outside.clock import SystemClock
    from shopdesk.outside.inbox import ImapInbox
    from shopdesk.outside.keychain import SystemKeychain
    from shopdesk.outside.mail_program import SystemMailProgram
    from shopdesk.outside.microsoft import OnlineMicrosoft
    from shopdesk.outside.post import SmtpPost
    from shopdesk.outside.vat_id_service import OnlineVatIdService

    own = "" if os.environ.get("SHOPDESK_DATABASE") else settings.load().database
    place = database or own or paths.default_database()
    shop = Shop(
        place.removeprefix("sqlite:///"), SystemClock(), SmtpPost(), SystemKeychain(), SystemMailProgram(),
        vat_ids=OnlineVatIdService() if online else None, inbox=ImapInbox() if online else None,
    )  # fmt: skip
    shop.microsoft = OnlineMicrosoft() if online else None
    return shop


def run_window(
    database: str = "",
    caller: str = "",
    prepare: Callable[[Shop], None] | None = None,
    folder: Path | None = None,
    link: str = "",
    *,
    online: bool = True,
    background: bool = False,
) -> int:
    """Open the window and stay until it is closed; a second start hands its arguments to the first."""
    from shopdesk.ui.start import run

    return run(
        lambda: open_shop(database, online=online), caller, prepare, folder, link, background=background
    )


def run_demo() -> int:
    """The window with the sample shop in a temporary folder that is gone afterwards."""
    from tempfile import TemporaryDirectory

    from shopdesk.usecases.sample_shop import fill_to_the_door

    with TemporaryDirectory(prefix="shopdesk-demo-", ignore_cleanup_errors=True) as folder:
        place = str(Path(folder) / "shopdesk.sqlite")
        return run_window(place, prepare=fill_to_the_door, folder=Path(folder), online=False)


def tell_demo(out: Path, texts: Texts, say: Callable[[str], object]) -> None:
    """The mattress story without a screen; nothing of this computer's own shop is touched."""
    from tempfile import TemporaryDirectory

    from shopdesk.usecases.sample_shop import fill, tell_the_story

    with TemporaryDirectory(prefix="shopdesk-demo-", ignore_cleanup_errors=True) as folder:
        shop = open_shop(str(Path(folder) / "shopdesk.sqlite"), online=False)
        fill(shop)
        tell_the_story(shop, out, texts, say)
        shop.close()
