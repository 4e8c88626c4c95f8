"""python -m tests.fuzz [READER ...] [--seconds 60] [--seed N]: see tests/fuzz/__init__.py (dev.py fuzz)."""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz import loop
from tests.fuzz.readers import READERS

FOUND = Path(__file__).parent / "found"
_CHILD = "SHOPDESK_FUZZ_CURRENT"


def main(arguments: list[str]) -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description="Feed the readers with broken input.")
    parser.add_argument("reader", nargs="*", help=f"{', '.join(READERS)}; all of them without")
    parser.add_argument("--seconds", type=float, default=60, help="for each reader")
    parser.add_argument("--seed", type=int, help="the same number tries the same inputs")
    given = parser.parse_args(arguments)
    unknown = set(given.reader) - set(READERS)
    if unknown:
        parser.error(f"no reader {', '.join(sorted(unknown))}; there are: {', '.join(READERS)}")
    seed = random.SystemRandom().randrange(1 << 32) if given.seed is None else given.seed
    if _CHILD in os.environ:
        return child(given.reader[0], given.seconds, seed, Path(os.environ[_CHILD]))
    return max([parent(name, given.seconds, seed) for name in given.reader or READERS])


def child(name: str, seconds: float, seed: int, current: Path) -> int:
    """One reader in this process."""
    found = loop.run(name, seconds, seed, current)
    print(f"{name}: {found.tries:,} inputs, {found.kinds:,} kinds of outcome", end="")
    if found.finding is None:
        print()
        return 0
    print(f"; FOUND: {found.finding[1]}")
    return 1


def parent(name: str, seconds: float, seed: int) -> int:
    """One reader in a process of its own: a library that falls over ends only that."""
    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder) / "input"
        command = [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(seconds), "--seed", str(seed)]
        code = subprocess.run(command, env={**os.environ, _CHILD: str(current)}, check=False).returncode
        if code == 0:
            return 0
        data = current.read_bytes() if current.exists() else b""
    if code != 1:
        print(f"{name}: the process ended with {code} (3: it hung)")
    FOUND.mkdir(exist_ok=True)
    kept = FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
    kept.write_bytes(data)
    print(
        f"  seed {seed}; the input is kept in {kept.relative_to(Path.cwd())}. Mend it, then move it to seeds/{name}."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
