"""Pictures of every page: light and dark, German and English, two window sizes, two text sizes.

python -m tools.shots                  all of them into shots/
python -m tools.shots --page today     one page (repeat for more)
python -m tools.shots --quick          only light, German, 1280x800, 100 %
python -m tools.shots --only dark-de   the ways of taking whose name has this
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.ui.shell.page_table import PageSpec
    from shopdesk.ui.theme.theme import Theme
    from shopdesk.usecases.shop import Shop

OUT = Path(__file__).resolve().parent.parent / "shots"
FONTS = ("Inter", "Noto Sans", "DejaVu Sans")
MORNING = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
SETTLING = 700
"""ms for pauses, previews and lanes to come to rest."""


@dataclass(frozen=True, slots=True)
class Shot:
    """How one picture is taken."""

    theme: str = "light"
    language: str = "de"
    size: tuple[int, int] = (1280, 800)
    scale: int = 100

    @property
    def name(self) -> str:
        """The folder's name."""
        return f"{self.theme}-{self.language}-{self.size[0]}x{self.size[1]}-{self.scale}"


def every_shot() -> Iterator[Shot]:
    """Light/dark × de/en × two sizes × two text sizes."""
    combinations = itertools.product(("light", "dark"), ("de", "en"), ((1280, 800), (1920, 1080)), (100, 150))
    return (Shot(*combination) for combination in combinations)


def main() -> int:
    """Take the pictures and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m tools.shots")
    parser.add_argument("--page", action="append", default=[], help="only this page")
    parser.add_argument("--quick", action="store_true", help="one way of taking instead of sixteen")
    parser.add_argument("--only", default="", help="part of a folder's name, such as dark-de-1280x800-150")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory(prefix="shopdesk-shots-", ignore_cleanup_errors=True) as folder:
        shots = [Shot()] if given.quick else [shot for shot in every_shot() if given.only in shot.name]
        taken = _take(Path(folder), given.out, given.page, shots)
    print(f"{taken} pictures in {given.out}")
    return 0


def _take(folder: Path, out: Path, names: list[str], shots: list[Shot]) -> int:
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QApplication

    from shopdesk import paths
    from shopdesk.ui.shell.page_table import PAGES
    from shopdesk.ui.theme.theme import prepare

    paths.config_folder = lambda: folder / "config"
    application = QApplication(sys.argv[:1])
    font = application.font()
    font.setFamily(next((name for name in FONTS if name in QFontDatabase.families()), font.family()))
    font.setPointSizeF(10.5)
    application.setFont(font)
    theme = prepare(application)
    pages = [page for page in PAGES if _is_built(page) and (not names or page.name in names)]
    return sum(_take_one(application, theme, _shop(folder, shot), shot, pages, out) for shot in shots)


def _is_built(page: PageSpec) -> bool:
    module = page.factory.partition(":")[0]
    return find_spec(module.rpartition(".")[0]) is not None and find_spec(module) is not None


def _shop(folder: Path, shot: Shot) -> Shop:
    from shopdesk.outside.clock import FixedClock
    from shopdesk.outside.fake_post import FakePost
    from shopdesk.outside.keychain import SessionKeychain
    from shopdesk.outside.mail_program import FakeMailProgram
    from shopdesk.usecases.sample_shop import fill_to_the_door
    from shopdesk.usecases.shop import Shop

    place = folder / f"{shot.name}.sqlite"
    shop = Shop(
        place, FixedClock(MORNING), FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner"
    )
    fill_to_the_door(shop)
    _ask(shop)
    return shop


def _ask(shop: Shop) -> None:
    """Two more who wait: one too long, one with much time left."""
    from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
    from shopdesk.usecases import inquiries

    asked = (
        (71, "Petra Hoffmann", "Sondermaß 70 × 210 Wohnmobil", "Wir suchen eine Matratze 70 x 210 für das Wohnmobil."),
        (4, "Lena Brandt", "Lieferzeit Lattenrost", "Wie lange dauert ein Lattenrost 90 x 200?"),
    )  # fmt: skip
    with shop.writing() as connection:
        for minutes, name, subject, text in asked:
            address = f"{name.split()[-1].lower()}@example.org"
            at = shop.clock.now() - dt.timedelta(minutes=minutes)
            incoming = IncomingMessage(
                InquiryChannel.MAIL,
                at,
                subject,
                text,
                sender_name=name,
                sender_address=address,
                thread_key=subject,
            )
            inquiries.received(shop, connection, incoming)
    _write(shop)


def _write(shop: Shop) -> None:
    """A mail with a file, and two that are kept away."""
    from email.message import EmailMessage

    from shopdesk.intake.mails import door
    from shopdesk.usecases import mail_intake

    written = (
        (
            "Desislava Ivanova <d.ivanova@example.org>",
            "Rollmatratzen 80 × 190",
            "",
            "Passen sie in diesen Bettkasten?",
        ),
        ("Bettenwelt <news@bettenwelt.example>", "20 % auf alles", "List-Id", "Nur heute!"),
        (
            "Praxis Dr. Maier <praxis@maier.example>",
            "Abwesend",
            "X-Autoreply",
            "Wir sind bis 30.11. im Urlaub.",
        ),
    )
    for sender, subject, header, text in written:
        message = EmailMessage()
        message["From"], message["Subject"], message["Message-ID"] = (
            sender,
            subject,
            f"<{len(subject)}@example.org>",
        )
        if header:
            message[header] = "<yes>"
        message.set_content(text)
        if not header:
            message.add_attachment(
                b"%PDF-1.4", maintype="application", subtype="pdf", filename="Bettkasten.pdf"
            )
        data = bytes(message)
        value = door.read_one(data)
        with shop.writing() as connection:
            mail_intake.take_in(shop, connection, mail_intake.Arrival(data, value, None, len(data)))


def _take_one(
    application: QApplication, theme: Theme, shop: Shop, shot: Shot, pages: list[PageSpec], out: Path
) -> int:
    from shopdesk.i18n import Texts
    from shopdesk.settings import Settings
    from shopdesk.ui.shell.lanes import Lanes
    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.ui.shell.qt_texts import speak
    from shopdesk.usecases import search

    speak(application, shot.language)
    theme.choose(shot.theme, shot.scale)
    window = MainWindow(
        shop,
        Texts(shot.language),
        Settings(),
        theme,
        lambda text: search.find(shop, text, 6),
        lanes=Lanes(at_once=True),
    )
    window.resize(*shot.size)
    window.show()
    folder = out / shot.name
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    for page in pages:
        window.open_page(page.name, _item(shop, page.name))
        taken += _grab(window, folder / f"{page.name}.png")
    taken += _overlays(window, folder)
    window.close()
    shop.close()
    return taken


def _item(shop: Shop, page: str) -> object:
    """A customer of the sample shop who has bought, and what was bought, for the pages that show one thing."""
    from shopdesk.usecases import customers, documents

    if page not in {"customer", "erasure", "document"}:
        return None
    bought = ((one.id, documents.of_customer(shop, one.id)) for one in customers.page(shop))
    customer_id, papers = next((one, papers) for one, papers in bought if papers)
    return papers[0].id if page == "document" else customer_id


def _overlays(window: MainWindow, folder: Path) -> int:
    window.open_palette("rechnung")
    taken = _grab(window, folder / "palette.png")
    window.overlays.close()
    window.overlays.open_keys()
    taken += _grab(window, folder / "keys.png")
    window.overlays.close()
    window.open_page("settings", "letterhead")
    taken += _grab(window, folder / "letterhead.png")
    return taken


def _grab(window: MainWindow, file: Path) -> int:
    from PySide6.QtTest import QTest

    QTest.qWait(SETTLING)
    return int(window.grab().save(str(file)))


if __name__ == "__main__":
    sys.exit(main())
