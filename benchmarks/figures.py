"""What a benchmark says: figures against a yardstick of the same run, and the table they stand in."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LARGEST_SPREAD = 1.6
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `is_met` is None where there is no goal."""

    what: str
    measured: str
    yardstick: str
    goal: str = ""
    is_met: bool | None = None


def ratio(what: str, measured: float, floor: float, goal: float, unit: str = "ms", digits: int = 0) -> Figure:
    """A figure whose goal is a multiple of the floor."""
    times = measured / floor
    shown = f"{times:.2f} × ({measured:.{digits}f} {unit})"
    return Figure(what, shown, f"{floor:.{digits}f} {unit}", f"≤ {goal:g} ×", times <= goal)


def limit(
    what: str, measured: float, goal: float, yardstick: str, unit: str = "ms", digits: int = 0
) -> Figure:
    """A figure whose goal is a plain number."""
    return Figure(what, f"{measured:.{digits}f} {unit}", yardstick, f"≤ {goal:g} {unit}", measured <= goal)


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of them do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def spread(values: Sequence[float]) -> float:
    """How far the middle four fifths lie apart, as a ratio: a busy machine shows here."""
    return percentile(values, 0.9) / percentile(values, 0.1)


def calm(run: Callable[[], tuple[Sequence[float], list[Figure]]]) -> list[Figure]:
    """Repeat a run while its floor spreads too far; the last attempt counts, and says so."""
    for _ in range(_ATTEMPTS):
        floor, figures = run()
        if spread(floor) <= LARGEST_SPREAD:
            return figures
    note = f"{spread(floor):.1f} × (restless machine: read the ratios with care)"
    return [*figures, Figure("spread of the floor", note, "", f"≤ {LARGEST_SPREAD} ×", is_met=False)]


def table(figures: Sequence[Figure]) -> str:
    """As Markdown."""
    marks = {True: "yes", False: "**no**", None: ""}
    lines = ["| figure | measured | yardstick, same run | goal | met |", "|---|---|---|---|---|"]
    lines += [
        f"| {one.what} | {one.measured} | {one.yardstick} | {one.goal} | {marks[one.is_met]} |"
        for one in figures
    ]
    return "\n".join(lines)


def megabytes() -> float:
    """What this process holds in memory now (Linux), else at most so far."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
    if sys.platform == "win32":
        return 0.0
    import resource

    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
    )


def environment(**more: str) -> dict[str, str]:
    """A child's environment in which compiled modules are kept: without them a start takes 2.4 times as long."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more
