"""What the first schema refuses by itself, whoever writes. Released: never changed again.

GoBD: an issued document, its lines and files, the journal and the counters do not change. The triggers also stop
INSERT OR REPLACE and UPDATE OR REPLACE on connections without recursive_triggers.
"""

from __future__ import annotations


def _refuse(name: str, moment: str, table: str, when: str, words: str) -> str:
    # the driver tells no extended error codes; "frozen: " is what store/database.py knows these refusals by
    return (
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, 'frozen: {words}'); END"
    )


def _issued(document_id: str) -> str:
    return f"EXISTS (SELECT 1 FROM document WHERE id = {document_id} AND state = 'issued')"  # noqa: S608 - our own names


# the same UPDATE that freezes a draft may carry its hash; it can also follow, once
_ALL_BUT_HASHES = (
    "id, kind, state, number, request_key, request_digest, date, due, customer_id, follows_id, recipient, city, "
    "title, currency, net, gross, payable, tax_case, content, sort_key, created_at, updated_at, issued_at, "
    "program_version, version"
)
_TAKES_THE_PLACE_OF_AN_ISSUED_ONE = (
    "EXISTS (SELECT 1 FROM document AS issued WHERE issued.state = 'issued' AND (issued.id = NEW.id "
    "OR issued.request_key = NEW.request_key OR (issued.kind = NEW.kind AND issued.number = NEW.number) "
    "OR issued.chain_position = NEW.chain_position))"
)
_FROZEN = "an issued document is frozen"

TRIGGERS: tuple[str, ...] = (
    _refuse("document_frozen", f"UPDATE OF {_ALL_BUT_HASHES}", "document", "OLD.state = 'issued'", _FROZEN),
    _refuse(
        "document_hash_frozen",
        "UPDATE OF chain_position, previous_hash, hash",
        "document",
        "OLD.hash IS NOT NULL",
        _FROZEN,
    ),
    _refuse("document_kept", "DELETE", "document", "OLD.state = 'issued'", _FROZEN),
    _refuse(
        "document_not_replaced",
        "UPDATE",
        "document",
        f"OLD.state = 'draft' AND {_TAKES_THE_PLACE_OF_AN_ISSUED_ONE}",
        _FROZEN,
    ),
    _refuse("document_not_inserted_over", "INSERT", "document", _TAKES_THE_PLACE_OF_AN_ISSUED_ONE, _FROZEN),
    _refuse(
        "document_issued_from_draft",
        "INSERT",
        "document",
        "NEW.state = 'issued'",
        "a document is issued from its draft",
    ),
    _refuse("document_line_not_added", "INSERT", "document_line", _issued("NEW.document_id"), _FROZEN),
    _refuse(
        "document_line_frozen",
        "UPDATE",
        "document_line",
        f"{_issued('OLD.document_id')} OR {_issued('NEW.document_id')}",
        _FROZEN,
    ),
    _refuse("document_line_kept", "DELETE", "document_line", _issued("OLD.document_id"), _FROZEN),
    _refuse(
        "document_file_not_added",
        "INSERT",
        "document_file",
        "EXISTS (SELECT 1 FROM document WHERE id = NEW.document_id AND hash IS NOT NULL) "
        "OR EXISTS (SELECT 1 FROM document_file AS kept WHERE kept.id = NEW.id)",
        _FROZEN,
    ),
    _refuse("document_file_frozen", "UPDATE", "document_file", "1", "a stored file is frozen"),
    _refuse("document_file_kept", "DELETE", "document_file", _issued("OLD.document_id"), _FROZEN),
    _refuse("journal_frozen", "UPDATE", "journal", "1", "the journal is append-only"),
    _refuse("journal_kept", "DELETE", "journal", "1", "the journal is append-only"),
    _refuse(
        "journal_appended",
        "INSERT",
        "journal",
        "EXISTS (SELECT 1 FROM journal WHERE id = NEW.id) "
        "OR NEW.previous_hash IS NOT coalesce((SELECT hash FROM journal ORDER BY id DESC LIMIT 1), '')",
        "the journal is append-only",
    ),
    _refuse(
        "number_counter_up",
        "UPDATE",
        "number_counter",
        "NEW.last < OLD.last OR NEW.range_name <> OLD.range_name OR NEW.year <> OLD.year",
        "a counter only goes up",
    ),
    _refuse("number_counter_kept", "DELETE", "number_counter", "1", "a counter only goes up"),
    _refuse(
        "number_counter_not_replaced",
        "INSERT",
        "number_counter",
        "EXISTS (SELECT 1 FROM number_counter WHERE range_name = NEW.range_name AND year = NEW.year)",
        "a counter only goes up",
    ),
)
