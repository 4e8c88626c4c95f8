"""What the third schema adds for bank files: which were taken in, and what the bank booked, each booking once."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE bank_file (
        id INTEGER NOT NULL,
        at TEXT NOT NULL,
        file_name TEXT DEFAULT '' NOT NULL,
        sha256 TEXT DEFAULT '' NOT NULL,
        form TEXT DEFAULT '' NOT NULL,
        account TEXT DEFAULT '' NOT NULL,
        first_day TEXT DEFAULT '' NOT NULL,
        last_day TEXT DEFAULT '' NOT NULL,
        added INTEGER DEFAULT '0' NOT NULL,
        known INTEGER DEFAULT '0' NOT NULL,
        undone_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_bank_file PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE bank_entry (
        id INTEGER NOT NULL,
        bank_file_id INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        account TEXT DEFAULT '' NOT NULL,
        booked TEXT NOT NULL,
        value_day TEXT NOT NULL,
        amount INTEGER NOT NULL,
        currency TEXT NOT NULL,
        name TEXT DEFAULT '' NOT NULL,
        iban TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        end_to_end TEXT DEFAULT '' NOT NULL,
        bank_reference TEXT DEFAULT '' NOT NULL,
        part INTEGER DEFAULT '0' NOT NULL,
        parts INTEGER DEFAULT '0' NOT NULL,
        form TEXT DEFAULT '' NOT NULL,
        detailed_by INTEGER,
        ignored_at TEXT,
        payment_id INTEGER,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_bank_entry PRIMARY KEY (id),
        CONSTRAINT fk_bank_entry_bank_file_id FOREIGN KEY(bank_file_id) REFERENCES bank_file (id),
        CONSTRAINT fk_bank_entry_detailed_by FOREIGN KEY(detailed_by) REFERENCES bank_file (id),
        CONSTRAINT fk_bank_entry_payment_id FOREIGN KEY(payment_id) REFERENCES payment (id)
    )
    """,
    """
    CREATE TABLE found_bank_file (
        id INTEGER NOT NULL,
        path TEXT DEFAULT '' NOT NULL,
        size INTEGER DEFAULT '0' NOT NULL,
        modified INTEGER DEFAULT '0' NOT NULL,
        sha256 TEXT DEFAULT '' NOT NULL,
        found_at TEXT NOT NULL,
        done_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_found_bank_file PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_found_bank_file_path ON found_bank_file (path)",
    "CREATE UNIQUE INDEX ix_bank_entry_fingerprint ON bank_entry (fingerprint)",
    "CREATE INDEX ix_bank_entry_bank_file_id ON bank_entry (bank_file_id)",
    "CREATE INDEX ix_bank_entry_payment_id ON bank_entry (payment_id)",
    "CREATE INDEX ix_bank_entry_booked ON bank_entry (booked)",
    "CREATE INDEX ix_bank_entry_detailed_by ON bank_entry (detailed_by)",
)
