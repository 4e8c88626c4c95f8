"""P1: what was said to be issued is issued, whatever happens to the program; no gap, no double. And P4."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.kill_issuing import kill_between_spilled_pages, quick_folder

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=quick_folder()) as name:
        yield Path(name)


@pytest.mark.slow
def test_200_kills_lose_nothing() -> None:
    # in a process of its own: forking this large one takes twice as long
    command = [sys.executable, "-m", "tests.reliability.kill_issuing", "--kills", "200"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    tally = json.loads(done.stdout)
    assert (tally["problems"], tally["kills"], done.returncode) == ([], 200, 0)
    # the kills did strike where it hurts: they left work behind for the next start
    assert tally["recoveries"] > 100


def test_this_test_can_fail(folder: Path) -> None:
    """With a journal in memory every kill between spilled pages leaves damage that `look` names."""
    found = kill_between_spilled_pages("MEMORY", 8, folder)
    assert [bool(problems) for problems in found] == [True] * 8


def test_the_same_kills_do_nothing_to_the_real_settings(folder: Path) -> None:
    assert kill_between_spilled_pages("WAL", 8, folder) == [[]] * 8
