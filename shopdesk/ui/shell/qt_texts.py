"""Qt's own words (context menus, file dialogs, names of keys) in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


def speak(application: QCoreApplication, language: str) -> bool:
    """Let Qt speak the language ("de"); False when it has no words for it and stays English."""
    QLocale.setDefault(QLocale(language))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(f"qtbase_{language}", folder):
        return False
    return application.installTranslator(translator)
