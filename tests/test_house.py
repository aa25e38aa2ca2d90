"""The rules of the house that no linter states: sizes, names, the lock, and what may not stand in any file."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dev
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", ".venv.lock", "out", "__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
VAGUE_NAMES = {"base", "common", "helper", "helpers", "manager", "misc", "tools", "util", "utils"}
HEAVY_LIBRARIES = {
    "PIL",
    "PySide6",
    "argon2",
    "chinese_calendar",
    "cryptography",
    "jinja2",
    "pypdfium2",
    "pyrage",
    "rapidfuzz",
    "reportlab",
    "sqlite_utils",
}


def house_files(pattern: str = "*") -> Iterator[Path]:
    """Every file of the project's own."""
    for entry in sorted(ROOT.iterdir()):
        if entry.name in NOT_OURS:
            continue
        for path in [entry] if entry.is_file() else sorted(entry.rglob("*")):
            if path.is_file() and path.match(pattern) and NOT_OURS.isdisjoint(path.parts):
                yield path


def read_project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked_versions() -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.+!]+)", dev.LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def test_modules_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in house_files("*.py")}
    assert {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    too_long = {
        f"{path.relative_to(ROOT)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in house_files("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert too_long == {}


def test_names_say_what_a_module_holds() -> None:
    modules = [path for path in house_files("*.py") if path.relative_to(ROOT).parts[0] in {"desktop", "tests", "build"}]
    vague = [str(path) for path in modules if VAGUE_NAMES & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}]
    assert vague == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    machine = "work|root|farm|home"
    hosts = r"pypi[.]org|python[h]osted|npmjs[.](com|org)|deb[.]debian"  # brackets, so that this file passes its own test
    forbidden = re.compile(rf"(?<![\w.:/])/({machine})/\w|{hosts}".encode())
    found = [
        f"{path.relative_to(ROOT)}: {hit.group().decode()}"
        for path in house_files()
        if b"\0" not in (content := path.read_bytes())[:1024] and (hit := forbidden.search(content))
    ]
    assert found == []


def test_lock_holds_no_address() -> None:
    text = dev.LOCK.read_text(encoding="utf-8")
    assert re.findall(r"://|^--\S+|\bfile:|@ ", text, re.MULTILINE) == []


def test_lock_answers_what_the_project_asks() -> None:
    project = read_project()
    locked = locked_versions()
    wanted = [Requirement(text) for text in project["project"]["dependencies"] + project["dependency-groups"]["dev"]]
    unmet = [str(wish) for wish in wanted if not wish.specifier.contains(locked.get(canonicalize_name(wish.name), "0"))]
    assert unmet == []


def test_every_locked_package_is_hashed() -> None:
    text = dev.LOCK.read_text(encoding="utf-8")
    assert [name for name in locked_versions() if "--hash=sha256:" not in dev.split_lock(text, name)[0]] == []


def test_contracts_cover_every_module() -> None:
    modules = {f"desktop.{path.stem}" for path in (ROOT / "desktop").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    modules.remove("desktop.__init__")
    for contract in read_project()["tool"]["importlinter"]["contracts"]:
        _, only_in, owners = contract["name"].partition(" only in ")
        if only_in:
            assert set(contract["source_modules"]) == modules - {f"desktop.{owner}" for owner in owners.split(" and ")}, contract["name"]


@pytest.mark.parametrize(
    ("modules", "allowed"),
    [
        ([f"desktop.domain.{path.stem}" for path in sorted((ROOT / "desktop" / "domain").glob("[!_]*.py"))], set()),
        (["desktop.app", "desktop.cli", "desktop.services.desk"], set()),
        (["desktop.app", "desktop.ui.application", "desktop.ui.window"], {"PySide6"}),
    ],
    ids=["domain", "command line", "window"],
)
def test_heavy_libraries_wait_until_they_are_needed(modules: list[str], allowed: set[str]) -> None:
    """Each of them costs the start of the program more time than it takes to open the database."""
    script = f"import sys, {', '.join(modules)}; print({HEAVY_LIBRARIES!r} & sys.modules.keys() - {allowed!r})"
    answer = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert answer.stdout.strip() == "set()"


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [command for command in dev.COMMANDS if f"build/dev.py {command}" not in readme] == []


def test_licences_are_listed() -> None:
    listed = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    names = [Requirement(text).name for text in read_project()["project"]["dependencies"]]
    assert [name for name in names if f"| {name} |" not in listed] == []


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_qt_keeps_its_hands_off_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops a reference of None in every call that returns nothing; some 5,000 calls later Python 3.11 aborts."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(500):
        widget.setEnabled(True)
    assert sys.getrefcount(None) - before > -50
