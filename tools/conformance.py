"""Read every file of the corpora: `python -m tools.conformance` writes the figures into docs/conformance.md.

The corpora lie outside the project: SHOPDESK_CORPORA, by default ../shared/corpora beside it. Each file is read as the
program reads it, in a worker process; the verdict is compared with the official Schematron of its profile.
"""

from __future__ import annotations

import contextlib
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import conformance_contacts, conformance_statements

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "conformance.md"
FOLDERS = ("xrechnung", "zugferd")


def corpora() -> Path:
    """Where the files of others are."""
    return Path(os.environ.get("SHOPDESK_CORPORA") or ROOT.parent / "shared" / "corpora")


def files(folder: str) -> list[Path]:
    """All files of one corpus, in the order of their names."""
    return sorted(path for path in (corpora() / folder).rglob("*") if path.suffix in {".xml", ".pdf"})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. `official` are the broken rules, as far as we check them, too."""

    name: str
    profile: str
    refused: str
    ours: frozenset[str]
    official: frozenset[str]
    unchecked: frozenset[str]
    seconds: float

    @property
    def agrees(self) -> bool:
        """The same of the checked rules are broken; our own (IBAN, BR-CO-25) stand outside the official ones."""
        return self.official == self.ours - {"IBAN", "NUMBER", "BR-CO-25"}


def largest_worker() -> float:
    """MB of the worker that needed most; asked before the official rules are loaded, since a fork inherits the peak."""
    from shopdesk.domain.received_invoices import EInvoiceProblem
    from shopdesk.intake.einvoice import door

    for folder in FOLDERS:
        for path in files(folder):
            with contextlib.suppress(EInvoiceProblem):
                door.read(path.read_bytes())
    unit = 1 << 20 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit


def results(folder: str) -> Iterator[Result]:
    """Read and judge each file of the corpus."""
    from tests.intake.einvoice.official import Judges

    judges = Judges()
    for path in files(folder):
        yield result(path, judges)


def result(path: Path, judges: object) -> Result:
    """Read and judge one file."""
    from shopdesk.domain.received_invoice_rules import judge
    from shopdesk.domain.received_invoices import EInvoiceProblem, profile_name
    from shopdesk.intake.einvoice import door
    from tests.intake.einvoice.official import Judges, xml_of

    assert isinstance(judges, Judges)
    data, begin = path.read_bytes(), time.monotonic()
    name = path.relative_to(corpora()).as_posix()
    try:
        invoice = door.read(data)
    except EInvoiceProblem as problem:
        seconds = time.monotonic() - begin
        return Result(name, "", problem.code, frozenset(), frozenset(), frozenset(), seconds)
    seconds = time.monotonic() - begin
    verdict = judge(invoice)
    official = judges.failed(xml_of(data), judges.profile(invoice))
    return Result(
        name,
        profile_name(invoice),
        "",
        frozenset(problem.code for problem in verdict.problems),
        official & verdict.checked,
        official - verdict.checked,
        seconds,
    )


_HEAD = """# Conformance: what comes in

Written by `python -m tools.conformance`, which reads every file of the corpora as the program does (in a worker
process) and compares the verdict with the official Schematron of the file's profile (EN 16931 for CII and UBL,
Factur-X 1.09). The corpora are the official XRechnung test suite and the ZUGFeRD corpus; they are no part of the
project (SHOPDESK_CORPORA). The tests check the same on each run.

| corpus | files | read | refused in words | crashed | same broken rules as the official check |
|---|---|---|---|---|---|
"""
_FINDINGS = """
## Files with a finding

| file | ours | official, checked by us, too | official, not checked by us |
|---|---|---|---|
"""
_FOOT = """
IBAN is a check of our own (samples carry invented accounts); BR-CO-25 is missing in the official rules for CII.
Not checked by us: code lists (BR-CL), national rules (BR-DE, PEPPOL), and whether what was written is true.
"""


def report(found: dict[str, list[Result]], memory: float) -> str:
    """The page."""
    everything = [entry for entries in found.values() for entry in entries]
    table = "".join(_row(folder, entries) for folder, entries in found.items())
    profiles = Counter(entry.profile for entry in everything if entry.profile).most_common()
    named = ", ".join(f"{profile} {count}" for profile, count in profiles)
    findings = "".join(_finding(entry) for entry in everything)
    return f"{_HEAD}{table}\n{_costs(everything, memory)}\n\nProfiles read: {named}.\n{_FINDINGS}{findings}{_FOOT}"


def _row(folder: str, entries: list[Result]) -> str:
    read = [entry for entry in entries if not entry.refused]
    agree = sum(entry.agrees for entry in read)
    refused = len(entries) - len(read)
    return f"| {folder} | {len(entries)} | {len(read)} | {refused} | 0 | {agree} of {len(read)} |\n"


def _costs(everything: list[Result], memory: float) -> str:
    seconds = [entry.seconds for entry in everything]
    median, longest = statistics.median(seconds) * 1000, max(seconds) * 1000
    return (
        f"Time per file, with the start of its process: median {median:.0f} ms, longest {longest:.0f} ms (limit 20 s). "
        f"Largest worker: {memory:.0f} MB (limit 512 MB)."
    )


def _finding(entry: Result) -> str:
    if entry.refused:
        return f"| {entry.name} | refused: {entry.refused} | | |\n"
    columns = [", ".join(sorted(each)) for each in (entry.ours, entry.official, entry.unchecked)]
    return f"| {entry.name} | {' | '.join(columns)} |\n" if any(columns) else ""


def main() -> int:
    """Write the page."""
    if not corpora().is_dir():
        print(f"no corpora in {corpora()}: set SHOPDESK_CORPORA")
        return 1
    memory = largest_worker()
    found = {folder: list(results(folder)) for folder in FOLDERS}
    contacts = [conformance_contacts.result(path) for path in conformance_contacts.files()]
    statements = [conformance_statements.result(path) for path in conformance_statements.files()]
    page = report(found, memory) + conformance_contacts.report(contacts)
    page += conformance_statements.report(statements)
    with tempfile.TemporaryDirectory() as folder:
        page += conformance_statements.report_of_imports(conformance_statements.taken_twice(Path(folder)))
    TARGET.write_text(page, encoding="utf-8")
    print(f"{sum(map(len, found.values()))} files, see {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
