"""Finding a rare character: by its code point, or by parts that one can type (拆字).

The table is text, made by `build/characters/make_parts.py`. Its first section has a line `#12` before the characters of twelve strokes
and a line a character, `䶮天龙|大尢`: the character, its direct parts by code point, and after the bar the parts of those. The second
section, after `##`, has the characters whose parts nobody published, by radical and the strokes beside it: `木5:𬂥𬂦`.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice, product

from desktop.domain.text import normalized

MOST = 90
"""So many characters are found at most."""

_SCANNED = 3000
_MOST_PARTS = 4
"""With more parts nearly any radical fits by its strokes alone."""

_CODE = re.compile(r"(?:U\s*[+＋]|0X|&#X|\\U)?\s*([0-9A-F]{4,6});?")
_FORMS = (
    "人亻", "刀刂", "心忄㣺", "手扌", "水氵氺", "火灬", "犬犭", "玉王", "示礻", "衣衤", "糸纟糹", "艸艹", "言讠訁", "足𧾷", "金钅釒",
    "食饣飠", "辵辶", "阜阝", "邑阝", "竹𥫗", "网罒", "老耂", "肉月", "牛牜", "爪爫", "攴攵", "卩㔾", "彐彑", "巛川", "羊𦍌", "虎虍",
    "长長", "门門", "马馬", "鱼魚", "鸟鳥", "车車", "贝貝", "见見", "页頁", "风風", "龙龍", "齿齒", "龟龜", "麦麥", "韦韋", "仑侖", "东東",
)  # fmt: skip
_OTHER_FORMS: dict[str, str] = {}
for _forms in _FORMS:
    for _form in _forms:
        _OTHER_FORMS[_form] = "".join(dict.fromkeys(_form + _OTHER_FORMS.get(_form, "") + _forms))


def read_code_point(text: str) -> str | None:
    """The character of `U+2CE18`, `2CE18`, `0x2CE18` or `&#x2CE18;`; None for what is no code point of a character that can be written.

    Four to six hexadecimal digits, in half or full width. Surrogates, private and control characters are none.
    """
    match = _CODE.fullmatch(_half_width(text).strip().upper())
    if match is None:
        return None
    code = int(match[1], 16)
    private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or private:
        return None
    return normalized(chr(code))


def _half_width(text: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def read_parts(text: str) -> tuple[str, ...]:
    """The parts in `木 + 龙`, `⿱龙天` or `龙天`: each ideograph and each stroke or radical of it, repeated ones repeated."""
    return tuple(c for c in normalized(text) if ord(c) >= 0x2E80 and not 0x2FF0 <= ord(c) <= 0x303F and not 0xFE00 <= ord(c) <= 0xFFFF)


class CharacterTable:
    """The table of characters by parts; cheap to make, a search takes at most some twenty milliseconds."""

    def __init__(self, text: str) -> None:
        self._text, _, others = text.partition("\n##\n")
        self._others = others

    def find(self, parts: tuple[str, ...], strokes: int = 0) -> tuple[str, ...]:
        """Characters with all these parts, composed of just these first, then those with the fewest strokes.

        `strokes` > 0 asks for just so many strokes. A part stands for its other forms too: 水 finds 氵, 龙 finds 龍. Characters whose
        parts nobody published come last, by radical and strokes: one part is their radical, the others have as many strokes as the rest
        of the character.
        """
        if not parts:
            return ()
        forms = [_OTHER_FORMS.get(part, part) for part in parts]
        text = self._of_strokes(strokes) if strokes else self._text
        found = chain(_composed_of(text, forms), _holding(text, forms))
        published = islice((c for c in dict.fromkeys(found) if c not in parts), MOST)
        return tuple(islice(chain(published, self._by_radical(parts, strokes)), MOST))

    def strokes(self, character: str) -> int:
        """How many strokes the character has; 0 if the table does not say."""
        match = re.search(rf"\n{re.escape(character)}[^\n]*\|", self._text)
        if match is None:
            return 0
        head = self._text.rfind("#", 0, match.start() + 1)
        return int(self._text[head + 1 : self._text.index("\n", head)])

    def _of_strokes(self, strokes: int) -> str:
        start = self._text.find(f"#{strokes}\n")
        end = self._text.find("\n#", start + 1)
        return "" if start < 0 else self._text[start : end if end > 0 else None] + "\n"

    def _by_radical(self, parts: tuple[str, ...], strokes: int) -> Iterator[str]:
        """Characters without published parts that have a part as radical and the strokes of the others beside it."""
        if len(parts) > _MOST_PARTS:
            return
        counts = [self.strokes(part) for part in parts]
        for place, part in enumerate(parts):
            rest = counts[:place] + counts[place + 1 :]
            for form in _OTHER_FORMS.get(part, part) if rest and all(rest) else "":
                if not strokes or self.strokes(form) + sum(rest) == strokes:
                    yield from self._radicals.get(f"{form}{sum(rest)}", "")

    @cached_property
    def _radicals(self) -> dict[str, str]:
        pairs = (line.partition(":") for line in self._others.splitlines())
        return {key: characters for key, _, characters in pairs}


def _composed_of(text: str, forms: list[str]) -> Iterator[str]:
    """Characters whose direct parts are one form of each part and nothing else."""
    for chosen in product(*forms) if len(forms) <= 6 else ():
        wanted = f"{''.join(sorted(chosen))}|"
        place = text.find(wanted)
        while place >= 0:
            if text[place - 2] == "\n":
                yield text[place - 1]
            place = text.find(wanted, place + 1)


def _holding(text: str, forms: list[str]) -> Iterator[str]:
    """Characters that hold a form of each part, those with few strokes first."""
    rarest, *others = sorted(set(forms), key=lambda form: sum(text.count(c) for c in form))
    patterns = [re.compile(f"[{form}]") for form in others]
    last = -1
    for match in islice(re.finditer(f"[{rarest}]", text), _SCANNED):
        start = text.rfind("\n", 0, match.start()) + 1
        if start != last and start < match.start():
            line = text[start : text.find("\n", match.start())]
            if all(pattern.search(line) for pattern in patterns):
                yield line[0]
        last = start
