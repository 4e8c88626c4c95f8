"""What the third schema adds for mails that come in."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE mail_fetch (
        account TEXT NOT NULL,
        last_success_at TEXT,
        failing_since TEXT,
        failures INTEGER DEFAULT '0' NOT NULL,
        next_try_at TEXT,
        reason TEXT DEFAULT '' NOT NULL,
        alarm_at TEXT,
        name TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_mail_fetch PRIMARY KEY (account)
    )
    """,
    """
    CREATE TABLE mail_folder (
        account TEXT NOT NULL,
        folder TEXT NOT NULL,
        uid_validity INTEGER DEFAULT '0' NOT NULL,
        last_uid INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_mail_folder PRIMARY KEY (account, folder)
    )
    """,
    """
    CREATE TABLE mail_tidying (
        account TEXT NOT NULL,
        folder TEXT NOT NULL,
        uid_validity INTEGER NOT NULL,
        uid INTEGER NOT NULL,
        mail_id INTEGER NOT NULL,
        CONSTRAINT pk_mail_tidying PRIMARY KEY (account, folder, uid_validity, uid)
    )
    """,
    """
    CREATE TABLE received_mail (
        id INTEGER NOT NULL,
        message_id TEXT NOT NULL,
        thread TEXT NOT NULL,
        place TEXT NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        customer_id INTEGER,
        inquiry_id INTEGER,
        sender TEXT DEFAULT '' NOT NULL,
        sender_name TEXT DEFAULT '' NOT NULL,
        answer_to TEXT DEFAULT '' NOT NULL,
        answer_to_name TEXT DEFAULT '' NOT NULL,
        recipients TEXT DEFAULT '' NOT NULL,
        subject TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        received_at TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        reference_ids TEXT DEFAULT '' NOT NULL,
        attachments TEXT DEFAULT '' NOT NULL,
        automatic INTEGER DEFAULT '0' NOT NULL,
        is_cut INTEGER DEFAULT '0' NOT NULL,
        size INTEGER DEFAULT '0' NOT NULL,
        sha256 TEXT NOT NULL,
        data BLOB,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_received_mail PRIMARY KEY (id),
        CONSTRAINT uq_received_mail_message_id UNIQUE (message_id),
        CONSTRAINT fk_received_mail_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_received_mail_customer_id ON received_mail (customer_id)",
    "CREATE INDEX ix_received_mail_inquiry_id ON received_mail (inquiry_id)",
    "CREATE INDEX ix_received_mail_place_received_at ON received_mail (place, received_at)",
    "CREATE INDEX ix_received_mail_received_at ON received_mail (received_at)",
    "CREATE INDEX ix_received_mail_thread ON received_mail (thread)",
    """
    CREATE TABLE mail_sender_rule (
        address TEXT NOT NULL,
        rule TEXT NOT NULL,
        at TEXT NOT NULL,
        CONSTRAINT pk_mail_sender_rule PRIMARY KEY (address)
    )
    """,
)
