from __future__ import annotations

import email
import email.policy
import json
import socket
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller

from shopdesk.i18n import Texts
from shopdesk.outside.clock import SystemClock
from shopdesk.outside.keychain import PASSWORD_VARIABLE, SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.outside.post import SmtpPost
from shopdesk.usecases import mail_settings, outbox
from shopdesk.usecases.orders import Wanted, issue_order
from shopdesk.usecases.setting_up import set_up
from shopdesk.usecases.shop import Shop

ORDER: dict[str, Any] = {
    "kind": "invoice",
    "request_key": "phone-1",
    "customer": {
        "salutation": "mrs", "given_name": "Desislava", "family_name": "Ivanova", "email": "d.ivanova@example.org",
        "language": "bg",
        "address": {"lines": ["ul. Hristo Botev 14"], "postal_code": "5300", "city": "Gabrovo", "country": "BG"},
    },
    "lines": [{"text": "Rollmatratze 80 × 190 cm", "quantity": "2", "unit_price": "123.03", "vat_rate": "19"}],
}  # fmt: skip
SHOP: dict[str, Any] = {
    "name": "Schlafgut Lindner", "owner": "Jens Lindner", "tax_number": "20/123/45678",
    "iban": "DE02120300000000202051",
    "address": {"lines": ["Marktstraße 9"], "postal_code": "37073", "city": "Göttingen", "country": "DE"},
    "email": "info@schlafgut-lindner.de", "phone": "0551 412200",
}  # fmt: skip


class Mailroom:
    """A real mail server that keeps what it accepted, or answers a no."""

    def __init__(self) -> None:
        self.accepted: list[bytes] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.accepted.append(envelope.content)
        return self.answer


@pytest.fixture
def mailroom(tmp_path: Path) -> Iterator[tuple[Mailroom, dict[str, Any]]]:
    """The server and the "mail" block of SHOP.json for it."""
    authority, room = trustme.CA(), Mailroom()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(room, "127.0.0.1", port, tls_context=context, require_starttls=True)
    server.start()
    yield (
        room,
        {"host": "localhost", "port": port, "from": SHOP["email"], "ca_file": str(tmp_path / "ca.pem")},
    )
    server.stop()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    shop = Shop(
        tmp_path / "shop.sqlite", SystemClock(), SmtpPost(), SessionKeychain(), FakeMailProgram(), "lindner"
    )
    set_up(shop, json.dumps(SHOP).encode())
    yield shop
    shop.close()


def issue(shop: Shop, folder: Path, *, send: bool = True) -> dict[str, Any]:
    return issue_order(shop, json.dumps(ORDER).encode(), Wanted(folder, send=send), Texts("en"))


def parsed(message: bytes) -> EmailMessage:
    found = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_an_issued_invoice_arrives_with_the_very_bytes_of_its_pdf(
    shop: Shop, tmp_path: Path, mailroom: tuple[Mailroom, dict[str, Any]]
) -> None:
    room, block = mailroom
    set_up(shop, json.dumps({"mail": block}).encode())
    answer = issue(shop, tmp_path / "out")
    assert answer["mail"] == {"state": "sent", "reason": None}
    assert answer["eml"] is None
    (message,) = (parsed(content) for content in room.accepted)
    (pdf,) = message.iter_attachments()
    assert pdf.get_payload(decode=True) == Path(answer["pdf"]).read_bytes()
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert answer["number"] in text
    assert "Банковата ни сметка никога не се променя по имейл" in text
    assert issue(shop, tmp_path / "out")["repeated"]
    assert len(room.accepted) == 1
    assert "missing-attachments" in {warning["code"] for warning in answer["warnings"]}


def test_a_no_of_the_server_is_an_answer_and_not_a_fault(
    shop: Shop, tmp_path: Path, mailroom: tuple[Mailroom, dict[str, Any]]
) -> None:
    room, block = mailroom
    room.answer = "554 5.7.1 looks like spam"
    set_up(shop, json.dumps({"mail": block}).encode())
    answer = issue(shop, tmp_path / "out")
    assert answer["mail"]["state"] == "failed"
    assert "looks like spam" in answer["mail"]["reason"]
    assert answer["number"]


def test_without_mail_settings_a_finished_eml_lies_beside_the_pdf(
    shop: Shop, tmp_path: Path, mailroom: tuple[Mailroom, dict[str, Any]]
) -> None:
    answer = issue(shop, tmp_path / "out")
    assert answer["mail"]["state"] == "queued"
    assert "account" in answer["mail"]["reason"]
    message = parsed(Path(answer["eml"]).read_bytes())
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Desislava Ivanova <d.ivanova@example.org>"
    assert message["From"] == "Schlafgut Lindner <info@schlafgut-lindner.de>"


def test_an_order_that_came_back_after_a_crash_sends_what_still_waits(
    shop: Shop, tmp_path: Path, mailroom: tuple[Mailroom, dict[str, Any]]
) -> None:
    room, block = mailroom
    first = issue(shop, tmp_path / "out")
    set_up(shop, json.dumps({"mail": block}).encode())
    again = issue(shop, tmp_path / "out")
    assert (again["repeated"], again["number"], again["mail"]["state"]) == (True, first["number"], "sent")
    assert len(room.accepted) == 1


def test_a_mail_account_that_cannot_work_stores_nothing(shop: Shop) -> None:
    from shopdesk.domain.errors import ShopError
    from shopdesk.usecases import shop_settings

    data = {
        "name": "Anderer Name",
        "mail": {"host": "mail.example.org", "security": "none", "from": "a@b.de"},
    }
    with pytest.raises(ShopError) as refused:
        set_up(shop, json.dumps(data).encode())
    assert refused.value.field == "mail.security"
    assert shop_settings.profile(shop).seller.name == "Schlafgut Lindner"
    assert mail_settings.account(shop) is None
    assert outbox.page(shop) == ()
