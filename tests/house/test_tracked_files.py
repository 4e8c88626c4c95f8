"""What the repository must not tell: places on somebody's machine, hosts that packages come from."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# jens is the owner of the sample shop
MACHINE_PATH = re.compile(
    r"(?<![\w.\-/])/(?:root|work|opt)/[\w.\-]+|(?<![\w.\-])(?:/home/|/Users/|[A-Z]:\\Users\\)(?!(?i:jens)\b)\w+"
)
REGISTRY = re.compile(r"pypi\.(?:org)|python(?:hosted)\.org|--index-url")
TEXT = set(".py .toml .txt .md .po .pot .json .cfg .ini .yml .yaml .sh .svg".split()) | {""}
# these two say what must not be said
OURS = {"tools/lock.py", "tests/house/test_tracked_files.py"}


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [
        name for name in done.stdout.split("\0") if name and Path(name).suffix in TEXT and name not in OURS
    ]


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["machine-path", "registry-host"])
def test_no_tracked_file_names_a(pattern: re.Pattern[str]) -> None:
    found = []
    for name in tracked():
        path = ROOT / name
        if not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace")
        found += [f"{name}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_every_locked_package_has_a_version_and_hashes() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        blocks = re.split(r"\n(?=\S)", lock.read_text("utf-8"))
        wrong = [
            b.split("\n")[0] for b in blocks if b[:1] != "#" and not ("==" in b and "--hash=sha256:" in b)
        ]
        assert wrong == [], lock.name
