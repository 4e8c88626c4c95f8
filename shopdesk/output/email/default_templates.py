"""The mail texts that the shop begins with; the owner changes them in the settings."""

from __future__ import annotations

import json
from functools import lru_cache

from shopdesk import paths
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.mail_templates import Audience, MailTemplate


@lru_cache(maxsize=1)
def default_templates() -> tuple[MailTemplate, ...]:
    """All shipped texts: every kind of document in the languages of the paper."""
    raw = json.loads((paths.resources() / "data" / "mail_templates.json").read_text(encoding="utf-8"))
    return tuple(
        MailTemplate(
            DocumentKind(entry["kind"]), Audience(entry["audience"]), entry["language"],
            entry["subject"], "\n".join(entry["body"]),
        )
        for entry in raw
    )  # fmt: skip


def default_template(
    kind: DocumentKind, audiences: tuple[Audience, ...], language: str
) -> MailTemplate | None:
    """The shipped text; a language without one speaks English."""
    found = {(entry.kind, entry.audience, entry.language): entry for entry in default_templates()}
    wanted = ((kind, audience, spoken) for spoken in (language, "en") for audience in audiences)
    return next((found[key] for key in wanted if key in found), None)
