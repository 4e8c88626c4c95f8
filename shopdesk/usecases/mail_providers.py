"""The mail servers of known providers, so that the owner types an address and a password only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from shopdesk import paths
from shopdesk.domain.mail import Security


@dataclass(frozen=True, slots=True)
class MailProvider:
    """How a provider takes mail and gives it (IMAP over TLS on port 993). `domains` are those of its addresses; `note`
    is what its customers stumble over.
    """

    name: str
    domains: tuple[str, ...]
    host: str
    port: int
    security: Security
    note: str = ""
    imap_host: str = ""


@lru_cache(maxsize=1)
def providers() -> tuple[MailProvider, ...]:
    """The shipped table; each entry names its source there."""
    file = paths.resources() / "data" / "mail_providers.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        MailProvider(
            entry["name"], tuple(entry["domains"]), entry["host"], entry["port"],
            Security(entry["security"]), entry.get("note", ""), entry.get("imap_host", ""),
        )
        for entry in raw["providers"]
    )  # fmt: skip


def provider_of(address: str) -> MailProvider | None:
    """Whose address it is; None for an unknown domain, such as the shop's own."""
    domain = address.strip().rpartition("@")[2].casefold()
    return next((entry for entry in providers() if domain in entry.domains), None)
