"""The program as a script calls it: a process of its own, an empty home, JSON back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

SHOP: dict[str, Any] = {
    "name": "Schlafgut Lindner", "owner": "Jens Lindner",
    "address": {"lines": ["Marktstraße 9"], "postal_code": "37073", "city": "Göttingen"},
    "country": "DE", "tax_number": "20/123/45678", "vat_id": "DE136695976", "account_holder": "Jens Lindner",
    "iban": "DE02 1203 0000 0000 2020 51", "bic": "BYLADEM1001", "bank": "Musterbank",
    "email": "post@schlafgut-lindner.example", "phone": "0551 123456", "oss": "auto", "language": "de",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What came back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def error(self) -> tuple[str, str | None]:
        """Code and field of an error."""
        return self.json["error"]["code"], self.json["error"]["field"]


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("find", "ivanova")` with a database of its own in an empty home."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "SHOPDESK_"))
    }
    environment |= {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home),
        "LOCALAPPDATA": str(home),
    }
    environment |= {
        "SHOPDESK_DATABASE": str(tmp_path / "shop.sqlite"),
        "LANG": "de_DE.UTF-8",
        "PYTHONPATH": str(ROOT),
    }

    def call(*arguments: object, **more: str) -> Answer:
        command = [sys.executable, "-m", "shopdesk", *map(str, arguments)]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment | more,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Any], Path]:
    """`write("order.json", {...})` gives the path of the file."""

    def file(name: str, content: Any) -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    return file


@pytest.fixture
def shop(run: Run, write: Callable[[str, Any], Path]) -> Run:
    """`run` with the sample shop's own data entered."""
    assert run("setup", write("SHOP.json", SHOP)).code == 0
    return run


@pytest.fixture
def order() -> dict[str, Any]:
    """The mattress order of the contract."""
    return {
        "kind": "invoice",
        "customer": {
            "salutation": "mrs", "given_name": "Desislava", "family_name": "Ivanova",
            "email": "d.ivanova@example.org", "phones": ["+359 88 712 3456"], "language": "de",
            "address": {"lines": ["ul. Hristo Botev 14"], "postal_code": "5300", "city": "Gabrovo", "country": "BG"},
        },
        "due": "+7", "fulfilment": "ship", "prices": "gross", "tax_case": "auto", "currency": "EUR",
        "lines": [
            {"text": "Rollmatratze 80 × 190 cm", "quantity": "2", "unit_price": "123.03", "vat_rate": "19"},
            {"kind": "postage", "text": "Porto DHL Paket Bulgarien", "quantity": "1", "unit_price": "42.99"},
            {"kind": "packaging", "text": "Verpackung Rollware", "quantity": "1", "unit_price": "6.50"},
        ],
    }  # fmt: skip
