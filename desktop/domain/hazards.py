"""六类风险隐患: a classification of disputes beside their type, in the words of the area (domain.md 2.1).

The six names differ from place to place, so they are data. They name kinds of disputes, never persons.
"""

from desktop.domain.refused import Refused
from desktop.domain.settings_text import Mistake, parsed

MOST, LONGEST = 30, 40
"""Names in a file, and characters of a name: what the field of the case holds."""

_EXAMPLE = 'names = ["婚恋情感", "家庭"]'


class HazardsRefused(Refused):
    """The file of names has a mistake."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        place = f"第{line}行" if line else ""
        super().__init__(f"六类风险隐患的文件hazards.toml{place}有误（{reason}），请改正该文件，或把它移走以使用随程序附带的文件。")


def read_hazards(text: str) -> tuple[str, ...]:
    """The names in a TOML text. Raises `HazardsRefused`, with the line where that can be told."""
    try:
        raw = parsed(text)
    except Mistake as error:
        raise HazardsRefused(error.reason, error.line) from error
    for key in raw:
        if key != "names":
            raise HazardsRefused(f"不认识“{key}”，只写names", _line(text, key))
    names = raw.get("names")
    if not isinstance(names, list) or not 1 <= len(names) <= MOST:
        raise HazardsRefused(f"应当写成{_EXAMPLE}这样的一组名称，1至{MOST}个", _line(text, "names"))
    for at, name in enumerate(names):
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= LONGEST:
            raise HazardsRefused(f"第{at + 1}个名称应当是带引号的文字，1至{LONGEST}个字", _line(text, str(name) or '""'))
        if name in names[:at]:
            raise HazardsRefused(f"名称“{name}”重复", _line(text, name, last=True))
    return tuple(names)


def _line(text: str, words: str, *, last: bool = False) -> int | None:
    """The number of the first, or the last, line with these words that is no remark; None if there is none."""
    found = [at for at, line in enumerate(text.splitlines(), 1) if words in line.partition("#")[0]]
    return found[-1 if last else 0] if found else None
