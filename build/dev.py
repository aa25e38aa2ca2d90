"""Set-up, run, test, benchmarks and packaging of Fengqiao Desk, with nothing but Python >= 3.11.

    python3 build/dev.py run [ARGS]       set up, then start the program with ARGS; its exit code is ours
    python3 build/dev.py test [ARGS]      set up, then the whole check; with ARGS only pytest, given ARGS (paths from the project)
    python3 build/dev.py bench [NAME]     set up, then tests/benchmarks/bench_NAME.py, or all of them
    python3 build/dev.py soak MINUTES     set up, then random histories of the exchange with fresh seeds until the time is over
    python3 build/dev.py pictures         set up, then draw the pictures of docs/ui.md, docs/forms.md, the README and the help anew
    python3 build/dev.py package          set up, build out/dist/fengqiao and let it run the demo
    python3 build/dev.py lock             renew build/requirements.lock from pyproject.toml

Set-up speaks on stderr only, so that stdout is the program's alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 -- whoever starts this file may have an older Python
    sys.exit(f"build/dev.py needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

from system_packages import PACKAGING_TOOLS, QT_LIBRARIES, TEST_TOOLS, ensure

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "build" / "requirements.lock"
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
LOCK_PATIENCE = 900
"""Seconds after which another set-up's lock folder counts as left behind by a process that died."""


# --- speaking and starting -------------------------------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Print a line for the developer on stderr."""
    print(text, file=sys.stderr, flush=True)


def venv_python() -> Path:
    """The interpreter of the project's virtual environment."""
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def call(command: Sequence[str | Path], *, quiet: bool = False, env: dict[str, str] | None = None, cwd: Path | None = None) -> int:
    """Run a command to its end and return its exit code (128 + N when signal N ended it); quiet sends its stdout to ours of errors."""
    process = subprocess.Popen(list(command), stdout=2 if quiet else None, env=env, cwd=cwd)
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # the child got it too, and it decides when to end
            continue
        return 128 - code if code < 0 else code


def python(*arguments: str | Path, quiet: bool = False, env: dict[str, str] | None = None, cwd: Path | None = None) -> int:
    """Run the virtual environment's interpreter as call() does, without the current folder on its path."""
    return call([venv_python(), "-P", *arguments], quiet=quiet, env=env, cwd=cwd)


def environment(*, offscreen: bool) -> dict[str, str]:
    """Our environment for a child; offscreen makes Qt draw into memory where Linux has no display and nobody chose otherwise."""
    env = dict(os.environ)
    display = env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")
    if offscreen and sys.platform == "linux" and not display:
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


# --- set-up ----------------------------------------------------------------------------------------------------------------------------


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a lock made of a folder, since making a folder is atomic on every system; waits for the holder, at most LOCK_PATIENCE."""
    while True:
        try:
            folder.mkdir()
            break
        except FileExistsError:
            wait_or_break(folder)
    try:
        yield
    finally:
        folder.rmdir()


def wait_or_break(folder: Path) -> None:
    """Wait a moment for the holder of a lock folder, or remove the folder when its holder must have died."""
    try:
        age = time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return
    if age > LOCK_PATIENCE:
        folder.rmdir()
    else:
        time.sleep(0.2)


def split_lock(text: str, name: str) -> tuple[str, str]:
    """Part a lock's text into the entry of one package (its line and the indented ones below) and everything else."""
    entry: list[str] = []
    rest: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            inside = line.startswith(f"{name}==")
        (entry if inside else rest).append(line)
    return "".join(entry), "".join(rest)


def wanted_stamp() -> str:
    """What the stamp of a finished environment says: which packages, at which place (a moved environment is broken)."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {ROOT}"


def is_ready() -> bool:
    """Whether the virtual environment holds what the lock asks for."""
    stamp = VENV / "fengqiao.stamp"
    return venv_python().exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted_stamp()


def set_up() -> None:
    """Make the virtual environment as the lock asks, unless it is there; ends the program when that fails."""
    if is_ready():
        return
    with one_at_a_time(ROOT / ".venv.lock"):
        if not is_ready():
            started = time.monotonic()
            say("setting up .venv ...")
            make_venv()
            install_packages()
            (site_packages() / "fengqiao.pth").write_text(os.path.relpath(ROOT, site_packages()) + "\n", encoding="ascii")
            (VENV / "fengqiao.stamp").write_text(wanted_stamp(), encoding="utf-8")
            say(f".venv is ready ({time.monotonic() - started:.0f} s)")


def make_venv() -> None:
    """Make the virtual environment, with Debian's package for it where that is missing."""
    if find_spec("ensurepip") is None:
        ensure({"python3-venv": ""})
    if call([sys.executable, "-m", "venv", "--clear", VENV], quiet=True):
        sys.exit("The virtual environment could not be made: this Python lacks its venv module.")


def install_packages() -> None:
    """Install the lock, by uv (itself taken from the lock) or, where uv cannot be had, by pip; every file is checked by its hash."""
    uv_entry, others = split_lock(LOCK.read_text(encoding="utf-8"), "uv")
    pip_install = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes")
    with tempfile.TemporaryDirectory() as folder:
        only_uv, without_uv = Path(folder, "uv.lock"), Path(folder, "others.lock")
        only_uv.write_text(uv_entry, encoding="utf-8")
        without_uv.write_text(others, encoding="utf-8")
        if python(*pip_install, "-r", only_uv, quiet=True) == 0:
            code = python("-m", "uv", "pip", "install", "-q", "--python", venv_python(), "--require-hashes", "-r", LOCK, quiet=True)
        else:
            say("uv is not to be had; going on with pip, which takes longer")
            code = python(*pip_install, "-r", without_uv, quiet=True)
    if code:
        sys.exit("The packages could not be installed; the lines above say why.")


def site_packages() -> Path:
    """Where the virtual environment keeps its packages."""
    return next(VENV.glob("Lib/site-packages" if WINDOWS else "lib/python*/site-packages"))


# --- commands --------------------------------------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Start the program."""
    ensure(QT_LIBRARIES)
    set_up()
    return python("-m", "desktop", *arguments, env=environment(offscreen="demo" in arguments))


def test(arguments: list[str]) -> int:
    """The whole check, or pytest alone when it is given arguments; stops at the first step that fails."""
    ensure(QT_LIBRARIES | TEST_TOOLS)
    set_up()
    if arguments:
        return python("-m", "pytest", *arguments, cwd=ROOT, env=environment(offscreen=True))
    started = time.monotonic()
    for title, step in check_steps():
        if code := timed(title, step):
            return code
    print(f"== everything passed in {time.monotonic() - started:.0f} s", flush=True)
    return 0


def check_steps() -> list[tuple[str, Callable[[], int]]]:
    """The steps of the whole check in their order, quick ones first."""
    return [
        ("ruff check", lambda: python("-m", "ruff", "check", ".", cwd=ROOT)),
        ("ruff format", lambda: python("-m", "ruff", "format", "--check", ".", cwd=ROOT)),
        ("import contracts", lambda: python("-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo", cwd=ROOT)),
        ("mypy --strict", lambda: python("-m", "mypy", cwd=ROOT)),
        ("pytest", lambda: python("-m", "pytest", "-q", "-n", "auto", cwd=ROOT, env=environment(offscreen=True))),
        ("demo", smoke),
    ]


def timed(title: str, step: Callable[[], int]) -> int:
    """Run one step of the check under a heading, and say how long it took."""
    print(f"== {title}", flush=True)
    started = time.monotonic()
    code = step()
    print(f"== {title}: {'ok' if code == 0 else f'failed with exit code {code}'} ({time.monotonic() - started:.1f} s)\n", flush=True)
    return code


def smoke() -> int:
    """Run the demo into a temporary folder; it must succeed and leave its summary."""
    with tempfile.TemporaryDirectory() as folder:
        code = python("-m", "desktop", "demo", folder, env=environment(offscreen=True))
        if code == 0 and not Path(folder, "summary.json").is_file():
            say("the demo left no summary.json")
            return 1
    return code


def bench(arguments: list[str]) -> int:
    """Run the benchmarks; fails when one of them misses its target, breaks, or says nothing."""
    ensure(QT_LIBRARIES)
    set_up()
    scripts = sorted((ROOT / "tests" / "benchmarks").glob(f"bench_{arguments[0] if arguments else '*'}.py"))
    if not scripts:
        sys.exit(f"There is no benchmark {' '.join(arguments)} in tests/benchmarks.")
    passed = [bench_passes(script) for script in scripts]  # all of them, even after one that fails
    return 0 if all(passed) else 1


def bench_passes(script: Path) -> bool:
    """Run one benchmark, pass its lines on, and tell whether every figure met its target."""
    command = [str(venv_python()), "-P", str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment(offscreen=True)) as process:
        results = []
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if line.startswith("{"):
                results.append(bool(json.loads(line)["ok"]))
    return process.returncode == 0 and bool(results) and all(results)


def soak(arguments: list[str]) -> int:
    """Try random histories of the exchange for so many minutes; the lines say seeds, histories and steps."""
    if len(arguments) != 1 or not arguments[0].isdigit():
        sys.exit("soak needs a number of minutes")
    set_up()
    env = environment(offscreen=True) | {"FENGQIAO_SOAK": str(int(arguments[0]) * 60)}
    tests = ROOT / "tests" / "properties" / "test_histories.py"
    return python("-m", "pytest", "-q", "-s", "-o", "faulthandler_timeout=0", tests, "-k", "random", cwd=ROOT, env=env)


def pictures(arguments: list[str]) -> int:
    """Draw the pictures of the window that stand in the documents and in the help."""
    if arguments:
        sys.exit("pictures takes no arguments")
    ensure(QT_LIBRARIES)
    set_up()
    return python("-m", "tests.ui.pictures", cwd=ROOT, env=environment(offscreen=True) | {"QT_QPA_PLATFORM": "offscreen"})


def package(arguments: list[str]) -> int:
    """Build the one-folder program under out/dist and let it run the demo."""
    if arguments:
        sys.exit("package takes no arguments")
    ensure(QT_LIBRARIES | PACKAGING_TOOLS)
    set_up()
    started = time.monotonic()
    out = ROOT / "out"
    where = ("--workpath", out / "work", "--distpath", out / "dist")
    if code := python("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *where, ROOT / "build" / "fengqiao.spec", cwd=ROOT):
        return code
    print(f"built in {time.monotonic() - started:.0f} s", flush=True)
    print_sizes(out / "dist" / "fengqiao")
    return packaged_smoke(out / "dist" / "fengqiao", out / "smoke")


def print_sizes(folder: Path) -> None:
    """Print how large a folder is, and its ten largest files, in MB of 1,000,000 bytes."""
    sizes = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}
    print(f"{sum(sizes.values()) / 1e6:7.1f} MB in {len(sizes)} files, of which")
    for path in sorted(sizes, key=lambda path: -sizes[path])[:10]:
        print(f"{sizes[path] / 1e6:7.1f} MB {path.relative_to(folder).as_posix()}")


def packaged_smoke(program: Path, target: Path) -> int:
    """Let the built program run the demo into target; any line on stderr fails it, as does a missing summary."""
    shutil.rmtree(target, ignore_errors=True)
    sys.stdout.flush()  # what the program prints comes after what we printed
    env = {name: value for name, value in environment(offscreen=True).items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    command = [str(program / ("fengqiao.exe" if WINDOWS else "fengqiao")), "demo", str(target)]
    started = time.monotonic()
    process = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", env=env, check=False)
    unexpected = process.stderr.strip()
    if unexpected:
        say(f"unexpected on stderr of the built program:\n{unexpected}")
    if process.returncode or unexpected or not (target / "summary.json").is_file():
        say(f"the built program failed the demo (exit code {process.returncode})")
        return process.returncode or 1
    print(f"the built program passed the demo ({time.monotonic() - started:.0f} s)")
    return 0


def lock(arguments: list[str]) -> int:
    """Renew the lock: newest versions that pyproject.toml allows, hashes for every platform, no addresses."""
    if arguments:
        sys.exit("lock takes no arguments")
    set_up()
    options = ("--group", "dev", "--generate-hashes", "--universal", "--python-version", "3.11", "--upgrade", "-q")
    renewal = ("--custom-compile-command", "python3 build/dev.py lock", "-o", "build/requirements.lock")
    return python("-m", "uv", "pip", "compile", "pyproject.toml", *options, *renewal, quiet=True, cwd=ROOT)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "soak": soak,
    "pictures": pictures,
    "package": package,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Carry out one command; 2 means that it was not understood."""
    if not arguments or arguments[0] not in COMMANDS:
        say(__doc__ or "")
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
