"""What belongs to this computer and not to the shop: one small file beside the program's configuration."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from shopdesk import paths


@dataclass(frozen=True, slots=True)
class Settings:
    """The computer's own settings. Unknown entries of a newer program are ignored, not lost words of the owner."""

    language: str = ""  # "" follows the system
    theme: str = ""  # "", "light" or "dark"
    font_scale: int = 100  # percent
    window: dict[str, int] = field(default_factory=dict)  # x, y, width, height, maximized
    database: str = ""  # "" is the default place
    notices: bool = True  # the system tells what comes up
    quiet_from: str = ""  # "20:00"; both empty: never quiet
    quiet_until: str = ""
    stay_in_tray: bool = False  # closing the window leaves the program beside the clock
    bank_folder: str = ""  # watched for bank files; "": none
    bank_folder_asked: bool = False  # whether the owner was asked about it
    bank_folder_since: str = ""  # files of before that moment are not new
    told_until: str = ""  # the moment up to which everything was told


def _file() -> Path:
    return paths.config_folder() / "settings.json"


def load() -> Settings:
    """Read the settings; a missing or unreadable file gives the defaults."""
    try:
        raw: object = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    known = {entry.name: entry.default for entry in fields(Settings)}
    settings = Settings()
    for name, value in raw.items() if isinstance(raw, dict) else ():
        if name in known and isinstance(value, type(getattr(settings, name))):
            settings = replace(settings, **{name: value})
    return settings


def save(settings: Settings) -> None:
    """Write the settings so that a kill leaves the old or the new file, never half of one."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump(asdict(settings), stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(file)
