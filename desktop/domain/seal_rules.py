"""Which seal of a paper counts, and what the QR code of a sealed paper says (protocol, sections 1 and 6; docs/decisions/009)."""

import re
import unicodedata
from typing import NamedTuple

from desktop.domain.attachment import Digest, Seal
from desktop.domain.case import Case

MARK = "FQ1"
"""What the text of the code begins with: the kind of code and its edition."""

CODE_DIGITS = 16
"""How many hex digits of the record's SHA-256 stand on the paper: 64 bits, which nobody meets by accident."""

_CODE = re.compile(r"[0-9A-F]{4}(?:[-‐‑–—−\s]?[0-9A-F]{4}){3}")


class Claim(NamedTuple):
    """What the code of a paper says: office (its code, or its short name before it has one), number, form, version, check code."""

    office: str
    number: str
    kind: str
    version: int
    code: str


def versions(case: Case, kind: str, subject: str = "") -> list[Seal]:
    """The seals of one paper, oldest first."""
    own = (seal for seal in case.seals if (seal.kind, seal.subject) == (kind, subject))
    return sorted(own, key=lambda seal: (seal.version, seal.position, seal.id))


def newest(case: Case, kind: str, subject: str = "") -> Seal | None:
    """The seal of the paper that counts: that of its highest version."""
    return next(reversed(versions(case, kind, subject)), None)


def successor(case: Case, seal: Seal) -> Seal | None:
    """The newest seal of the same paper, if it has a higher version than this one."""
    last = newest(case, seal.kind, seal.subject)
    return last if last is not None and last.version > seal.version else None


def rivals(case: Case, seal: Seal) -> list[Seal]:
    """Other seals of the same paper and version: two computers sealed it without knowing of each other."""
    return [one for one in versions(case, seal.kind, seal.subject) if one.version == seal.version and one.id != seal.id]


def number_of(case: Case, subject: str = "") -> str | None:
    """The number that the paper bears: a letter's 文号, otherwise the case's 卷号."""
    letter = next((letter for letter in case.letters if subject and letter.id == subject), None)
    return case.number if letter is None else letter.number


def seals_kept(before: Case, after: Case) -> bool:
    """Whether no seal was changed or taken out: a sealed paper never changes, it is only followed by a new version."""
    return set(before.seals) <= set(after.seals)


def check_code(values: Digest) -> str:
    """The check code (校验码) as it is printed: `3F2A-09BC-77D1-E4A0`, from the hash of the record that the paper was made from."""
    digits = values[:CODE_DIGITS].upper()
    return "-".join(digits[i : i + 4] for i in range(0, CODE_DIGITS, 4))


def written(claim: Claim) -> str:
    """The text of the QR code."""
    return "|".join((MARK, _part(claim.office), _part(claim.number), _part(claim.kind), str(claim.version), claim.code.replace("-", "")))


def _part(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def read_claim(text: str) -> Claim | None:
    """What a scanned text says; None if it is no code of a sealed paper."""
    parts = text.strip().split("|")
    if len(parts) != 6 or parts[0] != MARK or not re.fullmatch("[1-9][0-9]{0,4}", parts[4]) or not read_code(parts[5]):
        return None
    return Claim(parts[1], parts[2], parts[3], int(parts[4]), read_code(parts[5]))


def agrees(claim: Claim, seal: Seal) -> bool:
    """Whether the code of a paper says the same as the seal that its check code leads to."""
    return (claim.number, claim.kind, claim.version) == (_part(seal.number or ""), _part(seal.kind), seal.version)


def read_code(text: str) -> str:
    """The check code as somebody typed it, as 16 capital digits; empty if the text is none. Width, case and dashes do not matter."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    return re.sub("[^0-9A-F]", "", plain) if _CODE.fullmatch(plain) else ""


def codes_in(text: str) -> list[str]:
    """The check codes that stand in a longer text, each once, as 16 capital digits."""
    found = re.findall(rf"(?<![0-9A-F-])(?:{_CODE.pattern})(?![0-9A-F-])", text)
    return list(dict.fromkeys(code for code in map(read_code, found) if code))
