"""Write the lock files: exact versions and hashes of every dependency, for Linux, macOS and Windows in one file.

`python -m tools.lock` keeps what is locked and adds what is new; `--upgrade` moves everything to the newest allowed
version. uv resolves (`pip install uv`); users and CI need only pip. No host is written: everybody installs from the
index his pip is set to.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "requirements.txt"
GROUPS = {name: ROOT / f"requirements-{name}.txt" for name in ("dev", "build", "benchmarks")}
HEADER = "# Written by `python -m tools.lock`; change pyproject.toml instead.\n"
PINNED = re.compile(r"^[\w.-]+==", re.MULTILINE)
HOST = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host")


def uv() -> list[str]:
    """The command of uv, from the path or from this Python. Raises SystemExit with the way to get it."""
    found = shutil.which("uv")
    if found:
        return [found]
    probe = subprocess.run([sys.executable, "-m", "uv", "--version"], capture_output=True, check=False)
    if probe.returncode == 0:
        return [sys.executable, "-m", "uv"]
    sys.exit("uv is missing: pip install uv")


def lock(target: Path, *what: str, upgrade: bool) -> None:
    """Resolve one lock file into `target` for all systems. Raises SystemExit when it cannot be resolved."""
    command = [
        *uv(), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
        "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", "--output-file", str(target),
        *(["--upgrade"] if upgrade else []), *what,
    ]  # fmt: skip
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"{target.name} could not be resolved")
    text = target.read_text("utf-8")
    if HOST.search(text):
        sys.exit(f"{target.name} names a host")
    target.write_text(HEADER + text.removeprefix(HEADER), "utf-8", newline="\n")


def main() -> None:
    """Lock the program first; tests and build then use the program's versions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="move to the newest allowed versions")
    upgrade = parser.parse_args().upgrade
    lock(RUNTIME, "pyproject.toml", upgrade=upgrade)
    for group, target in GROUPS.items():
        lock(target, "--group", group, "--constraints", str(RUNTIME), upgrade=upgrade)
    for target in (RUNTIME, *GROUPS.values()):
        print(target.name, len(PINNED.findall(target.read_text("utf-8"))), "packages")


if __name__ == "__main__":
    main()
