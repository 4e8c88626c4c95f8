"""Whatever comes in is read or refused in words: every stored seed, and what five seconds of mutation make of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import loop
from tests.fuzz.readers import READERS, Reader

ROOT = Path(__file__).resolve().parents[2]
# a check tries the same inputs each time; dev.py fuzz tries others
SECONDS, SEED = 5, 4


@pytest.mark.parametrize("name", READERS)
def test_every_stored_seed_is_read_or_refused_in_words(name: str) -> None:
    stored = loop.seeds(name)
    assert len(stored) >= 2
    assert [loop.wrong(READERS[name], data)[1] for data in stored] == [""] * len(stored)
    assert all(len(data) < 40_000 for data in stored)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_five_seconds_of_broken_input_are_read_or_refused_in_words(name: str) -> None:
    command = [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(SECONDS), "--seed", str(SEED)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kinds of outcome" in done.stdout


def test_a_reader_that_breaks_its_promise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(data: bytes) -> str:
        if b'""' in data:
            raise ValueError("two quotation marks")
        return str(len(data) % 7)

    monkeypatch.setitem(READERS, "order", Reader(fragile))
    found = loop.run("order", 20, SEED).finding
    assert found is not None
    assert b'""' in found[0]
    assert found[1] == "ValueError: two quotation marks"
