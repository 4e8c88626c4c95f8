"""Promises of ARCHITECTURE that an import graph cannot see: what is really loaded, and a domain without a clock."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import shopdesk

PACKAGE = Path(shopdesk.__file__).parent
LAYERS_WITHOUT_QT = ("domain", "usecases", "store", "output", "intake", "outside")
LOADED = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps(sorted(name for name in sys.modules if name.partition(".")[0] in ("PySide6", "shiboken6"))))
"""
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter"}


def modules_of(layer: str) -> list[str]:
    package = importlib.import_module(f"shopdesk.{layer}")
    found = [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
    # a migration step runs inside alembic only
    return [package.__name__, *(name for name in found if ".migrations." not in name)]


@pytest.mark.parametrize("layer", LAYERS_WITHOUT_QT)
def test_no_qt_is_loaded_by(layer: str) -> None:
    command = [sys.executable, "-c", LOADED, json.dumps(modules_of(layer))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("file", sorted((PACKAGE / "domain").rglob("*.py")), ids=lambda file: file.stem)
def test_the_domain_has_no_clock(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asked = [
        f"line {call.lineno}: {call.attr}()"
        for call in calls
        if isinstance(call, ast.Attribute) and is_clock(call)
    ]
    assert asked == []


def is_clock(call: ast.Attribute) -> bool:
    return (
        call.attr in CLOCKS
        and isinstance(call.value, ast.Name)
        and call.value.id in {"datetime", "date", "time"}
    )


BELOW_THE_USE_CASES = ("shopdesk.store", "shopdesk.output", "shopdesk.intake", "sqlalchemy")


def test_the_window_names_nothing_below_the_use_cases_even_in_type_hints() -> None:
    named = []
    for file in (PACKAGE / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            named += [f"{file.name}: {name}" for name in modules if name.startswith(BELOW_THE_USE_CASES)]
    assert named == []
