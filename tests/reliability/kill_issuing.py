"""Kills the program in a loop while it issues invoices, and looks at what is left.

`python -m tests.reliability.kill_issuing --kills 10000` does it as a command and prints one JSON object; exit code 1
when anything was lost, missing or double. Needs fork and SIGKILL (Linux, macOS).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from shopdesk.domain.documents import DocumentKind, Line, LineKind
from shopdesk.outside.clock import SystemClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.store import backup, connection
from shopdesk.store.database import Database
from shopdesk.store.schema import definitions_of_a_new_shop
from shopdesk.usecases import customers, documents, issuing, shop_settings
from shopdesk.usecases.opening import warm_up
from shopdesk.usecases.sample_shop import sample
from shopdesk.usecases.shop import Shop

LINES = 3
# a longer chain makes each look slower and finds no more
DOCUMENTS_PER_SHOP = 40
_FIRST_GUESS = 0.03


@dataclass(slots=True)
class Tally:
    """What a run of kills did. `saved_unseen`: committed, but killed before the owner could see it."""

    kills: int = 0
    acknowledged: int = 0
    saved_unseen: int = 0
    recoveries: int = 0
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the owner saw as issued."""

    number: str
    sha256: str
    seconds: float


def open_shop(path: Path) -> Shop:
    """Open the shop with a world that sends nothing."""
    return Shop(path, SystemClock(), FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens")


def quick_folder() -> str | None:
    """Name a folder in memory where there is one: a kill loses nothing of it either, and no disk is waited for."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def make_template(path: Path) -> Path:
    """Make a shop with seller and one customer; each round starts from a copy of this closed file."""
    shop = open_shop(path)
    shop_settings.save_profile(shop, sample().profile)
    customers.create(shop, sample().customers[0])
    shop.close()
    definitions_of_a_new_shop()  # once here, not in each look
    return path


def write_draft(shop: Shop) -> int:
    """Save an invoice draft as the editor does, and give its id."""
    draft = documents.start(shop, DocumentKind.INVOICE, 1)
    lines = [
        Line(LineKind.GOODS, f"Rollmatratze 80 × 190 cm, {i}", unit_price=Decimal("123.03"))
        for i in range(LINES)
    ]
    saved = documents.save_draft(shop, replace(draft, lines=tuple(lines)))
    assert saved.id is not None
    return saved.id


def pressed_again(path: Path) -> list[int]:
    """After a kill the owner presses the button again: on what is a draft still, and on what was the last one."""
    plain = driver.connect(str(path))
    query = "SELECT id FROM document WHERE state = 'draft' OR id = (SELECT max(id) FROM document) ORDER BY id"
    found = [row[0] for row in plain.execute(query)]
    plain.close()
    return found


def issue_for_ever(path: Path, tell: Callable[[object], None]) -> None:
    """Issue what lay there and then one invoice after the other, telling each as soon as it is issued."""
    left = pressed_again(path)
    shop = open_shop(path)
    issuing_now = False
    driver_connection = shop.database._driver_of(shop.database._writer)
    driver_connection.set_trace_callback(
        lambda sql: tell("commit") if issuing_now and sql == "COMMIT" else None
    )
    while True:
        draft = left.pop() if left else write_draft(shop)
        tell("begin")
        begun = time.perf_counter()
        issuing_now = True
        first = issuing.issue(shop, draft, send=False)
        issuing_now = False
        tell([draft, first.document.number, first.sha256, time.perf_counter() - begun])
        again = issuing.issue(shop, draft, send=False)
        if not again.repeated or again.document.number != first.document.number:
            tell({"problem": f"{first.document.number} was issued twice"})


def look(path: Path, acknowledged: dict[int, Acknowledged]) -> list[str]:
    """Open the shop as the program would after a crash and name everything that is wrong."""
    problems: list[str] = []
    try:
        with Database(path) as database:
            problems += [finding.code for finding in backup.check(database)]
            with database.reading() as reading:
                rows = reading.exec_driver_sql(
                    "SELECT id, number, (SELECT count(*) FROM document_line WHERE document_id = document.id), "
                    "(SELECT sha256 FROM document_file WHERE document_id = document.id "
                    "AND media_type = 'application/pdf'), "
                    "(SELECT group_concat(media_type) FROM document_file WHERE document_id = document.id) "
                    "FROM document WHERE state = 'issued' ORDER BY number"
                ).fetchall()
                counter = reading.exec_driver_sql(
                    "SELECT coalesce(max(last), 0) FROM number_counter WHERE range_name = 'invoice'"
                ).scalar_one()
                entries = reading.exec_driver_sql(
                    "SELECT count(*) FROM journal WHERE action = 'issue'"
                ).scalar_one()
                texts = reading.exec_driver_sql("SELECT count(*) FROM search_document_parts").scalar_one()
                written = reading.exec_driver_sql("SELECT count(*) FROM document").scalar_one()
    except Exception as error:  # noqa: BLE001 - whatever stops the program here is what we look for
        return [*problems, f"cannot be opened: {type(error).__name__}"]
    numbers = [int(row[1].rpartition("-")[2]) for row in rows]
    if numbers != list(range(1, len(rows) + 1)):
        problems.append(f"gap or double in {numbers}")
    if counter != len(rows) or entries != len(rows):
        problems.append(f"counter {counter}, journal {entries}, documents {len(rows)}")
    if texts != written:
        problems.append(f"search knows {texts} of {written} documents")
    if any(row[2] != LINES for row in rows):
        problems.append("lines missing")
    if any(row[4] != "application/pdf,application/xml" for row in rows):
        problems.append("files missing")
    there = {row[0]: (row[1], row[3]) for row in rows}
    problems += [
        f"lost {seen.number}"
        for draft, seen in acknowledged.items()
        if there.get(draft) != (seen.number, seen.sha256)
    ]
    return problems


def kill_in_a_loop(kills: int, folder: Path, seed: int = 4711) -> Tally:
    """Kill the issuing program `kills` times, each time inside its next invoice, and look each time."""
    template = make_template(folder / "template.sqlite")
    warm_up()
    chance, tally, begun = random.Random(seed), Tally(), time.perf_counter()
    path, acknowledged = _fresh(template), dict[int, Acknowledged]()
    pace = [_FIRST_GUESS]
    gc.freeze()  # else each child copies the whole heap when it collects
    for _ in range(kills):
        seen = _run_and_kill(path, chance, pace[-51:], tally)
        acknowledged |= seen
        pace += [one.seconds for one in seen.values()]
        tally.recoveries += _has_wal(path)
        tally.problems += look(path, acknowledged)
        tally.saved_unseen += _issued(path) - len(acknowledged)
        acknowledged |= _all_issued(path)
        if tally.problems:
            break
        if len(acknowledged) > DOCUMENTS_PER_SHOP:
            path, acknowledged = _fresh(template), {}
    gc.unfreeze()
    tally.seconds = round(time.perf_counter() - begun, 1)
    return tally


def _run_and_kill(
    path: Path, chance: random.Random, pace: list[float], tally: Tally
) -> dict[int, Acknowledged]:
    """Let a child issue an invoice or none, strike inside the next one, and give what it told before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_program(path, writing)
    os.close(writing)
    told = b""
    wanted = 1 + chance.randrange(2)
    # half of them anywhere in the act, half in its commit or just before the owner sees it
    mark, longest = (
        (b'"begin"', 1.1 * sorted(pace)[len(pace) // 2]) if chance.random() < 0.5 else (b'"commit"', 0.002)
    )
    delay = chance.uniform(0, longest)
    while told.count(mark) < wanted and (part := os.read(reading, 65536)):
        told += part
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    while part := os.read(reading, 65536):
        told += part
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        tally.problems.append("the program ended by itself")
    tally.kills += 1
    seen = dict(_read(told, tally))
    tally.acknowledged += len(seen)
    return seen


def _be_the_program(path: Path, writing: int) -> None:
    try:
        issue_for_ever(path, lambda what: _tell(writing, what))
    except BaseException as error:  # noqa: BLE001 - a child of fork must never return into the test
        _tell(writing, {"problem": repr(error)})
    finally:
        os._exit(9)


def _tell(writing: int, what: object) -> None:
    os.write(writing, json.dumps(what).encode() + b"\n")


def _read(told: bytes, tally: Tally) -> Iterator[tuple[int, Acknowledged]]:
    # the last line may be cut off: then it was not acknowledged
    for line in told.split(b"\n")[:-1]:
        what = json.loads(line)
        if isinstance(what, dict):
            tally.problems.append(what["problem"])
        elif isinstance(what, list):
            yield what[0], Acknowledged(what[1], what[2], what[3])


def _fresh(template: Path) -> Path:
    path = template.with_name("shop.sqlite")
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(template, path)
    return path


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _issued(path: Path) -> int:
    return len(_all_issued(path))


def _all_issued(path: Path) -> dict[int, Acknowledged]:
    plain = driver.connect(str(path))
    query = (
        "SELECT d.id, d.number, f.sha256 FROM document d JOIN document_file f "
        "ON f.document_id = d.id AND f.media_type = 'application/pdf'"
    )
    found = {row[0]: Acknowledged(row[1], row[2], 0.0) for row in plain.execute(query)}
    plain.close()
    return found


def kill_between_spilled_pages(journal: str, moments: int, folder: Path) -> list[list[str]]:
    """Issue many invoices in one transaction with a tiny cache, kill after each nth, and look.

    SQLite then writes pages of the unfinished transaction into the file. With a journal in memory nothing can undo
    that; with the real settings nothing must be seen of it. Gives the problems of each kill.
    """
    template = make_template(folder / "template.sqlite")
    warm_up()
    shop = open_shop(template)
    drafts = [write_draft(shop) for _ in range(moments)]
    shop.close()
    found = []
    for moment in range(1, moments + 1):
        path = _fresh(template)
        child = os.fork()
        if child == 0:
            _issue_all_and_die(path, journal, drafts[:moment])
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        found.append(look(path, {}))
    return found


def _issue_all_and_die(path: Path, journal: str, drafts: list[int]) -> None:
    try:
        connection.journal_mode = lambda *_version: journal
        shop = open_shop(path)
        with shop.writing() as writing:
            writing.exec_driver_sql("PRAGMA cache_size=4")
            for draft in drafts:
                issuing.issue_in(writing, shop, draft, send=False)
            os.kill(os.getpid(), signal.SIGKILL)
    finally:
        os._exit(9)


def main(arguments: list[str] | None = None) -> int:
    """Run the kills as a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=4711)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        tally = kill_in_a_loop(wanted.kills, Path(folder), wanted.seed)
    print(json.dumps({name: getattr(tally, name) for name in Tally.__slots__}))
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
