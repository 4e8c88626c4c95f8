"""A Microsoft of the test's own: a real server with TLS that signs in, gives tokens and takes them back."""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import trustme

CLIENT = "11111111-2222-3333-4444-555555555555"
USER = "lindner@schlafgut.example"
Answer = tuple[int, dict[str, Any]]


@dataclass
class FakeMicrosoft:
    """What it does is said by its fields; `seen` are the grants it was asked for."""

    folder: Path
    who: str = USER
    consents: bool = True
    is_revoked: bool = False
    is_away: bool = False
    lifetime: int = 3600
    seen: list[str] = field(default_factory=list)
    good_tokens: set[str] = field(default_factory=set)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _refresh: str = ""
    port: int = 0
    introspection_port: int = 0

    @property
    def authority(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def ca_file(self) -> str:
        return str(self.folder / "microsoft-authority.pem")

    def browser(self, address: str) -> str:
        """The owner signs in on the page, and the browser comes back; what it shows then."""
        context = ssl.create_default_context(cafile=self.ca_file)
        with urllib.request.urlopen(address, context=context, timeout=10) as page:
            form = json.loads(page.read())
        with urllib.request.urlopen(form["action"], urlencode(form["fields"]).encode(), timeout=10) as answer:
            return str(answer.read().decode())

    def get(self, path: str) -> Answer:
        """What is answered; of the page to sign in the form that the browser sends on."""
        parts = urlsplit(path)
        asked = dict(parse_qsl(parts.query))
        if parts.path == "/introspect":
            return 200, {"active": asked.get("token") in self.good_tokens, "username": self.who}
        tenant = parts.path.split("/")[1]
        if tenant == "unknown.example":
            return 400, {"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant not found."}
        if parts.path.endswith("/.well-known/openid-configuration"):
            base = f"{self.authority}/{tenant}"
            return 200, {
                "issuer": f"{base}/v2.0", "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            }  # fmt: skip
        if parts.path.endswith("/authorize"):
            assert asked["response_mode"] == "form_post"
            return 200, {"action": asked["redirect_uri"], "fields": self._authorized(asked)}
        return 404, {}

    def _authorized(self, asked: dict[str, str]) -> dict[str, str]:
        if not self.consents:
            return {
                "error": "access_denied", "error_description": "AADSTS65004: User declined to consent.",
                "state": asked["state"],
            }  # fmt: skip
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def post(self, said: dict[str, str]) -> Answer:
        """A token for a code or for a refresh token."""
        self.seen.append(said["grant_type"])
        if said["client_id"] != CLIENT:
            return 400, {
                "error": "unauthorized_client",
                "error_description": "AADSTS700016: Application not found.",
            }
        if said["grant_type"] == "authorization_code":
            asked = self._codes.pop(said["code"])
            digest = hashlib.sha256(said["code_verifier"].encode()).digest()
            assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
            assert said["redirect_uri"] == asked["redirect_uri"]
            return 200, self._tokens(asked.get("nonce", ""))
        if self.is_revoked or said["refresh_token"] != self._refresh:
            return 400, {"error": "invalid_grant", "error_description": "AADSTS50173: The grant was revoked."}
        return 200, self._tokens("")

    def _tokens(self, nonce: str) -> dict[str, Any]:
        number, now = len(self.seen), int(time.time())
        self._refresh = f"refresh-{number}-" + "x" * 1500
        access = f"access-{number}"
        self.good_tokens = {access}
        claims = {
            "iss": f"{self.authority}/tid/v2.0", "aud": CLIENT, "exp": now + 3600, "iat": now, "nonce": nonce,
            "preferred_username": self.who, "oid": "oid", "tid": "tid", "sub": "sub",
        }  # fmt: skip
        return {
            "token_type": "Bearer", "expires_in": self.lifetime, "access_token": access,
            "refresh_token": self._refresh, "id_token": f"{_b64({'alg': 'none'})}.{_b64(claims)}.",
            "client_info": _b64({"uid": "oid", "utid": "tid"}),
            "scope": "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
        }  # fmt: skip


def _b64(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _handler(fake: FakeMicrosoft) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(*fake.get(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*fake.post({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, status: int, value: dict[str, Any]) -> None:
            if fake.is_away:
                self.close_connection = True
                return
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            pass

    return Handler


@contextmanager
def microsoft(folder: Path) -> Iterator[FakeMicrosoft]:
    """It, running. Mail servers ask without TLS whether a token is good."""
    authority = trustme.CA()
    fake = FakeMicrosoft(folder)
    authority.cert_pem.write_to_path(fake.ca_file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake)) for _each in range(2)]
    servers[0].socket = context.wrap_socket(servers[0].socket, server_side=True)
    fake.port, fake.introspection_port = servers[0].server_port, servers[1].server_port
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield fake
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
