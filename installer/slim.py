"""What the frozen program can do without. Every name is a destination inside the built folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePath

QT_MODULES = {
    "Core", "DBus", "Gui", "Network", "OpenGL", "PrintSupport", "Svg", "SvgWidgets", "WaylandClient",
    "Widgets", "XcbQpa",
}  # fmt: skip
QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qjpeg", "qsvg", "qgif", "qico", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platformthemes": {"qxdgdesktopportal"},
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "tls": {"qschannelbackend", "qsecuretransportbackend", "qopensslbackend"},
    "wayland-decoration-client": {"bradient", "adwaita"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": set(),
}
QT_TRANSLATIONS = re.compile(r"qt(base)?_(de|en)\.qm")
# babel needs the parents of a locale, too: root -> de -> de_DE
LOCALES = re.compile(r"(root|(de|en|fr|bg)(_[A-Z]{2})?)\.dat|LICENSE.*")
QT_LIBRARY = re.compile(r"(?:lib)?Qt6?([A-Za-z0-9]+?)(?:\.so.*|\.dll|\.abi3\.so|\.pyd|\.dylib)?")
EXCLUDED_MODULES = [
    "_tkinter", "tkinter", "lib2to3", "pydoc_data", "idlelib", "ensurepip", "setuptools", "pip", "pytest",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtDesigner", "PySide6.QtHelp",
    "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtUiTools", "PySide6.QtXml", "PySide6.QtOpenGLWidgets",
    "sqlalchemy.orm", "sqlalchemy.testing", "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle", "MySQLdb", "psycopg2", "numpy", "PIL._avif", "PIL.AvifImagePlugin", "PIL._imagingtk",
]  # fmt: skip


# (destination, source, kind), as PyInstaller keeps them
Entry = tuple[str, str, str]


def is_wanted(destination: str) -> bool:
    """Whether this file belongs into the frozen program."""
    parts = PurePath(destination.replace("\\", "/")).parts
    if "locale-data" in parts and "babel" in parts:
        return bool(LOCALES.fullmatch(parts[-1]))
    if "PySide6" in parts:
        return is_wanted_of_qt(parts)
    if parts[0] == "stdnum":
        return parts[-1] == "iban.dat"
    return is_wanted_library(parts[-1])


def is_wanted_of_qt(parts: tuple[str, ...]) -> bool:
    """One file below PySide6: modules, plugins and translations by their lists above."""
    if "translations" in parts:
        return bool(QT_TRANSLATIONS.fullmatch(parts[-1]))
    if "plugins" in parts:
        folder = parts[parts.index("plugins") + 1]
        plugin = parts[-1].removeprefix("lib").partition(".")[0]
        return plugin in QT_PLUGINS.get(folder, set())
    if "qml" in parts or parts[-1].startswith(("opengl32sw", "avcodec", "avformat", "avutil", "swscale")):
        return False
    return is_wanted_library(parts[-1])


def is_wanted_library(name: str) -> bool:
    """Qt's own libraries by module; all others stay, since something links to them."""
    match = QT_LIBRARY.fullmatch(name)
    return not match or match[1] in QT_MODULES


def reachable(entries: Iterable[Entry], imports: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Drop libraries that nothing left over links to. `imports` names the libraries that a file asks for."""
    kept: list[Entry] = []
    waiting: list[Entry] = []
    for entry in entries:
        (waiting if only_for_others(entry[0]) else kept).append(entry)
    frontier = list(kept)
    while frontier:
        asked = {name for _, source, _ in frontier for name in imports(source)}
        frontier = [entry for entry in waiting if PurePath(entry[0]).name in asked]
        waiting = [entry for entry in waiting if entry not in frontier]
        kept += frontier
    return kept


def only_for_others(destination: str) -> bool:
    """Whether a file is there only because another links to it: shared libraries at the three usual places."""
    path = PurePath(destination)
    if path.name.startswith("libpython") or ".so" not in path.name:
        return False
    folder = path.parent.as_posix()
    return path.name.startswith("lib") and (folder in {".", "PySide6/Qt/lib"} or folder.endswith(".libs"))
