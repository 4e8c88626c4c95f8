"""The owner's mail texts in the database; the shipped ones are files (output/email)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.mail_templates import Audience, MailTemplate
from shopdesk.store import pages
from shopdesk.store.tables import mail_template


def find(
    connection: Connection, kind: DocumentKind, audiences: tuple[Audience, ...], language: str
) -> MailTemplate | None:
    """The owner's text for the first audience that has one."""
    statement = select(mail_template).where(
        mail_template.c.kind == kind.value,
        mail_template.c.language == language,
        mail_template.c.audience.in_([audience.value for audience in audiences]),
    )
    found = {row.audience: row for row in connection.execute(statement)}
    return next((_template(found[audience]) for audience in audiences if audience in found), None)


def all_templates(connection: Connection) -> tuple[MailTemplate, ...]:
    """Every text the owner has changed."""
    columns = (mail_template.c.kind, mail_template.c.language, mail_template.c.audience)
    return tuple(_template(row) for row in connection.execute(select(mail_template).order_by(*columns)))


def save(connection: Connection, value: MailTemplate) -> int:
    """Store a new or changed text and give its id; raises ChangedElsewhere."""
    columns = {
        "kind": value.kind.value,
        "audience": value.audience.value,
        "language": value.language,
        "subject": value.subject,
        "body": value.body,
    }
    if value.id is None:
        return int(connection.execute(insert(mail_template).values(columns)).inserted_primary_key[0])  # type: ignore[index]
    statement = update(mail_template).where(
        mail_template.c.id == value.id, mail_template.c.version == value.version
    )
    pages.versioned(
        connection.execute(statement.values(columns | {"version": value.version + 1})).rowcount, value.subject
    )
    return value.id


def remove(connection: Connection, template_id: int) -> None:
    """Go back to the shipped text."""
    connection.execute(delete(mail_template).where(mail_template.c.id == template_id))


def _template(row: Row[Any]) -> MailTemplate:
    return MailTemplate(
        DocumentKind(row.kind),
        Audience(row.audience),
        row.language,
        row.subject,
        row.body,
        row.id,
        row.version,
    )
