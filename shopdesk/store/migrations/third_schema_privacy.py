"""What the third schema adds for privacy: each use of a consent, and who asked to be forgotten."""

from __future__ import annotations

# Proof for five years from giving and from each use (§ 7a (2) UWG): counted from the last of them, or from the end.
_ENDED = """max(
    coalesce(OLD.given_on, ''), coalesce(OLD.withdrawn_on, ''),
    coalesce((SELECT max(substr(at, 1, 10)) FROM consent_use WHERE consent_id = OLD.id), '')
)"""
_CONSENT_USES = (
    """
    CREATE TABLE consent_use (
        id INTEGER NOT NULL,
        consent_id INTEGER NOT NULL,
        at TEXT NOT NULL,
        channel TEXT NOT NULL,
        what TEXT DEFAULT '' NOT NULL,
        who TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_consent_use PRIMARY KEY (id),
        CONSTRAINT fk_consent_use_consent_id FOREIGN KEY(consent_id) REFERENCES consent (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_consent_use_consent_id ON consent_use (consent_id)",
    (
        "CREATE TRIGGER consent_use_frozen BEFORE UPDATE ON consent_use FOR EACH ROW "
        "BEGIN SELECT RAISE(ABORT, 'frozen: the use of a consent is proof'); END"
    ),
    (
        # with its consent it goes: then the consent itself was old enough
        "CREATE TRIGGER consent_use_kept BEFORE DELETE ON consent_use FOR EACH ROW "
        "WHEN EXISTS (SELECT 1 FROM consent WHERE id = OLD.consent_id) "
        "BEGIN SELECT RAISE(ABORT, 'frozen: the use of a consent is proof'); END"
    ),
    (
        "CREATE TRIGGER consent_use_not_replaced BEFORE INSERT ON consent_use FOR EACH ROW "
        "WHEN EXISTS (SELECT 1 FROM consent_use AS kept WHERE kept.id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'frozen: the use of a consent is proof'); END"
    ),
    "DROP TRIGGER consent_kept",
    f"""
    CREATE TRIGGER consent_kept BEFORE DELETE ON consent FOR EACH ROW
    WHEN date({_ENDED}, '+5 years') IS NULL OR date({_ENDED}, '+5 years') >= date('now')
    BEGIN SELECT RAISE(ABORT, 'frozen: a consent is proof for five years from its giving and each use'); END
    """,  # noqa: S608 - our own words
)

# Who asked to be forgotten (Art. 17 GDPR): until kept_until the law keeps name, address and papers, restricted
# (Art. 18); done_at says that nothing of the person is left in the record. Of a forgotten customer a scan may go that
# was taken away or belongs to a draft.
_ERASURES = (
    """
    CREATE TABLE erasure (
        customer_id INTEGER NOT NULL,
        survivor_id INTEGER NOT NULL,
        erased_at TEXT NOT NULL,
        kept_until TEXT DEFAULT '' NOT NULL,
        done_at TEXT,
        digest TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_erasure PRIMARY KEY (customer_id),
        CONSTRAINT fk_erasure_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
        CONSTRAINT fk_erasure_survivor_id FOREIGN KEY(survivor_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_erasure_survivor_id ON erasure (survivor_id)",
    (
        "CREATE TRIGGER erasure_kept BEFORE DELETE ON erasure FOR EACH ROW "
        "BEGIN SELECT RAISE(ABORT, 'frozen: an erasure is not taken back'); END"
    ),
    (
        "CREATE TRIGGER customer_stays_erased BEFORE UPDATE OF deleted_at ON customer FOR EACH ROW "
        "WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM erasure WHERE customer_id = OLD.id) "
        "BEGIN SELECT RAISE(ABORT, 'frozen: an erasure is not taken back'); END"
    ),
    "DROP TRIGGER scan_kept",
    """
    CREATE TRIGGER scan_kept BEFORE DELETE ON scan FOR EACH ROW
    WHEN NOT EXISTS (
        SELECT 1 FROM document JOIN erasure ON erasure.customer_id = document.customer_id
        WHERE document.id = OLD.document_id AND (OLD.deleted_at IS NOT NULL OR document.state = 'draft')
    )
    BEGIN SELECT RAISE(ABORT, 'frozen: a stored file is frozen'); END
    """,
)

STATEMENTS: tuple[str, ...] = (*_CONSENT_USES, *_ERASURES)
