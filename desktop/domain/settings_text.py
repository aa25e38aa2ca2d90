"""TOML texts that an office or a county writes by hand: kinds of letters, days, roles, names of hazards."""

from typing import Any, TypeVar

import msgspec

from desktop.domain.mistakes import told

T = TypeVar("T")


class Mistake(ValueError):
    """What is wrong with the text, in Chinese, and the line where that can be told; to be told with the name of the file."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def parsed(text: str) -> dict[str, Any]:
    """The values of a TOML text. Raises `Mistake` with the line."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error).replace(",", " ").replace(")", " ").split()
        line = int(words[words.index("line") + 1]) if "line" in words else len(text.splitlines())
        raise Mistake("不是正确的TOML文本", line) from error
    except RecursionError as error:
        raise Mistake("括号嵌套太深") from error


def read(text: str, kind: type[T]) -> T:
    """The text as a value of the type. Raises `Mistake`."""
    try:
        return msgspec.convert(parsed(text), kind)
    except msgspec.ValidationError as error:
        place, reason = told(str(error))
        raise Mistake(f"{place}{reason}") from error
