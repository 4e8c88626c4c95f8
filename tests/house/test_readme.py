"""What README.md tells people to type exists, and CI types the same."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

import dev

ROOT = Path(dev.ROOT)
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python3? -m ([a-z_.]+)", README))))
def test_every_named_module_is_there(module: str) -> None:
    assert importlib.util.find_spec(module), f"README names python -m {module}"


@pytest.mark.parametrize("command", sorted(set(re.findall(r"dev\.py ([a-z]+)", README))))
def test_every_named_command_of_dev_py_is_there(command: str) -> None:
    assert f'"{command}": ' in Path(dev.__file__).read_text("utf-8")


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_ci_calls_the_test_command_of_the_readme() -> None:
    calls = [
        line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if line.startswith("exec ")
    ]
    assert calls == ["exec python3 dev.py test </dev/null"]
    assert "`python3 dev.py test " in README
