"""What the second schema adds to the first, each capability with statements of its own."""

from __future__ import annotations

from shopdesk.store.migrations import second_schema_card

_OPTIONAL_LINES = ("ALTER TABLE document_line ADD COLUMN option TEXT DEFAULT '' NOT NULL",)

# Which documents a document refers to (deposits of a final invoice, the invoice of a cancellation). The truth stands
# in the document's content and is covered by its hash; this table is how the other direction is found.
_REFERENCES = (
    """
    CREATE TABLE document_reference (
        document_id INTEGER NOT NULL,
        referred_id INTEGER NOT NULL,
        CONSTRAINT pk_document_reference PRIMARY KEY (document_id, referred_id),
        CONSTRAINT fk_document_reference_document_id FOREIGN KEY(document_id)
            REFERENCES document (id) ON DELETE CASCADE,
        CONSTRAINT fk_document_reference_referred_id FOREIGN KEY(referred_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_document_reference_referred_id ON document_reference (referred_id)",
    *(
        f"""
        CREATE TRIGGER document_reference_{name} BEFORE {moment} ON document_reference FOR EACH ROW
        WHEN EXISTS (SELECT 1 FROM document WHERE id IN ({ids}) AND state = 'issued')
        BEGIN SELECT RAISE(ABORT, 'frozen: an issued document is frozen'); END
        """  # noqa: S608 - our own names
        for name, moment, ids in (
            ("not_added", "INSERT", "NEW.document_id"),
            ("frozen", "UPDATE", "OLD.document_id, NEW.document_id"),
            ("kept", "DELETE", "OLD.document_id"),
        )
    ),
)

# A shop that moves in with number 500 begins the next year with 1 (start_year 0: the start holds in each year).
# The kinds share ranges now, so a number is given once over all of them; no index says so, because shops of the first
# schema may hold an equal quote and invoice. The journal is read by subject and by day.
_NUMBERS_AND_JOURNAL = (
    "ALTER TABLE number_range ADD COLUMN start_year INTEGER DEFAULT '0' NOT NULL",
    """
    CREATE TRIGGER document_number_given_once BEFORE UPDATE OF state, number ON document FOR EACH ROW
    WHEN NEW.number IS NOT NULL AND OLD.state = 'draft' AND EXISTS (
        SELECT 1 FROM document AS issued WHERE issued.number = NEW.number AND issued.id <> OLD.id AND issued.kind IN (
            'quote', 'order_confirmation', 'delivery_note', 'invoice', 'deposit_invoice', 'final_invoice',
            'cancellation', 'credit_note', 'payment_reminder'
        )
    )
    BEGIN SELECT RAISE(ABORT, 'frozen: a number is given once'); END
    """,
    "CREATE INDEX ix_journal_subject_subject_id ON journal (subject, subject_id)",
    "CREATE INDEX ix_journal_at ON journal (at)",
)

# The sums that the law watches, and what the member states said about VAT ids. The turnover of what the first schema
# issued is made out of its frozen content; later the program writes it when it issues.
_EU = (
    "'AT','BE','BG','CY','CZ','DE','DK','EE','ES','FI','FR','GR','HR','HU','IE','IT','LT','LU','LV','MT','NL','PL','PT',"
    "'RO','SE','SI','SK'"
)
_GOAL = """coalesce(
    json_extract(content, '$.recipient.delivery_address.country'), json_extract(content, '$.recipient.address.country')
)"""
_LINES = "SELECT sum(line.net) FROM document_line AS line WHERE line.document_id = document.id AND line.kind"
_TAX = (
    """
    CREATE TABLE turnover (
        document_id INTEGER NOT NULL,
        year INTEGER NOT NULL,
        currency TEXT NOT NULL,
        distance INTEGER DEFAULT '0' NOT NULL,
        gross INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_turnover PRIMARY KEY (document_id),
        CONSTRAINT fk_turnover_document_id FOREIGN KEY(document_id) REFERENCES document (id)
    )
    """,
    f"""
    INSERT INTO turnover (document_id, year, currency, distance, gross)
    SELECT id, CAST(substr(coalesce(
            json_extract(content, '$.delivery_date'), json_extract(content, '$.service_period[1]'),
            nullif(json_extract(content, '$.delivery_month'), ''), date
        ), 1, 4) AS INTEGER),
        currency,
        CASE WHEN json_extract(content, '$.fulfilment') IN ('ship', 'deliver')
            AND (tax_case = 'oss' OR (tax_case = 'domestic' AND json_extract(content, '$.recipient.vat_id') = ''))
            AND {_GOAL} IN ({_EU}) AND {_GOAL} <> json_extract(content, '$.seller.address.country')
        THEN coalesce(
            net * ({_LINES} = 'goods' AND line.tax_case = '') / nullif(({_LINES} IN ('goods', 'service')), 0), 0
        ) ELSE 0 END,
        CASE WHEN EXISTS (
            SELECT 1 FROM document_line AS line WHERE line.document_id = document.id AND line.kind = 'voucher'
        ) THEN 0 ELSE gross END
    FROM document WHERE kind = 'invoice' AND state = 'issued' AND json_valid(content)
    """,  # noqa: S608 - our own words
    """
    CREATE TABLE turnover_year (
        year INTEGER NOT NULL,
        currency TEXT NOT NULL,
        distance INTEGER DEFAULT '0' NOT NULL,
        gross INTEGER DEFAULT '0' NOT NULL,
        documents INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_turnover_year PRIMARY KEY (year, currency)
    )
    """,
    """
    INSERT INTO turnover_year (year, currency, distance, gross, documents)
    SELECT year, currency, sum(distance), sum(gross), count(*) FROM turnover GROUP BY year, currency
    """,
    """
    CREATE TABLE vat_id_check (
        id INTEGER NOT NULL,
        vat_id TEXT NOT NULL,
        requester TEXT DEFAULT '' NOT NULL,
        service TEXT DEFAULT '' NOT NULL,
        at TEXT NOT NULL,
        day TEXT NOT NULL,
        result TEXT NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        name TEXT DEFAULT '' NOT NULL,
        address TEXT DEFAULT '' NOT NULL,
        matches TEXT DEFAULT '' NOT NULL,
        request_identifier TEXT DEFAULT '' NOT NULL,
        raw TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_vat_id_check PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_vat_id_check_day_vat_id ON vat_id_check (day, vat_id)",
    *(
        f"CREATE TRIGGER vat_id_check_{name} BEFORE {moment} ON vat_id_check FOR EACH ROW "
        "BEGIN SELECT RAISE(ABORT, 'frozen: the answer about a VAT id is evidence'); END"
        for name, moment in (("frozen", "UPDATE"), ("kept", "DELETE"))
    ),
    """
    CREATE TABLE vat_confirmation (
        document_id INTEGER NOT NULL,
        vat_id TEXT NOT NULL,
        wanted_on TEXT NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        check_id INTEGER,
        CONSTRAINT pk_vat_confirmation PRIMARY KEY (document_id),
        CONSTRAINT fk_vat_confirmation_document_id FOREIGN KEY(document_id) REFERENCES document (id),
        CONSTRAINT fk_vat_confirmation_check_id FOREIGN KEY(check_id) REFERENCES vat_id_check (id)
    )
    """,
    "CREATE INDEX ix_vat_confirmation_check_id ON vat_confirmation (check_id)",
    (
        "CREATE TRIGGER vat_confirmation_kept BEFORE DELETE ON vat_confirmation FOR EACH ROW "
        "BEGIN SELECT RAISE(ABORT, 'frozen: which document was confirmed is evidence'); END"
    ),
)

# Where and in which form the customer wants e-invoices.
_E_INVOICES = (
    "ALTER TABLE customer ADD COLUMN electronic_address TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE customer ADD COLUMN electronic_scheme TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE customer ADD COLUMN xrechnung INTEGER DEFAULT '0' NOT NULL",
)

# E-invoices that came in, as they came. Whom they are from may be corrected, nothing else.
_RECEIVED_INVOICES = (
    """
    CREATE TABLE received_invoice (
        id INTEGER NOT NULL,
        file_name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER DEFAULT '0' NOT NULL,
        data BLOB NOT NULL,
        number TEXT DEFAULT '' NOT NULL,
        seller TEXT DEFAULT '' NOT NULL,
        issued TEXT,
        due TEXT,
        currency TEXT DEFAULT '' NOT NULL,
        payable TEXT DEFAULT '' NOT NULL,
        received_at TEXT NOT NULL,
        kept_until TEXT NOT NULL,
        customer_id INTEGER,
        supplier TEXT DEFAULT '' NOT NULL,
        search TEXT DEFAULT '' NOT NULL,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_received_invoice PRIMARY KEY (id),
        CONSTRAINT uq_received_invoice_sha256 UNIQUE (sha256),
        CONSTRAINT fk_received_invoice_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_received_invoice_received_at ON received_invoice (received_at)",
    "CREATE INDEX ix_received_invoice_customer_id ON received_invoice (customer_id)",
    (
        "CREATE TRIGGER received_invoice_frozen BEFORE UPDATE OF id, file_name, media_type, sha256, size, data, "
        "number, seller, issued, due, currency, payable, received_at, kept_until ON received_invoice FOR EACH ROW "
        "BEGIN SELECT RAISE(ABORT, 'frozen: a filed invoice is frozen'); END"
    ),
    (
        "CREATE TRIGGER received_invoice_kept BEFORE DELETE ON received_invoice FOR EACH ROW "
        "WHEN OLD.kept_until >= date('now') "
        "BEGIN SELECT RAISE(ABORT, 'frozen: a filed invoice is kept for eight years'); END"
    ),
    (
        "CREATE TRIGGER received_invoice_not_replaced BEFORE INSERT ON received_invoice FOR EACH ROW "
        "WHEN EXISTS (SELECT 1 FROM received_invoice AS kept WHERE kept.id = NEW.id OR kept.sha256 = NEW.sha256) "
        "BEGIN SELECT RAISE(ABORT, 'frozen: a filed invoice is frozen'); END"
    ),
)

# What came back on paper: the order with the customer's signature. It may be taken away again, its bytes never change.
_SCANS = (
    """
    CREATE TABLE scan (
        id INTEGER NOT NULL,
        document_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER DEFAULT '0' NOT NULL,
        data BLOB NOT NULL,
        added_at TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_scan PRIMARY KEY (id),
        CONSTRAINT fk_scan_document_id FOREIGN KEY(document_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_scan_document_id ON scan (document_id)",
    (
        "CREATE TRIGGER scan_frozen BEFORE UPDATE OF id, document_id, name, media_type, sha256, size, data, added_at "
        "ON scan FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'frozen: a stored file is frozen'); END"
    ),
    (
        "CREATE TRIGGER scan_kept BEFORE DELETE ON scan FOR EACH ROW "
        "BEGIN SELECT RAISE(ABORT, 'frozen: a stored file is frozen'); END"
    ),
    (
        "CREATE TRIGGER scan_not_replaced BEFORE INSERT ON scan FOR EACH ROW "
        "WHEN EXISTS (SELECT 1 FROM scan AS kept WHERE kept.id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'frozen: a stored file is frozen'); END"
    ),
)

# What belongs to an issued document beside its own rows does not change either; a bill is confirmed once.
_KEPT_WITH_DOCUMENTS = tuple(
    f"CREATE TRIGGER {name} BEFORE {moment} FOR EACH ROW {when}"
    f"BEGIN SELECT RAISE(ABORT, 'frozen: {words}'); END"
    for name, moment, when, words in (
        ("turnover_frozen", "UPDATE ON turnover", "", "an issued document is frozen"),
        ("turnover_kept", "DELETE ON turnover", "", "an issued document is frozen"),
        (
            "turnover_not_replaced", "INSERT ON turnover",
            "WHEN EXISTS (SELECT 1 FROM turnover AS kept WHERE kept.document_id = NEW.document_id) ",
            "an issued document is frozen",
        ),
        (
            "vat_id_check_not_replaced", "INSERT ON vat_id_check",
            "WHEN EXISTS (SELECT 1 FROM vat_id_check AS kept WHERE kept.id = NEW.id) ",
            "the answer about a VAT id is evidence",
        ),
        (
            "vat_confirmation_frozen", "UPDATE OF document_id, vat_id, wanted_on, reason ON vat_confirmation", "",
            "which document was confirmed is evidence",
        ),
        (
            "vat_confirmation_given_once", "UPDATE OF check_id ON vat_confirmation",
            "WHEN OLD.check_id IS NOT NULL ",
            "which document was confirmed is evidence",
        ),
        (
            "vat_confirmation_not_replaced", "INSERT ON vat_confirmation",
            "WHEN EXISTS (SELECT 1 FROM vat_confirmation AS kept WHERE kept.document_id = NEW.document_id) ",
            "which document was confirmed is evidence",
        ),
    )
)  # fmt: skip

# One customer who stood there twice: whose record is a part of which, and which pairs only look alike. Candidates of
# the same town are found by postal code.
_DUPLICATES = (
    """
    CREATE TABLE customer_merge (
        merged_id INTEGER NOT NULL,
        survivor_id INTEGER NOT NULL,
        into_id INTEGER NOT NULL,
        at TEXT NOT NULL,
        before TEXT DEFAULT '' NOT NULL,
        after TEXT DEFAULT '' NOT NULL,
        moved TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_customer_merge PRIMARY KEY (merged_id),
        CONSTRAINT fk_customer_merge_merged_id FOREIGN KEY(merged_id) REFERENCES customer (id),
        CONSTRAINT fk_customer_merge_survivor_id FOREIGN KEY(survivor_id) REFERENCES customer (id),
        CONSTRAINT fk_customer_merge_into_id FOREIGN KEY(into_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_customer_merge_survivor_id ON customer_merge (survivor_id)",
    "CREATE INDEX ix_customer_merge_into_id ON customer_merge (into_id)",
    """
    CREATE TABLE customer_difference (
        first_id INTEGER NOT NULL,
        second_id INTEGER NOT NULL,
        at TEXT NOT NULL,
        CONSTRAINT pk_customer_difference PRIMARY KEY (first_id, second_id),
        CONSTRAINT ck_customer_difference_ordered CHECK (first_id < second_id),
        CONSTRAINT fk_customer_difference_first_id FOREIGN KEY(first_id) REFERENCES customer (id),
        CONSTRAINT fk_customer_difference_second_id FOREIGN KEY(second_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_customer_difference_second_id ON customer_difference (second_id)",
    "CREATE INDEX ix_customer_address_postal_code ON customer_address (postal_code, customer_id)",
)

# What an import brought in, so that the whole of it can be taken back.
_IMPORTS = (
    """
    CREATE TABLE import_run (
        id INTEGER NOT NULL,
        at TEXT NOT NULL,
        file_name TEXT DEFAULT '' NOT NULL,
        sha256 TEXT DEFAULT '' NOT NULL,
        kind TEXT DEFAULT '' NOT NULL,
        new INTEGER DEFAULT '0' NOT NULL,
        changed INTEGER DEFAULT '0' NOT NULL,
        unchanged INTEGER DEFAULT '0' NOT NULL,
        doubtful INTEGER DEFAULT '0' NOT NULL,
        refused INTEGER DEFAULT '0' NOT NULL,
        undone_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_import_run PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE import_row (
        id INTEGER NOT NULL,
        import_id INTEGER NOT NULL,
        subject TEXT NOT NULL,
        subject_id INTEGER NOT NULL,
        action TEXT NOT NULL,
        version INTEGER DEFAULT '1' NOT NULL,
        before TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_import_row PRIMARY KEY (id),
        CONSTRAINT fk_import_row_import_id FOREIGN KEY(import_id) REFERENCES import_run (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_import_row_import_id ON import_row (import_id)",
    "CREATE INDEX ix_import_row_subject_subject_id ON import_row (subject, subject_id)",
    """
    CREATE TABLE old_invoice (
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        day TEXT NOT NULL,
        recipient TEXT DEFAULT '' NOT NULL,
        customer_id INTEGER,
        gross INTEGER,
        currency TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        file_name TEXT DEFAULT '' NOT NULL,
        sha256 TEXT DEFAULT '' NOT NULL,
        data BLOB,
        search TEXT DEFAULT '' NOT NULL,
        created_at TEXT NOT NULL,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_old_invoice PRIMARY KEY (id),
        CONSTRAINT fk_old_invoice_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_old_invoice_number ON old_invoice (number)",
    "CREATE INDEX ix_old_invoice_customer_id ON old_invoice (customer_id)",
)

# Calls that nobody answered: one row for each caller since somebody last spoke to him.
_MISSED_CALLS = (
    """
    CREATE TABLE missed_call (
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        shown TEXT DEFAULT '' NOT NULL,
        customer_id INTEGER,
        times INTEGER DEFAULT '1' NOT NULL,
        last_at TEXT NOT NULL,
        due TEXT NOT NULL,
        due_time TEXT DEFAULT '' NOT NULL,
        done_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_missed_call PRIMARY KEY (id),
        CONSTRAINT fk_missed_call_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_missed_call_done_at ON missed_call (done_at)",
    "CREATE INDEX ix_missed_call_customer_id ON missed_call (customer_id)",
)

STATEMENTS: tuple[str, ...] = (
    *_OPTIONAL_LINES,
    *_REFERENCES,
    *_NUMBERS_AND_JOURNAL,
    *_TAX,
    *_E_INVOICES,
    *_RECEIVED_INVOICES,
    *_SCANS,
    *_KEPT_WITH_DOCUMENTS,
    *_DUPLICATES,
    *_IMPORTS,
    *_MISSED_CALLS,
    *second_schema_card.STATEMENTS,
)
