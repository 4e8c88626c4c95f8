"""Files from strangers are read in a process of their own: it has little memory and time, and may open nothing.

What is enforced where (RELIABILITY.md P15): everywhere the size of what goes in and comes out, the time by the clock,
an environment without secrets. On Linux also processor time, memory, and no new file or socket once the file is
loaded; on macOS the same without the limit on memory, which that system does not keep; on Windows only the first.
The answer is JSON and never pickle: nothing that the worker says is executed here.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import IO

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.received_invoices import EInvoiceProblem

FLAG = "--worker"
JOBS = {
    "e-invoice": "shopdesk.intake.einvoice.reading",
    "e-invoice-attachment": "shopdesk.intake.einvoice.attachment",
    "table": "shopdesk.intake.tables.reading",
    "statement": "shopdesk.intake.statements.reading",
    "mails": "shopdesk.intake.mails.reading",
    "mail-attachment": "shopdesk.intake.mails.attachment",
    "outlook-mail": "shopdesk.intake.mails.outlook",
}

LARGEST_FILE = 64 << 20
LARGEST_ANSWER = 128 << 20
SECONDS = 20
"""By the clock; a real invoice takes a fifth of a second."""
_CPU_SECONDS = 10
_MEMORY = 512 << 20
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "PYTHONDONTWRITEBYTECODE")


class Worker:
    """One worker process; `stop` may be called from another thread (the owner pressed Cancel)."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = self._is_late = False

    def run(self, job: str, data: bytes) -> bytes:
        """Give the file to the job and bring back its answer; the process is gone then. Raises EInvoiceProblem."""
        if len(data) > LARGEST_FILE:
            raise too_large()
        with subprocess.Popen(
            command(job), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as process:  # fmt: skip
            self._process = process
            timer = threading.Timer(self._seconds, self._too_late)
            timer.start()
            try:
                answer = self._exchange(process, data)
            finally:
                timer.cancel()
                process.kill()
        if self._stopped or self._is_late or process.returncode or len(answer) > LARGEST_ANSWER:
            raise self._problem()
        return answer

    def _exchange(self, process: subprocess.Popen[bytes], data: bytes) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
        feeder.start()
        answer = process.stdout.read(LARGEST_ANSWER + 1)
        if len(answer) > LARGEST_ANSWER:
            process.kill()
        process.wait()
        feeder.join()
        return answer

    def stop(self) -> None:
        """End it now; `run` then raises."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()

    def _too_late(self) -> None:
        self._is_late = True
        if self._process is not None:
            self._process.kill()

    def _problem(self) -> EInvoiceProblem:
        if self._stopped:
            return EInvoiceProblem(Message(N_("Reading was stopped.")), "stopped")
        if self._is_late:
            text = N_("Reading the file took longer than any real invoice needs, so it was given up.")
            return EInvoiceProblem(Message(text), "too-slow")
        return unreadable()


def too_large() -> EInvoiceProblem:
    """Refused before anybody looks into it."""
    text = N_("The file is larger than {size} MB. No invoice is; it was not read.")
    return EInvoiceProblem(Message(text, {"size": LARGEST_FILE >> 20}), "too-large")


def unreadable() -> EInvoiceProblem:
    """The worker broke down over it, or answered nonsense."""
    text = N_(
        "The file cannot be read: it is damaged, or made to do harm. Nothing happened to your data. "
        "Please ask the sender for a correct file."
    )
    return EInvoiceProblem(Message(text), "unreadable")


def _feed(pipe: IO[bytes], data: bytes) -> None:
    # a worker that has ended takes no more
    with contextlib.suppress(OSError), pipe:
        pipe.write(data)


def command(job: str) -> list[str]:
    """How this program starts itself as a worker, frozen or not."""
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        if os.name == "nt":  # only the program with a terminal has standard input and output there
            program = program.with_name("shopdesk-cli.exe")
        return [str(program), FLAG, job]
    # -P: a file that lies beside the invoice is no module
    return [sys.executable, "-s", "-P", "-m", "shopdesk", FLAG, job]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    if not getattr(sys, "frozen", False):
        kept["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    return kept


def serve(job: str) -> int:
    """What happens in the worker: read standard input, close the doors, answer."""
    _bound_time_and_memory()
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    module = import_module(JOBS[job])
    module.prepare(data)
    _open_nothing()
    sys.stdout.buffer.write(module.answer(data).encode())
    sys.stdout.buffer.flush()
    return 0


def _bound_time_and_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    for what, limit in (
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (limit, limit))


def _open_nothing() -> None:
    """No file, socket or process can be opened from here on: each needs a descriptor."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
