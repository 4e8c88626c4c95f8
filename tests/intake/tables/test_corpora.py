"""Every address book of the corpora is read, and each of its rows is taken or refused with a sentence."""

from __future__ import annotations

import pytest

from tools import conformance, conformance_contacts

needs_corpora = pytest.mark.skipif(
    not conformance.corpora().is_dir(), reason=f"no corpora in {conformance.corpora()}: set SHOPDESK_CORPORA"
)


@needs_corpora
def test_every_file_is_read_and_every_row_taken_or_refused_in_words() -> None:
    found = [conformance_contacts.result(path) for path in conformance_contacts.files()]
    assert len(found) >= 28
    assert [one.name for one in found if one.refused] == []
    assert all(one.rows == one.taken + len(one.reasons) for one in found)
    assert all(reason.strip().endswith(".") for one in found for reason in one.reasons)
    assert sum(one.taken for one in found) >= 40
