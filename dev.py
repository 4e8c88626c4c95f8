#!/usr/bin/env python3
"""shopdesk from its source folder, on a machine with Python 3.11 or newer and nothing else.

    python3 dev.py run [arguments]     set everything up once, then start the program
    python3 dev.py test [arguments]    set everything up once, then run the tests (all of them without arguments)
    python3 dev.py check               everything the tests ask, the quick gates first and in their own words
    python3 dev.py fuzz [reader]       feed the readers of foreign files with broken input (fuzz --help)
    python3 dev.py setup [what]        only set up: run (the program, default), test, screen

On Windows: py dev.py run. Everything goes into the folder .venv beside this file (another one: SHOPDESK_VENV).
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

ROOT = os.path.dirname(os.path.abspath(__file__))
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
OLDEST = (3, 11)
RUNTIME_LOCK = "requirements.txt"
# what is wanted beside the program: its lock file, and its name in a sentence
EXTRA_LOCKS = {
    "tests": ("requirements-dev.txt", "the test tools"),
    "build": ("requirements-build.txt", "the tools that build the installer"),
}
STAMP = "shopdesk-ready.txt"
PROJECT_LINK = "shopdesk-source.pth"

# the name a library is loaded by: the Debian and Ubuntu package that brings it (newer systems still know these names)
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
SCREEN_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
KINDS = {
    "offscreen": QT_LIBRARIES,
    "screen": {**QT_LIBRARIES, **SCREEN_LIBRARIES},
    "wayland": {**QT_LIBRARIES, **WAYLAND_LIBRARIES},
}
FONTS = "fonts-dejavu-core"  # a window without any font shows boxes
# programs with which tests look at our files from outside; without them (and without root) those are skipped by name
TEST_PROGRAMS = {
    "pdftotext": "poppler-utils",
    "zbarimg": "zbar-tools",
    "desktop-file-validate": "desktop-file-utils",
    "dovecot": "dovecot-imapd",
}

# the whole run shares the machine's cores, each test file on one of them; a few named tests are sooner done without.
# A process that dies ends the run: with another in its place pytest would wait for the dead one's tests for ever.
SHARED_CORES = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "0"]

# the quick gates; tests/house runs the same list
GATES = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("import contracts", ("-m", "tools.contracts")),
    ("catalogs", ("-m", "tools.catalogs", "check")),
    ("types", ("-m", "mypy")),
)


def say(text: str) -> None:
    """Progress goes to standard error: standard output belongs to the program."""
    print("shopdesk: " + text, file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    say(text)
    raise SystemExit(1)


# ---- what is needed and what is there


def place() -> str:
    """The folder of the virtual environment."""
    return os.path.abspath(os.environ.get("SHOPDESK_VENV") or os.path.join(ROOT, ".venv"))


def python() -> str:
    """The Python of the virtual environment."""
    return (
        os.path.join(place(), "Scripts", "python.exe") if WINDOWS else os.path.join(place(), "bin", "python")
    )


def fingerprint(lock_file: str) -> str:
    """Changes when the lock file does."""
    import hashlib

    with open(os.path.join(ROOT, lock_file), "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def facts(wanted: set[str]) -> dict[str, str]:
    """What must be true before the program (or the tests) can start."""
    needed = {
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "source": ROOT,
        "place": place(),
        RUNTIME_LOCK: fingerprint(RUNTIME_LOCK),
    }
    for kind, (lock_file, _) in EXTRA_LOCKS.items():
        if kind in wanted:
            needed[lock_file] = fingerprint(lock_file)
    if LINUX:
        needed.update({f"libraries for {kind}": "found" for kind in wanted & set(KINDS)})
    return needed


def stamped() -> dict[str, str]:
    """What an earlier start found true and wrote down. Empty when there is no finished environment."""
    if not os.path.exists(python()):
        return {}
    try:
        with open(os.path.join(place(), STAMP), encoding="utf-8") as stream:
            return dict(line.rstrip("\n").split(": ", 1) for line in stream if ": " in line)
    except (OSError, UnicodeDecodeError):
        return {}


def stamp(known: dict[str, str]) -> None:
    """Written last and in one step, so that a stopped setup is never taken for a finished one."""
    path = os.path.join(place(), STAMP)
    with open(path + ".new", "w", encoding="utf-8") as stream:
        stream.writelines(f"{name}: {value}\n" for name, value in known.items())
    os.replace(path + ".new", path)


def prepare(*kinds: str) -> None:
    """Make everything ready for `kinds` (tests, build, offscreen, screen, wayland); at once when it is already."""
    wanted = set(kinds)
    needed, known = facts(wanted), stamped()
    if needed.items() <= known.items():
        return
    import time

    begin = time.monotonic()
    system_packages(wanted)
    base = facts(set())
    if not base.items() <= known.items():
        new_environment()
        install(RUNTIME_LOCK, "the program's libraries")
        link_source()
        known = base
        stamp(known)
    for lock_file, what in EXTRA_LOCKS.values():
        if lock_file in needed and needed[lock_file] != known.get(lock_file):
            install(lock_file, what)
    if LINUX:
        for kind in sorted(wanted & set(KINDS)):
            check_qt(kind)
    stamp({**known, **needed})
    say(f"ready after {time.monotonic() - begin:.0f} s")


# ---- the system: Debian and Ubuntu packages


def is_missing(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def has_fonts() -> bool:
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", os.path.expanduser("~/.local/share/fonts"))
    endings = (".ttf", ".otf", ".ttc", ".pfb")
    return any(name.endswith(endings) for top in folders for _, _, names in os.walk(top) for name in names)


def has_venv() -> bool:
    import importlib.util

    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def missing_packages(wanted: set[str]) -> tuple[list[str], list[str]]:
    """The Debian packages that must be there, and those that only some tests want."""
    needed = [] if has_venv() else [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]
    libraries: dict[str, str] = {}
    for kind in wanted & set(KINDS):
        libraries.update(KINDS[kind])
    if libraries and not has_fonts():
        needed.append(FONTS)
    needed += [package for library, package in libraries.items() if is_missing(library)]
    programs = TEST_PROGRAMS if "tests" in wanted else {}
    return needed, [package for program, package in programs.items() if not has_program(program)]


def has_program(name: str) -> bool:
    """Whether a program is there; servers lie where only root looks."""
    import shutil

    return shutil.which(name) is not None or shutil.which(name, path="/usr/sbin:/sbin") is not None


def system_packages(wanted: set[str]) -> None:
    """Install what the system lacks when we are root; otherwise say the one command and end, with nothing made."""
    if not LINUX:
        return
    needed, useful = missing_packages(wanted)
    if not needed and not useful:
        return
    import shutil

    if not shutil.which("apt-get"):
        if needed:
            stop(
                "the system lacks what Debian calls "
                + ", ".join(needed)
                + ".\nPlease install it and start again."
            )
        return
    if os.geteuid() == 0:
        apt(needed, useful)
    elif needed:
        stop(
            "the system lacks some packages. Please give this command and start again:\n"
            + apt_line(needed + useful)
        )
    else:
        say("some tests will be skipped; this command brings what they want:\n" + apt_line(useful))


def apt_line(packages: list[str]) -> str:
    install = "sudo apt-get install -y --no-install-recommends " + " ".join(packages)
    return f"\n    sudo apt-get update && {install}\n"


def apt(needed: list[str], useful: list[str]) -> None:
    import subprocess

    packages = needed + useful
    say(f"installing {len(packages)} system packages: " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
    steps = [["apt-get", "update", "-q"], [*install, *needed]] if needed else [["apt-get", "update", "-q"]]
    for step in steps:
        done = subprocess.run(
            step,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode and step[1] == "install":
            stop("this command failed:\n\n    " + " ".join(step) + "\n\n" + last_lines(done.stdout))
        if done.returncode:
            say("apt-get update failed; going on with the lists that are there.\n" + last_lines(done.stdout))
    if (
        useful
        and subprocess.run(
            [*install, *useful], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        ).returncode
    ):
        say("could not install " + " ".join(useful) + "; the tests that want it will say so.")


def last_lines(text: str, count: int = 15) -> str:
    return "\n".join("    " + line for line in text.strip().splitlines()[-count:])


CHECK_QT = """
import ctypes, os, sys
import PySide6.QtPrintSupport, PySide6.QtSvg, PySide6.QtWidgets
plugin = {"screen": "libqxcb.so", "wayland": "libqwayland.so"}.get(sys.argv[1])
if plugin:
    ctypes.CDLL(os.path.join(os.path.dirname(PySide6.__file__), "Qt", "plugins", "platforms", plugin))
os.environ["QT_QPA_PLATFORM"] = "offscreen"
PySide6.QtWidgets.QApplication([])
"""


def check_qt(kind: str) -> None:
    """The proof: Qt itself starts in a child process. Ends with the words of the loader when it does not."""
    import subprocess

    done = subprocess.run([python(), "-c", CHECK_QT, kind], capture_output=True, text=True)
    if done.returncode:
        stop(
            "Qt, which draws the window, does not start here:\n" + last_lines(done.stderr, 3) + "\n"
            "On Debian or Ubuntu this command brings everything it wants:\n"
            + apt_line([*KINDS[kind].values(), FONTS])
        )


# ---- the virtual environment


def new_environment() -> None:
    import shutil
    import subprocess

    folder = place()
    if os.path.lexists(folder) and not is_ours(folder):
        stop(
            f"{folder} exists and is no virtual environment; it stays untouched. Please name another folder."
        )
    say(f"setting up {folder} (once; some minutes on a slow line)")
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        stop("the virtual environment could not be made:\n" + last_lines(done.stdout + done.stderr))


def is_ours(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "pyvenv.cfg")) or (
        os.path.isdir(folder) and not os.listdir(folder)
    )


def link_source() -> None:
    """Put the source folder on the path of the environment."""
    if WINDOWS:
        packages = os.path.join(place(), "Lib", "site-packages")
    else:
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        packages = os.path.join(place(), "lib", version, "site-packages")
    with open(os.path.join(packages, PROJECT_LINK), "w", encoding="utf-8") as stream:
        stream.write(ROOT + "\n")


def install(lock_file: str, what: str) -> None:
    """Install exactly the locked versions; each file must have one of the locked hashes."""
    import subprocess

    path = os.path.join(ROOT, lock_file)
    command = [python(), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "-r", path]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "--no-warn-script-location"]
    with open(path, encoding="utf-8") as stream:
        total = sum(1 for line in stream if "==" in line and line[:1] not in "# \t")
    said: list[str] = []
    say(f"fetching {what} ({total} packages)")
    pip = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert pip.stdout is not None
    for line in pip.stdout:
        said.append(line)
        show_progress(line, said, total)
    if pip.wait():
        stop(f"{what} could not be installed; start again when this is solved:\n" + last_lines("".join(said)))


def show_progress(line: str, said: list[str], total: int) -> None:
    """One moving line on a terminal, nothing in a log."""
    if not sys.stderr.isatty():
        return
    skipped = sum(1 for one in said if one.startswith("Ignoring "))
    seen = sum(1 for one in said if one.startswith(("Collecting ", "Requirement already ")))
    text = ""
    if line.startswith("Collecting "):
        text = f"  {seen} of {total - skipped}: {line.split()[1].split('==')[0]}"
    elif line.startswith("Installing "):
        text = "  unpacking"
    if text or line.startswith("Successfully"):
        sys.stderr.write("\r" + text.ljust(60) + ("\r" + " " * 60 + "\r" if not text else ""))
        sys.stderr.flush()


# ---- the commands


def become(command: list[str], environment: dict[str, str], folder: str | None = None) -> int:
    """Go on as another program: at once where the system can, as its parent on Windows."""
    if folder:
        os.chdir(folder)
    if not WINDOWS:
        sys.stdout.flush()
        os.execve(command[0], command, environment)
    import subprocess

    try:
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 130


def opens_window(arguments: list[str]) -> bool:
    """Whether `shopdesk ARGUMENTS` shows a window: no command at all, `demo` without --headless, or a call."""
    if {"-h", "--help", "--version"} & set(arguments):
        return False
    if any(word == "--call" or word.startswith("--call=") for word in arguments):
        return True
    after_option = ["", *arguments]
    words = [
        w
        for w, before in zip(arguments, after_option, strict=False)
        if not w.startswith("-") and before != "--database"
    ]
    return not words or (words[0] == "demo" and "--headless" not in arguments)


def run(arguments: list[str]) -> int:
    environment = dict(os.environ)
    kinds = []
    if opens_window(arguments):
        chosen = environment.get("QT_QPA_PLATFORM", "")
        has_screen = not LINUX or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
        if not has_screen and not chosen:
            stop(
                "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.\n"
                "The same story without a window:\n\n    python3 dev.py run demo --headless --out demo\n"
            )
        # on a Wayland desktop with X beside it Qt takes whichever of the two loads
        only_wayland = LINUX and not environment.get("DISPLAY")
        kinds = ["offscreen" if chosen.startswith("offscreen") else "wayland" if only_wayland else "screen"]
    prepare(*kinds)
    # -P: a folder called shopdesk where the owner stands is not the program
    return become([python(), "-P", "-m", "shopdesk", *arguments], environment)


def pytest(arguments: list[str]) -> int:
    prepare("tests", "offscreen")
    return become(
        [python(), "-m", "pytest", *arguments], {**os.environ, "QT_QPA_PLATFORM": "offscreen"}, ROOT
    )


def test(arguments: list[str]) -> int:
    return pytest(arguments or SHARED_CORES)


def check(arguments: list[str]) -> int:
    import subprocess

    prepare("tests", "offscreen")
    failed = []
    for name, command in GATES:
        say("checking " + name)
        if subprocess.call([python(), *command], cwd=ROOT):
            failed.append(name)
    if failed:
        stop("please look at: " + ", ".join(failed) + ". The tests wait until then.")
    return pytest(["--deselect", "tests/house/test_gates.py", *(arguments or SHARED_CORES)])


def fuzz(arguments: list[str]) -> int:
    prepare("tests")
    return become([python(), "-m", "tests.fuzz", *arguments], dict(os.environ), ROOT)


def setup(arguments: list[str]) -> int:
    kinds = {"run": [], "test": ["tests", "offscreen"], "screen": ["screen"]}
    what = arguments[0] if arguments else "run"
    if what not in kinds:
        stop("setup knows: run, test, screen")
    prepare(*kinds[what])
    say(f"everything is in {place()}")
    return 0


def newer_python() -> None:
    """Start again with a newer Python when this one is too old and another is there."""
    if sys.version_info >= OLDEST:
        return
    import shutil

    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            sys.exit(become([found, os.path.abspath(__file__), *sys.argv[1:]], dict(os.environ)))
    stop("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".")


def main(arguments: list[str]) -> int:
    newer_python()
    commands = {"run": run, "test": test, "check": check, "fuzz": fuzz, "setup": setup}
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0 if arguments else 2
    if arguments[0] not in commands:
        stop(f"{arguments[0]}? The commands are: " + ", ".join(commands))
    try:
        return commands[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        say("stopped; the next start goes on from here.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
