"""Outlook's own files (.msg) become mails as they travel (RFC 5322): from there on they are read like all others.

Runs in a worker process. The same file gives the same bytes, so one that is dropped twice is recognised.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_string
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.errors import MessageError
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr

from olefile import OleFileIO

from shopdesk.domain.mail import one_line
from shopdesk.domain.messages import N_
from shopdesk.domain.messages import Message as Words
from shopdesk.domain.received_mails import MailUnreadable
from shopdesk.intake.mails import headers, html, mapi, reading, rtf

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST = 40 << 20
"""In bytes, of everything inside together."""
_MOST_PARTS, _DEEPEST = 200, 4
_BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError,
    MemoryError, struct.error, MessageError,
)  # fmt: skip
_OWN = frozenset(
    {"mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id"}
)
_BODY, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_CODE_PAGES = (
    437, 737, 775, 850, 852, 855, 857, 862, 866, 874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256,
    1257, 1258, 65001, 20127, 28591, 28605, 10000,
)  # fmt: skip


def prepare(data: bytes) -> None:
    """Load what `answer` will need."""
    reading.prepare(data[:65536])
    for page in _CODE_PAGES:
        rtf.charset_of(page)
    "ä".encode("utf-16-le").decode("utf-16-le")
    headers.load_charsets(data)


def answer(data: bytes) -> str:
    """The JSON that goes back: the mail in base64, or the sentence why there is none."""
    try:
        return json.dumps({"mail": base64.b64encode(converted(data)).decode()})
    except MailUnreadable as problem:
        return json.dumps({"problem": problem.message.id, "code": problem.code})


def converted(data: bytes) -> bytes:
    """The mail in the form in which mails travel. Raises MailUnreadable and nothing else."""
    if not data.startswith(MARK):
        raise MailUnreadable(Words(N_("This file is no mail.")), "no-mail")
    try:
        with OleFileIO(io.BytesIO(data)) as file:
            if not file.exists("__properties_version1.0"):
                raise MailUnreadable(Words(N_("This file is no mail.")), "no-mail")
            digest = hashlib.sha256(data).hexdigest()[:40]
            message = _Conversion(file, digest).message((), 0)
            return message.as_bytes(policy=compat32)
    except _BROKEN as error:
        text = N_(
            "The mail cannot be read: it is damaged, or made to do harm. Nothing happened to your data."
        )
        raise MailUnreadable(Words(text)) from error


class _Conversion:
    """One file; `digest` makes names that are the same each time."""

    def __init__(self, file: OleFileIO, digest: str) -> None:
        self._file, self._digest = file, digest
        self._budget = mapi.Budget(LARGEST)
        self._parts = 0

    def message(self, place: tuple[str, ...], depth: int) -> Message:
        """The message that stands there."""
        said = mapi.Properties(self._file, place, "embedded" if place else "", self._budget)
        kind = said.text(0x001A).lower()
        if not kind.startswith(("ipm.note", "ipm.schedule", "report.", "ipm.document", "ipm.post")) and kind:
            text = N_("This Outlook file is no mail but a contact, an appointment or a task.")
            raise MailUnreadable(Words(text), "no-mail")
        self._parts += 1
        whole = MIMEMultipart("mixed", boundary=f"=_{self._digest}_{self._parts}")
        _write_headers(whole, said, list(self._recipients(place)), f"{self._digest}.{self._parts}")
        for part in _bodies(said, f"=_{self._digest}_{self._parts}_text"):
            whole.attach(part)
        for part in self._attachments(place, depth):
            whole.attach(part)
        return whole

    def _recipients(self, place: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        for one in mapi.children(self._file, place, "__recip_version1.0_#")[:_MOST_PARTS]:
            said = mapi.Properties(self._file, one, "part", self._budget)
            address = _smtp(said.text(0x39FE), said.text(0x3003))
            yield said.number(0x0C15), formataddr((_encoded(said.text(0x3001)), address))

    def _attachments(self, place: tuple[str, ...], depth: int) -> Iterator[Message]:
        for one in mapi.children(self._file, place, "__attach_version1.0_#"):
            self._parts += 1
            if self._parts > _MOST_PARTS:
                raise mapi.TooMuch(str(self._parts))
            said = mapi.Properties(self._file, one, "part", self._budget)
            inner = said.inner(0x3701)
            if inner is not None and depth < _DEEPEST:
                with suppress(MailUnreadable):  # a contact that was sent along
                    yield MIMEMessage(self.message(inner, depth + 1))
            elif data := said.data(0x3701):
                yield _file_part(said, data)


def _file_part(said: mapi.Properties, data: bytes) -> Message:
    kind = said.text(0x370E).strip().lower()
    main, _, sub = kind.partition("/")
    is_plain = (
        kind.isascii() and main.isalpha() and sub.replace("-", "").replace(".", "").replace("+", "").isalnum()
    )
    if not is_plain or main in {"multipart", "message"}:
        main, sub = "application", "octet-stream"
    part = MIMEBase(main, sub)
    part.set_payload(data)
    encode_base64(part)
    name = one_line(said.text(0x3707, 0x3704, 0x3001))[:200] or "attachment"
    content_id = one_line(said.text(0x3712)).strip("<>")
    is_inside = bool(content_id) and (said.number(0x7FFE) or said.number(0x3714) & 4)
    part.add_header(
        "Content-Disposition", "inline" if is_inside else "attachment", filename=("utf-8", "", name)
    )
    if is_inside and content_id.isascii():
        part["Content-ID"] = f"<{content_id}>"
    return part


def _write_headers(
    whole: Message, said: mapi.Properties, recipients: list[tuple[int, str]], made_id: str
) -> None:
    """As the mail travelled where that is kept, else as Outlook knows it."""
    travelled = message_from_string(said.text(0x007D)[:200_000], policy=compat32)
    for name, value in travelled.items():
        if name.lower() not in _OWN and name.isascii() and name.replace("-", "").isalnum():
            whole[name] = _encoded(str(value))
    sent_at = said.moment(0x0039) or said.moment(0x0E06)
    sender = _smtp(said.text(0x5D01), said.text(0x5D02), said.text(0x0C1F), said.text(0x0065))
    known = {
        "From": formataddr((_encoded(said.text(0x0C1A, 0x0042)), sender)),
        "To": ", ".join(address for kind, address in recipients if kind in {0, 1}),
        "Cc": ", ".join(address for kind, address in recipients if kind == 2),
        "Subject": _encoded(said.text(0x0037)),
        "Date": format_datetime(sent_at) if sent_at else "",
        "Message-ID": one_line(said.text(0x1035)) or f"<{made_id}@no-message-id.invalid>",
        "In-Reply-To": one_line(said.text(0x1042)),
        "References": one_line(said.text(0x1039)),
    }
    for name, value in known.items():
        if value and name not in whole:
            whole[name] = value


def _encoded(text: str) -> str:
    """One line in ASCII; what is encoded already stays."""
    line = one_line(text)[:20_000]
    return line if line.isascii() else Header(line, "utf-8").encode(maxlinelen=0)


def _smtp(*addresses: str) -> str:
    """The first that is an internet address; inside a company Outlook keeps /o=… paths."""
    return next((one_line(one) for one in addresses if "@" in one and not one.lower().startswith("/o=")), "")


def _bodies(said: mapi.Properties, boundary: str) -> Iterator[Message]:
    """The text, and the HTML beside it; out of the RTF only where there is neither."""
    plain = said.text(_BODY)
    page = said.data(_HTML).decode(said.html_charset, "replace") or said.text(_HTML)
    if not plain.strip() and not page.strip():
        plain = _from_rtf(said.data(_RTF))
    if plain.strip() and page.strip():
        both = MIMEMultipart("alternative", boundary=boundary)
        both.attach(_text(plain, "plain"))
        both.attach(_text(page, "html"))
        yield both
    elif page.strip():
        yield _text(page, "html")
    else:
        yield _text(plain, "plain")


def _from_rtf(packed: bytes) -> str:
    if not packed:
        return ""
    text, is_html = rtf.words(rtf.unpacked(packed))
    return html.readable(text) if is_html else text


def _text(words: str, kind: str) -> Message:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part = MIMENonMultipart("text", kind, charset="utf-8")
    part.set_payload(words.encode("utf-8", "replace").decode(), charset)
    return part
