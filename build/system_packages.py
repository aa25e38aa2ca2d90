"""The system libraries that the program needs on Linux, and how to get them on Debian and its kin.

On another Linux, or without the right to install, the missing ones are named in one line and the work goes on: what is missing may
not be needed for it (a command line without a window needs none).
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping

QT_LIBRARIES: dict[str, str] = {
    "libcups2": "cups",
    "libdbus-1-3": "dbus-1",
    "libegl1": "EGL",
    "libfontconfig1": "fontconfig",
    "libfreetype6": "freetype",
    "libgl1": "GL",
    "libglib2.0-0": "glib-2.0",
    "libx11-xcb1": "X11-xcb",
    "libxcb-cursor0": "xcb-cursor",
    "libxcb-icccm4": "xcb-icccm",
    "libxcb-image0": "xcb-image",
    "libxcb-keysyms1": "xcb-keysyms",
    "libxcb-randr0": "xcb-randr",
    "libxcb-render-util0": "xcb-render-util",
    "libxcb-render0": "xcb-render",
    "libxcb-shape0": "xcb-shape",
    "libxcb-shm0": "xcb-shm",
    "libxcb-sync1": "xcb-sync",
    "libxcb-util1": "xcb-util",
    "libxcb-xfixes0": "xcb-xfixes",
    "libxcb-xkb1": "xcb-xkb",
    "libxkbcommon-x11-0": "xkbcommon-x11",
    "libxkbcommon0": "xkbcommon",
}
"""What Qt's Core, Gui, Widgets, PrintSupport and xcb plugin load: name of Debian's package -> name of the library (ldd of the plugins)."""

TEST_TOOLS: dict[str, str] = {
    "cups": "",
    "default-jre-headless": "",
    "libactivation-java": "",
    "libjaxb-api-java": "",
    "libpdfbox2-java": "",
    "poppler-utils": "",
    "xauth": "",
    "xvfb": "",
}
"""Programs of the tests: pdftotext and pdftoppm, a display in memory, and Apache PDFBox,
whose Preflight validates PDF/A, and a print server of the test's own."""

PACKAGING_TOOLS: dict[str, str] = {"binutils": ""}
"""What PyInstaller needs: objdump, objcopy and strip, and Python as a library, which Debian packs apart from its python3."""

if sys.base_prefix == "/usr":
    PACKAGING_TOOLS["libpython{}.{}".format(*sys.version_info)] = ""


def ensure(packages: Mapping[str, str]) -> None:
    """Install what is missing of these where we may, else say what is missing; does nothing on other systems than Linux."""
    if sys.platform != "linux":
        return
    debian = shutil.which("dpkg-query") is not None and shutil.which("apt-get") is not None
    missing = missing_on_debian(packages) if debian else missing_elsewhere(packages)
    if missing and debian and os.geteuid() == 0:
        say(f"installing {' '.join(missing)} ...")
        install(missing)
        missing = missing_on_debian(packages)
    if missing:
        say(f"missing on this system (Debian's names): {' '.join(missing)}")


def say(text: str) -> None:
    """Print a line for the developer on stderr."""
    print(text, file=sys.stderr, flush=True)


def missing_on_debian(names: Collection[str]) -> list[str]:
    """Those packages that dpkg does not have installed; newer Debian calls some of them NAMEt64."""
    candidates = [candidate for name in names for candidate in (name, f"{name}t64")]
    command = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\\n", *candidates]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout
    installed = {line.split()[0].removesuffix("t64") for line in answer.splitlines() if line.endswith(" installed")}
    return sorted(name for name in names if name not in installed)


def missing_elsewhere(packages: Mapping[str, str]) -> list[str]:
    """Those packages whose library the loader cannot find; programs are not looked for."""
    return sorted(name for name, library in packages.items() if library and ctypes.util.find_library(library) is None)


def install(names: Collection[str]) -> None:
    """Let apt-get install packages, waiting for another apt that is at work; only a failure shows apt's own lines."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = "-oDPkg::Lock::Timeout=300"
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *names]):
        words = ["apt-get", wait, *command]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, check=False)
        if done.returncode:
            say(done.stdout.decode(errors="replace"))
