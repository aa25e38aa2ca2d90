"""Numbers of cases and letters: 〔year〕, office series, running number (domain.md 1.4 and 3.0)."""

import re

CASE_WORD = "人调字"
"""The word of the case series, as in `〔2026〕关上人调字第12号`."""

_TAILS = re.compile(
    r"(人民调解委员会|调解委员会|社会治安综合治理中心|社会治理中心|综治中心|综治办|人民政府|村民委员会|居民委员会|村委会|居委会|委员会)$"
)
_KINDS = re.compile(r"(街道办事处|街道|社区|乡|镇|村|县|区|市)$")


def series(name: str) -> str:
    """The short name of an office in its numbers: `关上街道综治中心` → `关上`.

    Never empty: a name that consists of its kind alone is kept as it is.
    """
    short = name.strip()
    for pattern in (_TAILS, _KINDS):
        cut = pattern.sub("", short)
        short = cut or short
    return short


def case_number(year: int, office: str, sequence: int) -> str:
    """`〔2026〕关上人调字第12号`: six-angle brackets, full year, no leading zeros (GB/T 9704 7.2.5, domain.md 3.0)."""
    return f"〔{year}〕{office}{CASE_WORD}第{sequence}号"


def letter_number(year: int, office: str, word: str, sequence: int) -> str:
    """`关上综治任〔2026〕12号` (domain.md 1.4); `word` is that of the letter's kind (`letter_kinds.LetterType.word`)."""
    return f"{office}综治{word}〔{year}〕{sequence}号"
