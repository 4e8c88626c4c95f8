"""What the third schema adds to follow-ups: repeating, ending on a contact, and who set them."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE follow_up ADD COLUMN repeat_every INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE follow_up ADD COLUMN repeat_unit TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE follow_up ADD COLUMN repeat_day INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE follow_up ADD COLUMN on_contact INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE follow_up ADD COLUMN origin TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX ix_follow_up_done_at_due ON follow_up (done_at, due)",
    "CREATE INDEX ix_follow_up_document_id ON follow_up (document_id)",
    # only the program itself has set follow-ups about quotes so far
    """
    UPDATE follow_up SET origin = 'quote', version = version + 1
    WHERE done_at IS NULL AND deleted_at IS NULL AND purpose = 'order'
        AND document_id IN (SELECT id FROM document WHERE kind = 'quote')
    """,
)
