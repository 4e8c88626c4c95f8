"""The mattress call typed through a real X server: python -m tools.type_the_call [FOLDER]

Starts Xvfb, the program with an empty home and a real mail server, presses the keys with xdotool, leaves screenshots
in the folder (shots/call by default) and counts the keys. Needs xvfb and xdotool (Debian packages).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from shopdesk.app import open_shop
from shopdesk.domain.mail import MailAccount
from shopdesk.usecases import articles, mail_settings, sample_shop, shop_settings
from tests.journeys.mail_server import PASSWORD, mail_server

DISPLAY = ":97"
SIZE = (1280, 800)
PATIENCE = 30.0
_GRAB = (
    "import sys; from PySide6.QtGui import QGuiApplication; a = QGuiApplication([]); "
    "a.primaryScreen().grabWindow(0).save(sys.argv[1])"
)


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition, never for a time."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"waited {PATIENCE:.0f} s in vain for: {what}")
        time.sleep(0.05)


@dataclass
class XTypist:
    """Presses keys through the X server and counts them."""

    environment: dict[str, str]
    folder: Path
    control: int = 0
    content: int = 0
    log: list[str] = field(default_factory=list)
    shots: int = 0

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def window(self) -> str:
        """The program's window, "" while there is none."""
        return self._xdotool("search", "--onlyvisible", "--name", "shopdesk").partition("\n")[0]

    def focus(self) -> None:
        """No window manager runs, so nobody else gives the focus."""
        self._xdotool("windowsize", self.window(), str(SIZE[0]), str(SIZE[1]))
        self._xdotool("windowmove", self.window(), "0", "0")
        self._xdotool("windowfocus", "--sync", self.window())

    def press(self, key: str, why: str) -> None:
        """One control key or combination."""
        self.control += 1
        self.log.append(f"{key:<12} {why}")
        self._xdotool("key", "--clearmodifiers", key)
        time.sleep(0.3)  # a person's pause, and the program's chance to be caught being slow

    def type(self, text: str) -> None:
        """Content."""
        self.content += len(text)
        self.log.append(f"“{text}”")
        self._xdotool("type", "--delay", "12", text)
        time.sleep(0.3)

    def shot(self, name: str) -> None:
        """What the screen shows now."""
        self.shots += 1
        path = self.folder / f"{self.shots}_{name}.png"
        subprocess.run([sys.executable, "-c", _GRAB, str(path)], env=self.environment, check=True)


@contextmanager
def screen() -> Iterator[None]:
    """A virtual X server."""
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", size, "-nolisten", "tcp"], stderr=subprocess.DEVNULL
    )
    try:
        socket = Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}")
        until(socket.exists, "the X server")
        yield
    finally:
        server.terminate()
        server.wait()


def prepared(home: Path, account: MailAccount) -> Path:
    """A shop with its own data, articles and mail account, and nobody in it."""
    place = home / "shop.sqlite"
    shop = open_shop(str(place))
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    for article in sample_shop.sample().articles:
        articles.save(shop, article)
    mail_settings.save_account(shop, account)
    shop.close()
    return place


def call(typist: XTypist) -> None:
    """From the ringing phone to "issue and send"."""
    typist.press("F9", "the phone rings")
    typist.type("+359 88 712 3456")
    typist.shot("palette")
    typist.press("Return", "a new customer with this number")
    for line in ("Desislava Ivanova", "ul. Hristo Botev 14", "5300 Gabrovo"):
        typist.type(line)
        typist.press("Return", "next line")
    typist.type("d.ivanova@example.org")
    typist.press("Tab", "what is it about?")
    typist.type("2 Rollmatratzen 80x190 nach Bulgarien")
    typist.shot("new_customer")
    typist.press("F7", "the invoice")
    time.sleep(0.7)
    typist.shot("invoice")
    typist.press("ctrl+Return", "issue and send")
    typist.shot("undo_window")


def main(arguments: list[str]) -> int:
    """The command."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            sys.exit(f"{program} is missing: apt-get install xvfb xdotool")
    folder = Path(arguments[0] if arguments else "shots/call")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, screen():
        home = Path(name)
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "QT_", "WAYLAND"))
        }
        environment |= {
            "DISPLAY": DISPLAY,
            "HOME": str(home),
            "LANG": "de_DE.UTF-8",
            "SHOPDESK_SMTP_PASSWORD": PASSWORD,
        }
        with mail_server(home) as (server, account):
            place = prepared(home, account)
            command = [sys.executable, "-m", "shopdesk", "--database", str(place)]
            running = subprocess.Popen(command, env=environment)
            try:
                typist = XTypist(environment, folder)
                until(typist.window, "the window")
                typist.focus()
                time.sleep(1)
                typist.shot("heute")
                begin = time.monotonic()
                call(typist)
                until(lambda: server.mails, "the mail server's “accepted”")
                seconds = time.monotonic() - begin
                time.sleep(0.5)
                typist.shot("sent")
            finally:
                running.terminate()
                running.wait()
    for line in typist.log:
        sys.stdout.write(f"  {line}\n")
    sys.stdout.write(
        f"{typist.control} control keys, {typist.content} characters, 0 clicks; "
        f"{seconds:.1f} s to the accepted mail, 8 of them to take it back; pictures in {folder}\n"
    )
    return 0 if typist.control <= 8 and len(server.mails) == 1 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
