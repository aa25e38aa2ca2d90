"""Every button of the program prints its key, also those that no scene of the gallery shows; every key stands in docs/ui.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from PySide6.QtGui import QKeySequence

from tests.ui.keys import PRINTED, told

ROOT = Path(__file__).resolve().parents[2]
MAKERS = frozenset({"button", "enter_button", "small", "_button", "QPushButton", "IconButton"})
"""What makes a button; `Band.offer` cannot do without a key."""

ON_EACH_LINE = frozenset({"GO", "OPEN", "MERGE", "NOT_SAME", "'打开并采用…'"})
"""Buttons that stand once on each line of a list: a key could mean only one of them. Tab and the arrows lead there, Enter presses."""

WRITTEN_LATER = frozenset({"", "''", "text"})
"""Where the text with the key comes after the button is made, or from what makes it; a scene of the gallery looks at each of these."""

OTHERS = {
    "f'{at} {step}' if at < 10 else step": "the tenth decision of a meeting and those after it: there is no such digit",
    "f'{text}  {key}' if key else text": "the maker itself",
}
KEY = re.compile(r"^(?:(?:Ctrl|Alt|Shift)\+)+\S+$|^F\d+$")


def _sources() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted((ROOT / "desktop" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.name, node


def _name(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _has_key(node: ast.Call) -> bool:
    return any(one.arg == "key" for one in node.keywords) or (_name(node) == "small" and len(node.args) > 3)


def _prints(text: ast.expr | None) -> bool:
    """Whether the text ends with a key; what a name in it stands for is taken for one."""
    if isinstance(text, ast.JoinedStr):
        last = text.values[-1]
        return isinstance(last, ast.FormattedValue) and not isinstance(last.value, ast.IfExp) and "  " in ast.unparse(text)
    return isinstance(text, ast.Constant) and bool(PRINTED.search(str(text.value)))


def test_every_button_is_made_with_a_key() -> None:
    excused = ON_EACH_LINE | WRITTEN_LATER | OTHERS.keys()
    found = [
        f"{name}:{node.lineno} {text}"
        for name, node in _sources()
        if isinstance(node, ast.Call) and _name(node) in MAKERS and not _has_key(node) and not _prints(node.args[0] if node.args else None)
        if (text := ast.unparse(node.args[0]) if node.args else "") not in excused
    ]
    assert found == []


def test_every_key_of_the_program_stands_in_the_table_of_the_documents() -> None:
    named = frozenset(re.findall(r"`([^`]+)`", (ROOT / "docs" / "ui.md").read_text(encoding="utf-8")))
    used = {told(QKeySequence(node.value)) for _, node in _sources() if isinstance(node, ast.Constant) and _is_key(node.value)}
    assert used
    assert sorted(used - named) == []


def _is_key(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and KEY.fullmatch(value) is not None
