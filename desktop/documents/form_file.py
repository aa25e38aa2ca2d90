"""Reading form files: every mistake is refused with the file and, as far as it can be told, the line."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from desktop.documents.form import Block, Fields, Form, Grid, Group, Part, Shared, Table, Together
from desktop.documents.mark import PAGE_WIDTH
from desktop.documents.mistakes import in_chinese, unknown_key
from desktop.documents.plain_values import WordingError
from desktop.documents.wording import check_template
from desktop.domain.refused import Refused

MAX_BYTES = 300_000
"""The longest shipped form has a twentieth of it."""

_NARROWEST = 5.0
"""Millimetres that a column without a width needs at least."""

FindShared = Callable[[str], Path]
"""The path of a file of `共用` by its name."""

_T = TypeVar("_T", Form, Shared)


class FormError(Refused):
    """A form file has a mistake."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        place = f"第{line}行" if line else ""
        super().__init__(f"文书样式文件“{file}”{place}有误（{reason}），请改正该文件或恢复随程序附带的样式。")


class FormFile(msgspec.Struct, frozen=True):
    """A form with the texts of the files that it was read from, by name."""

    form: Form
    texts: dict[str, str]

    def located(self, error: WordingError) -> FormError | WordingError:
        """The mistake in a wording with the file and line where that stands; as it is if it stands in none."""
        wanted = error.template.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
        for name, text in self.texts.items():
            at = next((text.find(one) for one in (error.template, wanted) if one in text), -1)
            if at >= 0:
                return FormError(name, text.count("\n", 0, at) + 1, error.reason)
        return error


def read_form(path: Path, find_shared: FindShared) -> FormFile:
    """The form in the file, with everything that it takes from `共用`. Raises FormError."""
    text = _read(path)
    texts, raw = {path.name: text}, _parsed(path.name, text)
    base = _shared(raw.pop("base", None), find_shared, texts)
    for name in ("page", "looks", "options", "choices"):
        if isinstance(raw.get(name, {}), dict):
            raw[name] = {**base.get(name, {}), **raw.get(name, {})}
    form = _converted(raw, Form, path.name, text)
    if form.name != path.stem:
        raise FormError(path.name, line_of(text, "$.name") or 1, f"名称“{form.name}”与文件名不同")
    if form.needs and not (form.dossier and form.dossier.only):
        raise FormError(path.name, line_of(text, "$.needs"), "写明needs的，应在dossier中以only写明结果")
    form = _with_parts(form, find_shared, texts)
    _check_blocks(form, path.name, text)
    file = FormFile(form, texts)
    _check_templates(file)
    return file


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormError(path.name, None, "读不出来") from error
    if len(data) > MAX_BYTES:
        raise FormError(path.name, None, "文件太大")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise FormError(path.name, data[: error.start].count(b"\n") + 1, "不是UTF-8编码") from error


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError(name, _line_of_syntax(text, error), "不是正确的TOML文本") from error
    except RecursionError as error:
        raise FormError(name, None, "括号嵌套太深") from error


def _converted(raw: dict[str, Any], kind: type[_T], name: str, text: str) -> _T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise FormError(name, _line_of_mistake(text, error, raw, kind), in_chinese(str(error).partition(" - at `")[0])) from error
    except RecursionError as error:
        raise FormError(name, None, "嵌套太深") from error


def _line_of_mistake(text: str, error: msgspec.ValidationError, raw: dict[str, Any], kind: type[_T]) -> int:
    """The line of the path that msgspec tells, of a key that there is not its own; the first line if it cannot be told."""
    reason, _, path = str(error).partition(" - at `$")
    path, unknown = path.rstrip("`"), unknown_key(reason)
    line = line_of(text, path) or 1
    if entry := _entry(path, str(error), raw, kind):
        line = _line_naming(entry, text, line) or line
        key = unknown or path.rpartition(".")[2]
        headed = _HEADER.match(text.splitlines()[line - 1])
        return (_line_naming(key, text, line) if headed or unknown else None) or line
    return _line_naming(unknown, text, line) or line if unknown else line


def _entry(path: str, message: str, raw: dict[str, Any], kind: type[_T]) -> str | None:
    """The entry that a path such as `.looks[...].size` means: msgspec does not name it."""
    match = re.match(r"\.(\w+)\[\.\.\.\]", path)
    table = match[1] if match else ""
    for key, value in raw[table].items() if table else ():
        try:
            msgspec.convert({**raw, table: {key: value}}, kind)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return str(key)
    return None


def _line_naming(key: str, text: str, first: int) -> int | None:
    """The line from that one on that gives the key a value or is headed by it."""
    names_it = re.compile(rf"""[^#]*(?<!\w)["']?{re.escape(key)}["']?\s*[=.\]]""")
    return next((n for n, line in enumerate(text.splitlines(), 1) if n >= first and names_it.match(line)), None)


def _shared(name: Any, find: FindShared, texts: dict[str, str]) -> dict[str, Any]:
    """The raw file of `共用` that a form is based on, checked for itself; empty without one."""
    if name is None:
        return {}
    path = _shared_path(name, find, texts)
    text = texts[path.name] = _read(path)
    raw = _parsed(path.name, text)
    _converted(raw, Shared, path.name, text)
    return raw


def _shared_path(name: Any, find: FindShared, texts: dict[str, str]) -> Path:
    path = find(name) if isinstance(name, str) and re.fullmatch(r"\w{1,40}", name) else None
    if path is None or not path.is_file():
        file, text = next(iter(texts.items()))
        line = next((i for i, line in enumerate(text.splitlines(), 1) if f'"{name}"' in line), None)
        raise FormError(file, line, f"没有共用文件“{name}”")
    return path


def _with_parts(form: Form, find: FindShared, texts: dict[str, str]) -> Form:
    options: dict[str, bool] = {}

    def resolved(block: Block, *, within: bool) -> Block:
        if isinstance(block, (Group, Together)):
            return msgspec.structs.replace(block, parts=tuple(resolved(part, within=within) for part in block.parts))
        if not isinstance(block, Part):
            return block
        path = _shared_path(block.name, find, texts)
        text = texts[path.name] = _read(path)
        if within:
            raise FormError(path.name, None, "共用文件不能引用共用文件")
        shared = _converted(_parsed(path.name, text), Shared, path.name, text)
        options.update(shared.options)
        common = {name: getattr(block, name) for name in ("each", "as_", "when", "before", "after", "keep")}
        return Group(**common, parts=tuple(resolved(part, within=True) for part in shared.block))

    blocks = tuple(resolved(block, within=False) for block in form.block)
    return msgspec.structs.replace(form, block=blocks, options={**options, **form.options})


def _check_blocks(form: Form, name: str, text: str) -> None:
    """Refuse looks that there are not, and columns that do not fit the page."""
    if "正文" not in form.looks:
        raise FormError(name, line_of(text, "$.looks") or 1, "没有名为“正文”的字样")
    width = PAGE_WIDTH - form.page.left - form.page.right
    for i, block in enumerate(form.block):
        for leaf in _leaves(block):
            fault = _fault(leaf, form, width)
            if fault:
                raise FormError(name, line_of(text, f"$.block[{i}]"), fault)
    if form.page.letterhead and form.page.letterhead.look not in form.looks:
        raise FormError(name, line_of(text, "$.page.letterhead"), f"没有名为“{form.page.letterhead.look}”的字样")


def _leaves(block: Block) -> Iterator[Block]:
    if isinstance(block, (Group, Together)):
        for part in block.parts:
            yield from _leaves(part)
    else:
        yield block


def _fault(block: Block, form: Form, width: float) -> str | None:
    looks = (block.look, block.label_look) if isinstance(block, Grid) else (block.look,)
    missing = next((look for look in looks if look not in form.looks), None)
    if missing:
        return f"没有名为“{missing}”的字样"
    if isinstance(block, Grid) and any(sum(cell.span for cell in row.cells) != len(block.widths) for row in block.rows):
        return "各格所占的列数之和应与widths的列数相同"
    lines: list[tuple[float, ...]] = []
    if isinstance(block, Grid):
        lines = [block.widths]
    elif isinstance(block, Table):
        lines = [tuple(column.width for column in block.columns)]
    elif isinstance(block, Fields):
        lines = [tuple(field.width for field in row) for row in block.rows]
        width = width / block.columns
    return None if all(_fits(line, width) for line in lines) else "各列太宽，超出版心"


def _fits(widths: tuple[float, ...], room: float) -> bool:
    """Whether the columns fit, those without a width with 5 mm at least; there is one."""
    return bool(widths) and sum(width or _NARROWEST for width in widths) <= room + 0.01


def _check_templates(file: FormFile) -> None:
    for text in _strings(msgspec.to_builtins(file.form)):
        try:
            check_template(text)
        except WordingError as error:
            raise file.located(error) from error


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _line_of_syntax(text: str, error: tomllib.TOMLDecodeError) -> int:
    """The line that a message such as `… (at line 3, column 1)` means; the last one for `(at end of document)`."""
    words = str(error).replace(",", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else len(text.splitlines())


_HEADER = re.compile(r"\s*\[(\[?)([^\[\]]+)\]")
_STEP = re.compile(r"\.(\w+)(?:\[(\d+)\])?")


def line_of(text: str, path: str) -> int | None:
    """The line that a path such as `$.block[3].parts[0].text` means: that of the key, else of the table; None if it is not found."""
    steps = [(name, int(index or 0)) for name, index in _STEP.findall(path)]
    best, depth, open_here = None, 0, True
    for number, where, line in _located_lines(text):
        if where is not None:
            open_here = where == steps[: len(where)]
            if open_here and len(where) > depth:
                best, depth = number, len(where)
        elif open_here and depth < len(steps) and re.match(rf'\s*"?{re.escape(steps[depth][0])}"?\s*=', line):
            return number
    return best


def _located_lines(text: str) -> Iterator[tuple[int, list[tuple[str, int]] | None, str]]:
    """Each line with its number; a table's header with the names and indices that lead to it."""
    here: list[tuple[str, int]] = []
    seen: dict[tuple[tuple[str, int], ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if not header:
            yield number, None, line
            continue
        names = [name.strip().strip('"') for name in header[2].split(".")]
        above = here[: len(names) - 1] if [name for name, _ in here[: len(names) - 1]] == names[:-1] else [(name, 0) for name in names[:-1]]
        key = (*above, (names[-1], -1))
        seen[key] = seen.get(key, -1) + 1
        here = [*above, (names[-1], seen[key])]
        yield number, here, line
