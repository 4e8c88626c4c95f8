"""The gates of `dev.py check` are tests, too, so that CI's one command cannot pass without them."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dev


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "command"), dev.GATES, ids=[name.replace(" ", "-") for name, _ in dev.GATES]
)
def test_gate_is_closed(name: str, command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, *command], cwd=dev.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{name}:\n{done.stdout}{done.stderr}"
