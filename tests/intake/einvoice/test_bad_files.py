"""RELIABILITY.md "Bad input": whatever comes, one clear sentence, in time, and nothing else happens."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from shopdesk.domain.received_invoice_rules import judge
from shopdesk.domain.received_invoices import EInvoiceProblem
from shopdesk.i18n import Texts
from shopdesk.intake import worker as workers
from shopdesk.intake.einvoice import door
from shopdesk.intake.worker import Worker
from tests.intake.einvoice import samples

HEAD = '<?xml version="1.0"?>'
LAUGHS = "".join(f'<!ENTITY a{at} "{_again}">' for at in range(1, 10) if (_again := f"&a{at - 1};" * 10))
MANY = "".join(f' a{at}="1"' for at in range(100))
DEEP = "<a>" * 100_000
ROOT = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">{}</Invoice>'
CII = samples.cii().encode()

BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n\t", "empty"),
    "billion laughs": (f'{HEAD}<!DOCTYPE l [<!ENTITY a0 "ha">{LAUGHS}]><l>&a9;</l>'.encode(), "doctype"),
    "quadratic": (f'{HEAD}<!DOCTYPE l [<!ENTITY a "{"A" * 99999}">]><l>{"&a;" * 999}</l>'.encode(), "doctype"),
    "file of the disk": (f'{HEAD}<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hosts">]><l>&x;</l>'.encode(), "doctype"),
    "network": (f'{HEAD}<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd"><l/>'.encode(), "doctype"),
    "unknown entity": (ROOT.format("&x;").encode(), "broken-xml"),
    "too deep": (DEEP.encode(), "too-large"),
    "too many elements": (ROOT.format("<a/>" * 1_000_001).encode(), "too-large"),
    "too many attributes": (f"<a{MANY}/>".encode(), "too-large"),
    "33 MB of text": (ROOT.format("x" * (33 << 20)).encode(), "too-large"),
    "cut XML": (CII[: len(CII) // 2], "broken-xml"),
    "wrong encoding": (samples.cii().encode("latin-1", "replace"), "broken-xml"),
    "unknown encoding": (samples.cii().replace("UTF-8", "klingon").encode(), "encoding"),
    "no encoding at all": (samples.cii().replace("UTF-8", "rot13").encode(), "encoding"),
    "other XML": (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "foreign"),
    "the right name, another namespace": (b"<Invoice xmlns='urn:other'/>", "foreign"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "foreign"),
    "a zip": (b"PK\x03\x04" + os.urandom(99), "foreign"),
    "PDF without data": (samples.pdf(), "no-invoice-in-pdf"),
    "PDF with other files": (samples.pdf(("photo.jpg", b"\xff\xd8")), "no-invoice-in-pdf"),
    "PDF with damaged data": (samples.pdf(("factur-x.xml", CII[:500])), "broken-xml"),
    "PDF with laughs": (
        samples.pdf(("factur-x.xml", f'<!DOCTYPE l [<!ENTITY a0 "ha">{LAUGHS}]><l>&a9;</l>'.encode())),
        "doctype",
    ),
    "cut PDF": (samples.pdf(("factur-x.xml", CII))[:300], "broken-pdf"),
    "only a PDF's head": (b"%PDF-1.7\n", "broken-pdf"),
    "PDF that lists itself": (samples.circular_names(), "no-invoice-in-pdf"),
    "PDF of endless arrays": (samples.deep_pdf(), "no-invoice-in-pdf"),
    "locked PDF": (samples.pdf(("factur-x.xml", CII), password="geheim"), "password"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_sentence(name: str) -> None:
    data, code = BAD[name]
    begin = time.monotonic()
    with pytest.raises(EInvoiceProblem) as refused:
        door.read(data)
    assert refused.value.code == code
    assert time.monotonic() - begin < 15
    for language in ("de", "en"):
        words = Texts(language).say(refused.value.message)
        assert words.endswith(".")
        assert "{" not in words


@pytest.mark.slow
def test_a_bomb_in_a_pdf_ends_its_worker_only() -> None:
    bomb = samples.zip_bomb(700)
    assert len(bomb) < 2 << 20
    with pytest.raises(EInvoiceProblem) as refused:
        door.read(bomb)
    assert refused.value.code in {"too-large", "unreadable", "broken-pdf"}


def test_a_file_over_the_limit_is_not_even_given_to_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object, **_options: object) -> None:
        pytest.fail("a worker was started")

    monkeypatch.setattr("subprocess.Popen", never)
    with pytest.raises(EInvoiceProblem) as refused:
        door.read(b"<a>" * (25 << 20))
    assert refused.value.code == "too-large"


def test_ten_thousand_lines_are_an_invoice_like_any_other() -> None:
    begin = time.monotonic()
    invoice = door.read(samples.cii(10_000).encode())
    assert len(invoice.lines) == 10_000
    assert judge(invoice).problems == ()
    assert time.monotonic() - begin < 20


def test_half_a_pdf_is_refused_or_read_but_never_hangs() -> None:
    whole = samples.pdf(("factur-x.xml", CII))
    for size in range(100, len(whole), max(1, len(whole) // 8)):
        try:
            assert door.read(whole[:size]).number == "R-2026-0412"
        except EInvoiceProblem as problem:
            assert problem.code in {"broken-pdf", "broken-xml", "no-invoice-in-pdf"}  # noqa: PT017 - either way is right


def test_what_takes_too_long_is_given_up() -> None:
    begin = time.monotonic()
    with pytest.raises(EInvoiceProblem) as refused:
        Worker(seconds=0.01).run("e-invoice", CII)
    assert refused.value.code == "too-slow"
    assert time.monotonic() - begin < 5


def test_the_owner_can_stop_it() -> None:
    worker = Worker()
    worker.stop()
    with pytest.raises(EInvoiceProblem) as refused:
        worker.run("e-invoice", CII)
    assert refused.value.code == "stopped"


@pytest.mark.parametrize(
    "answer", [b"", b"no json", b"[]", b'{"invoice": 1}', b'{"problem": {}}', b'{"invoice": {"number": {}}}']
)
def test_a_worker_that_answers_nonsense_is_not_believed(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Worker, "run", lambda _self, _job, _data: answer)
    with pytest.raises(EInvoiceProblem) as refused:
        door.read(CII)
    assert refused.value.code == "unreadable"


NOSY = """
import socket, sys
def prepare(data): pass
def answer(data):
    found = []
    for act in (lambda: open("/etc/hosts"), lambda: socket.socket(), lambda: open(sys.argv[0], "w")):
        try: act()
        except OSError: found.append("no")
        else: found.append("yes")
    return " ".join(found)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows enforces size and time only (intake/worker.py)")
def test_a_worker_opens_no_file_and_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nosy.py").write_text(NOSY)
    monkeypatch.setattr(
        workers, "command", lambda job: [
            sys.executable, "-c",
            (f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from shopdesk.intake import worker; "
            f"worker.JOBS['nosy'] = 'nosy'; sys.exit(worker.serve({job!r}))"),
        ],
    )  # fmt: skip
    assert Worker().run("nosy", b"") == b"no no no"


def test_a_worker_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDESK_SMTP_PASSWORD", "geheim")
    assert "geheim" not in workers._environment().values()


def test_the_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", "/Programs/shopdesk")
    assert workers.command("e-invoice")[1:] == ["--worker", "e-invoice"]
