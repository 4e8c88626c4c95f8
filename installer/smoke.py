"""Start the frozen program as a new owner would: `python -m installer.smoke` after `python -m installer.build`.

With an empty home it must answer, issue the headless demo's PDF and keep a window open.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installer.build import TARGET, size

PROGRAM = TARGET / ("shopdesk-cli.exe" if os.name == "nt" else "shopdesk")
SECONDS_OPEN = 6


def empty_home(home: Path) -> dict[str, str]:
    """The environment of somebody who has nothing yet: no settings, no data, no Python."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "TEMP", "TMP") if name in os.environ
    }
    homes = {"HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home), "LOCALAPPDATA": str(home)}
    return {**kept, **homes, "QT_QPA_PLATFORM": "offscreen"}


def answer(environment: dict[str, str], *arguments: str) -> str:
    """What the program prints. Raises SystemExit with its words when it fails."""
    done = subprocess.run(
        [str(PROGRAM), *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        encoding="utf-8", cwd=environment["HOME"], timeout=120, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"shopdesk {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def seconds(environment: dict[str, str]) -> float:
    """The median time of `--version` over nine starts."""
    times = []
    for _ in range(9):
        begin = time.perf_counter()
        answer(environment, "--version")
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def pdfs_of_the_demo(environment: dict[str, str], folder: Path) -> list[Path]:
    """The demo's PDFs. Raises SystemExit when there is none or one is no PDF."""
    answer(environment, "demo", "--headless", "--out", str(folder))
    found = sorted(folder.rglob("*.pdf"))
    if not found or not all(file.read_bytes().startswith(b"%PDF-") for file in found):
        sys.exit(f"the demo left no PDF in {folder}")
    return found


def worker_reads(environment: dict[str, str], pdf: Path) -> str:
    """The number that the worker process reads out of an invoice. Raises SystemExit when it cannot."""
    done = subprocess.run(
        [str(PROGRAM), "--worker", "e-invoice"], env=environment, input=pdf.read_bytes(), capture_output=True,
        cwd=environment["HOME"], timeout=60, check=False,
    )  # fmt: skip
    try:
        return str(json.loads(done.stdout)["invoice"]["number"])
    except (ValueError, KeyError):
        sys.exit(f"the worker could not read {pdf.name}:\n{done.stdout.decode()}{done.stderr.decode()}")


def window_stays_open(environment: dict[str, str]) -> None:
    """Open the sample shop's window; it must still be there after some seconds. Raises SystemExit when not."""
    window = subprocess.Popen(
        [str(PROGRAM), "demo"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, cwd=environment["HOME"],
    )  # fmt: skip
    try:
        words, _ = window.communicate(timeout=SECONDS_OPEN)
    except subprocess.TimeoutExpired:
        window.terminate()
        words, _ = window.communicate(timeout=30)
    else:
        sys.exit(f"the window closed by itself with {window.returncode}:\n{words}")
    if "Traceback" in words or "could not" in words.lower():
        sys.exit(f"the window complained:\n{words}")


def main() -> None:
    """Run all and print the figures."""
    if not PROGRAM.is_file():
        sys.exit("there is no built program yet: python -m installer.build")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        home.mkdir()
        environment = empty_home(home)
        print(answer(environment, "--version").strip())
        pdfs = pdfs_of_the_demo(environment, Path(folder, "out"))
        print("PDFs of the demo: " + ", ".join(file.name for file in pdfs))
        invoice = next(file for file in pdfs if file.name.startswith("R-"))
        print(f"the worker reads {worker_reads(environment, invoice)} out of {invoice.name}")
        window_stays_open(environment)
        print(f"window open for {SECONDS_OPEN} s without a complaint")
        total, files = size(TARGET)
        print(
            f"{total / 1e6:.0f} MB in {files} files; --version answers after {seconds(environment) * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()
