"""Rows of a table that was copied from a spreadsheet, read as parties: cells are known by what they hold, or by the words over them."""

import re
from collections.abc import Iterator, Sequence

from desktop.domain import id_number
from desktop.domain.party import Party
from desktop.domain.text import normalized

_HEADS = {
    "name": ("姓名", "名称", "姓名或名称", "当事人"),
    "sex": ("性别",),
    "id_number": ("身份证", "身份证号", "身份证号码", "证件号码"),
    "phone": ("电话", "手机", "联系电话", "联系方式", "手机号", "电话号码", "手机号码"),
    "address": ("住址", "地址", "住所", "家庭住址", "单位或住址"),
    "role": ("身份", "当事人身份", "诉求方"),
    "ethnic": ("民族",),
    "occupation": ("职业", "职务", "职业或职务"),
}
_ROLES = ("申请人", "被申请人", "第三人")
_PHONE = re.compile(r"[0-9]{3,4}-?[0-9]{7,8}|1[0-9]{10}")
_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]|[0-9]{15}")
_ORGANISATION = re.compile(r"(公司|合作社|委员会|村委会|厂|店|中心|学校|医院|协会|集团|组)$")
_LONGEST_NAME, _MOST = 40, 200
"""Characters of a name, and rows that are read at most."""


def parties_in(text: str, already: int) -> list[Party]:
    """The parties in the copied rows; nothing where the text is no table or names nobody. `already`: so many parties there are before them.

    The first party of a case is the applicant, the others respondents, unless a cell says otherwise.
    """
    rows = [[normalized(cell).strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()][: _MOST + 1]
    if not rows or all(len(row) < 2 for row in rows):
        return []
    heads = _heads(rows[0])
    found = [values for row in rows[bool(heads) :] if (values := dict(_cells(row, heads))).get("name")]
    return [_party(values, first=not already and not place) for place, values in enumerate(found)]


def _heads(row: Sequence[str]) -> dict[int, str]:
    """Which column is which, if the row is a heading."""
    named = {place: name for place, cell in enumerate(row) for name, words in _HEADS.items() if cell in words}
    return named if "name" in named.values() else {}


def _cells(row: Sequence[str], heads: dict[int, str]) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    for place, cell in enumerate(row):
        name = heads.get(place, "") if heads else _known_by_itself(cell, taken)
        if cell and name and name not in taken:
            taken.add(name)
            yield name, cell


def _known_by_itself(cell: str, taken: set[str]) -> str:
    bare = cell.replace(" ", "")
    if cell in ("男", "女"):
        return "sex"
    if cell in _ROLES:
        return "role"
    if _NUMBER.fullmatch(bare):
        return "id_number"
    if _PHONE.fullmatch(bare):
        return "phone"
    if cell.isdigit():
        return ""  # a row's number
    return "name" if "name" not in taken and len(cell) <= _LONGEST_NAME else "address"


def _party(values: dict[str, str], *, first: bool) -> Party:
    number = id_number.normalized(values.get("id_number", "")) or None
    is_organisation = number is None and bool(_ORGANISATION.search(values["name"]))
    role = values.get("role", "")
    sex = values.get("sex") if values.get("sex") in ("男", "女") else id_number.sex(number or "")
    return Party(
        role=role if role in _ROLES else "申请人" if first else "被申请人",  # type: ignore[arg-type]  # one of the three
        kind="组织" if is_organisation else "自然人",
        name=values["name"],
        sex=sex,  # type: ignore[arg-type]  # one of the two
        id_number=number,
        born_on=id_number.birth_date(number or ""),
        phone=values.get("phone"),
        address=values.get("address"),
        ethnic=values.get("ethnic"),
        occupation=values.get("occupation"),
    )
