"""A real IMAP server (dovecot) in a folder of its own, with a certificate of its own and one mailbox."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from imap_tools import MailBoxUnencrypted

from shopdesk.domain.mail import Security
from shopdesk.domain.mail_in import MailInAccount

USER, PASSWORD = "lindner@schlafgut.example", "Rollmatratze-80x190"
_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
ssl_dh =
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
default_internal_user = {name}
default_login_user = {name}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
mail_fsync = never
mail_max_userip_connections = 100
{tokens}passdb {{
  driver = static
  args = user={user} password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
namespace inbox {{
  inbox = yes
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Anfragen {{
    auto = create
  }}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
"""


_TOKENS = """passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
"""
_ASKS = """
introspection_url = http://127.0.0.1:{port}/introspect?token=
introspection_mode = get
username_attribute = username
active_attribute = active
active_value = true
"""


@dataclass
class Mailbox:
    """The running server. `port` offers STARTTLS, `tls_port` speaks TLS from the start."""

    folder: Path
    port: int
    tls_port: int
    ca_file: str
    program: str
    process: subprocess.Popen[bytes] | None = None

    def account(self, **changes: object) -> MailInAccount:
        """The account that fits; changes are fields of it."""
        fields: dict[str, object] = {
            "is_on": True, "host": "localhost", "port": self.tls_port, "security": Security.TLS, "user": USER,
            "ca_file": self.ca_file,
        }  # fmt: skip
        return MailInAccount(**(fields | changes))  # type: ignore[arg-type]

    def put(self, mail: bytes, folder: str = "INBOX", at: dt.datetime | None = None) -> None:
        """A mail arrives, now or at a moment of one's own."""
        with self._owner() as box:
            box.append(mail, folder, dt=at)

    def put_many(self, mails: list[bytes], folder: str = "INBOX") -> None:
        """Mails arrive, in their order."""
        with self._owner() as box:
            for mail in mails:
                box.append(mail, folder)

    def flags(self, folder: str = "INBOX") -> list[tuple[str, ...]]:
        """The marks of all mails in a folder."""
        with self._owner() as box:
            box.folder.set(folder, readonly=True)
            return [mail.flags for mail in box.fetch(mark_seen=False)]

    def new_validity(self) -> None:
        """The server numbers its mails anew: all uids known before are worthless."""
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (self.folder / "mail" / name).unlink(missing_ok=True)
        for validity in (self.folder / "mail").glob("dovecot-uidvalidity*"):
            validity.unlink()

    @contextlib.contextmanager
    def _owner(self) -> Iterator[MailBoxUnencrypted]:
        with MailBoxUnencrypted("127.0.0.1", self.port).login(USER, PASSWORD) as box:
            yield box

    def start(self) -> None:
        """Begin to answer."""
        command = [self.program, "-F", "-c", str(self.folder / "dovecot.conf")]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.settimeout(2)
                if line.recv(10).startswith(b"* OK"):
                    return
            time.sleep(0.05)
        log = self.folder / "log"
        pytest.fail("dovecot does not start: " + (log.read_text() if log.exists() else "it says nothing"))

    def stop(self) -> None:
        """Answer no more."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None


def program() -> str:
    """Where dovecot lies; without it a test is skipped by name, on the Linux of CI it fails."""
    found = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/sbin")
    if found:
        return found
    if os.environ.get("CI") and sys.platform == "linux":
        pytest.fail("dovecot is missing; dev.py installs it when it is root")
    pytest.skip("dovecot is not installed (Debian: dovecot-imapd)")


@dataclass(frozen=True)
class _Somebody:
    """As whom the server serves mails: never root, so root lends it somebody who owns nothing."""

    name: str
    group: str
    uid: int
    gid: int


def _somebody() -> _Somebody:
    import grp
    import pwd

    found = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return _Somebody(found.pw_name, grp.getgrgid(found.pw_gid).gr_name, found.pw_uid, found.pw_gid)


@contextlib.contextmanager
def mailbox(introspection_port: int = 0) -> Iterator[Mailbox]:
    """The server, started; with a port it asks there whether a token is good."""
    path = program()
    folder = Path(tempfile.mkdtemp(prefix="shopdesk-imap-"))
    try:
        yield from _served(folder, path, _somebody(), introspection_port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(folder: Path, path: str, somebody: _Somebody, introspection_port: int) -> Iterator[Mailbox]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    own = authority.issue_cert("localhost")
    own.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    own.private_key_pem.write_to_path(str(folder / "key.pem"))
    port, tls_port = free_ports()
    config = _CONFIG.format(
        folder=folder, name=somebody.name, group=somebody.group, uid=somebody.uid, gid=somebody.gid, user=USER,
        password=PASSWORD, port=port, tls_port=tls_port,
        tokens=_TOKENS.format(folder=folder) if introspection_port else "",
    )  # fmt: skip
    (folder / "dovecot.conf").write_text(config)
    (folder / "oauth2.conf").write_text(_ASKS.format(port=introspection_port))
    for name in ("mail", "home", "state"):
        (folder / name).mkdir()
    if os.geteuid() == 0:
        for part in (folder, *folder.iterdir()):
            os.chown(part, somebody.uid, somebody.gid)
    server = Mailbox(folder, port, tls_port, str(folder / "authority.pem"), path)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def free_ports() -> tuple[int, int]:
    """Two on which nobody listens."""
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


@pytest.fixture
def server() -> Iterator[Mailbox]:
    """A mail server of the test's own."""
    with mailbox() as running:
        yield running
