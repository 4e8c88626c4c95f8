"""What the two services can answer, and what a line can do, over real TLS on this computer."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from shopdesk.domain.vat_id_checks import CheckResult, CheckService, VatIdAnswer, VatIdQuestion
from shopdesk.outside.vat_id_service import OnlineVatIdService

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]

BUYER = VatIdQuestion("BG175074752", "AT0U13585627", "Сън ООД", "ul. 5", "1000", "Sofia")
GERMAN = VatIdQuestion("BG175074752", "DE136695976", "Сън ООД", "ul. 5", "1000", "Sofia")
VALID = {
    "countryCode": "BG", "vatNumber": "175074752", "valid": True, "requestIdentifier": "WAPIAAAAZ1", "name": "СЪН ООД",
    "address": "гр.София", "requestDate": "2026-11-23T09:50:00Z",
}  # fmt: skip


class Desk:
    """A service that answers what it is told to, at two paths; `asked` keeps the bodies."""

    def __init__(self, certificate: trustme.LeafCert) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.replies: dict[str, Reply] = {}
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                desk.asked.append((self.path, body))
                desk.replies[self.path](self, body)

            def do_GET(self) -> None:
                desk.asked.append(("GET " + self.path, {}))
                says({"valid": True})(self, {})

            def log_message(self, *_args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return str(file)


@pytest.fixture
def desk(authority: trustme.CA) -> Iterator[Desk]:
    made = Desk(authority.issue_cert("127.0.0.1"))
    yield made
    made.close()


def service(desk: Desk, ca_file: str, step: float = 5, whole: float = 5) -> OnlineVatIdService:
    return OnlineVatIdService(f"{desk.url}/vies", f"{desk.url}/evatr", ca_file, step, whole)


def says(answer: object, status: int = 200) -> Reply:
    def reply(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return reply


def test_a_valid_id_brings_name_and_identifier(desk: Desk, ca_file: str) -> None:
    desk.replies["/vies"] = says(VALID)
    answer = service(desk, ca_file).ask(BUYER)
    assert (answer.result, answer.service) == (CheckResult.VALID, CheckService.VIES)
    assert (answer.name, answer.address, answer.request_identifier) == ("СЪН ООД", "гр.София", "WAPIAAAAZ1")
    assert json.loads(answer.raw) == VALID
    assert desk.asked == [
        (
            "/vies",
            {
                "countryCode": "BG", "vatNumber": "175074752",
                "requesterMemberStateCode": "AT", "requesterNumber": "0U13585627",
            },
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "result", "reason"),
    [
        ({**VALID, "valid": False, "name": "---", "address": "---"}, CheckResult.INVALID, ""),
        ({"errorWrappers": [{"error": "MS_UNAVAILABLE"}]}, CheckResult.UNAVAILABLE, "MS_UNAVAILABLE"),
        ({**VALID, "valid": False, "userError": "MS_UNAVAILABLE"}, CheckResult.UNAVAILABLE, "MS_UNAVAILABLE"),
        ({"errorWrappers": [{"error": "INVALID_REQUESTER_INFO"}]}, CheckResult.UNAVAILABLE, "INVALID_REQUESTER_INFO"),
        ({"valid": "yes"}, CheckResult.UNAVAILABLE, "unreadable"),
        ({}, CheckResult.UNAVAILABLE, "unreadable"),
        ([True], CheckResult.UNAVAILABLE, "unreadable"),
        (b"<html>Service Unavailable</html>", CheckResult.UNAVAILABLE, "unreadable"),
        (b"\xff\xfe\x00", CheckResult.UNAVAILABLE, "unreadable"),
        (b"[" * 60_000, CheckResult.UNAVAILABLE, "unreadable"),
        (b"", CheckResult.UNAVAILABLE, "unreadable"),
    ],
)  # fmt: skip
def test_only_a_clear_no_is_a_no(
    desk: Desk, ca_file: str, reply: object, result: CheckResult, reason: str
) -> None:
    desk.replies["/vies"] = says(reply)
    answer = service(desk, ca_file).ask(BUYER)
    assert (answer.result, answer.reason) == (result, reason)
    assert not answer.name


def test_an_error_status_with_an_answer_is_read(desk: Desk, ca_file: str) -> None:
    desk.replies["/vies"] = says({"errorWrappers": [{"error": "GLOBAL_MAX_CONCURRENT_REQ"}]}, 429)
    assert service(desk, ca_file).ask(BUYER).reason == "GLOBAL_MAX_CONCURRENT_REQ"


def test_ten_megabytes_are_not_read_to_the_end(desk: Desk, ca_file: str) -> None:
    sent = 0

    def flood(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(160):
                handler.wfile.write(b" " * 65_536)
                sent += 65_536
        except OSError:
            return

    desk.replies["/vies"] = flood
    answer = service(desk, ca_file).ask(BUYER)
    assert (answer.result, answer.reason) == (CheckResult.UNAVAILABLE, "too-large")
    assert sent < 160 * 65_536


def test_a_service_that_is_silent_or_drips_is_given_up(desk: Desk, ca_file: str) -> None:
    free = threading.Event()

    def silent(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
        del handler
        free.wait(10)

    def drips(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not free.wait(0.05):
                handler.wfile.write(b" ")
        except OSError:
            return

    for reply in (silent, drips):
        desk.replies["/vies"] = reply
        began = time.monotonic()
        assert service(desk, ca_file, step=0.4, whole=0.4).ask(BUYER).reason == "timeout"
        assert time.monotonic() - began < 5
    free.set()


def test_a_certificate_that_nobody_vouches_for_gets_no_question(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    answer = service(desk, str(other)).ask(BUYER)
    assert (answer.result, answer.reason) == (CheckResult.UNAVAILABLE, "no-connection")
    assert desk.asked == []


def test_a_certificate_for_another_name_gets_no_question(authority: trustme.CA, ca_file: str) -> None:
    wrong = Desk(authority.issue_cert("vies.example"))
    assert service(wrong, ca_file).ask(BUYER).reason == "no-connection"
    assert wrong.asked == []
    wrong.close()


def test_a_missing_file_of_authorities_is_no_answer_and_no_fault(desk: Desk, tmp_path: Path) -> None:
    assert service(desk, str(tmp_path / "none.pem")).ask(BUYER).reason == "no-connection"


def test_nobody_there_is_no_answer(desk: Desk, ca_file: str) -> None:
    desk.close()
    assert service(desk, ca_file).ask(BUYER).reason == "no-connection"


def test_a_detour_is_not_followed(desk: Desk, ca_file: str) -> None:
    def elsewhere(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
        handler.send_response(302)
        handler.send_header("Location", f"{desk.url}/other")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    desk.replies["/vies"] = elsewhere
    assert service(desk, ca_file).ask(BUYER).result == CheckResult.UNAVAILABLE
    assert [path for path, _ in desk.asked] == ["/vies"]


EVATR = {
    "id": "47f1", "anfrageZeitpunkt": "2026-11-23T10:50:00Z", "ergFirmenname": "A", "ergStrasse": "D", "ergPlz": "D",
    "ergOrt": "B",
}  # fmt: skip


def test_a_german_shop_asks_the_bzst_with_name_and_place(desk: Desk, ca_file: str) -> None:
    desk.replies["/evatr"] = says({**EVATR, "status": "evatr-0000"})
    answer = service(desk, ca_file).ask(GERMAN)
    assert (answer.result, answer.service, answer.reason) == (
        CheckResult.VALID, CheckService.EVATR, "evatr-0000",
    )  # fmt: skip
    assert answer.request_identifier == "47f1"
    assert answer.matches == {"ergFirmenname": "A", "ergStrasse": "D", "ergPlz": "D", "ergOrt": "B"}
    assert desk.asked == [
        (
            "/evatr",
            {
                "anfragendeUstid": "DE136695976", "angefragteUstid": "BG175074752", "firmenname": "Сън ООД",
                "ort": "Sofia", "strasse": "ul. 5", "plz": "1000",
            },
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "http", "result"),
    [
        ("evatr-0003", 200, CheckResult.VALID),
        ("evatr-2008", 200, CheckResult.VALID),
        ("evatr-2001", 404, CheckResult.INVALID),
        ("evatr-2002", 200, CheckResult.INVALID),
        ("evatr-2006", 200, CheckResult.INVALID),
        ("evatr-0012", 400, CheckResult.INVALID),
    ],
)
def test_statuses_of_the_bzst(desk: Desk, ca_file: str, status: str, http: int, result: CheckResult) -> None:
    desk.replies["/evatr"] = says({**EVATR, "status": status}, http)
    assert service(desk, ca_file).ask(GERMAN).result == result


@pytest.mark.parametrize("status", ["evatr-0011", "evatr-2005", "evatr-0004", "evatr-2007", "", "evatr-9999"])
def test_where_the_bzst_cannot_say_vies_is_asked(desk: Desk, ca_file: str, status: str) -> None:
    desk.replies |= {"/evatr": says({"status": status}, 503), "/vies": says(VALID)}
    answer = service(desk, ca_file).ask(GERMAN)
    assert (answer.result, answer.service) == (CheckResult.VALID, CheckService.VIES)
    assert [path for path, _ in desk.asked] == ["/evatr", "/vies"]


def test_both_silent_is_no_answer(desk: Desk, ca_file: str) -> None:
    desk.replies |= {"/evatr": says(b"x"), "/vies": says(b"y")}
    assert service(desk, ca_file).ask(GERMAN) == VatIdAnswer(
        CheckResult.UNAVAILABLE, CheckService.VIES, "unreadable"
    )
