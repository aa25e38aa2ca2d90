"""Offices of a thousand and of a million cases for the benchmark of the desk, kept between runs.

Twenty thousand cases are drawn and taken in as the program does it; the rest are copies of them under other ids, made inside the database,
so that each has its rows in all tables and its place in the index. An office is kept in a folder that is named after the version of the
tables and that of this module.
"""

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from desktop.domain.agreement import Agreement, Clause, Outcome
from desktop.domain.case import Case
from desktop.domain.codes import DisputeType, Risk, choices
from desktop.domain.id_number import check_digit
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.services.desk import set_up
from desktop.store import casebook, fields, findable, schema, search
from desktop.store import change as changes
from desktop.store.change import Held
from desktop.store.database import Database
from desktop.store.keyfile import Cost
from tests.benchmarks import village_work

MADE = 2
"""To be raised when other cases, or another index over them, are made."""

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "benchmark"
OPERATOR = "李正平"
OWN = "易门县综治中心"
TEMPLATE = 20_000
TODAY = date(2026, 3, 14)
_FIRST = date(2016, 1, 4)
_TABLES = ("cases", "folds", "parties", "changes")

_SURNAMES = (
    ("王", 7.2), ("李", 7.0), ("张", 6.7), ("刘", 5.1), ("陈", 4.6), ("杨", 3.1), ("黄", 2.3), ("赵", 2.2), ("吴", 2.0), ("周", 1.9),
    ("徐", 1.4),
    ("孙", 1.4), ("马", 1.3), ("朱", 1.2), ("胡", 1.2), ("郭", 1.1), ("何", 1.1), ("林", 1.1), ("高", 1.0), ("罗", 1.0), ("郑", 0.9),
    ("梁", 0.9),
    ("谢", 0.7), ("宋", 0.7), ("唐", 0.7), ("许", 0.7), ("邓", 0.6), ("韩", 0.6), ("冯", 0.6), ("曹", 0.6), ("彭", 0.5), ("曾", 0.5),
    ("肖", 0.5),
    ("田", 0.4), ("董", 0.4), ("普", 0.4), ("段", 0.3), ("单", 0.1), ("解", 0.1), ("仇", 0.05), ("欧阳", 0.1),
)  # fmt: skip
"""The commonest surnames with their share in percent, and some that are read in two ways."""

_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂琼华建国荣福贵祥云飞雪梅春生海燕红玉琴花凤开文武正义自立仁忠孝家顺学志永"
_OFFICES = tuple(f"{place}综治中心" for place in village_work._PLACES)
_MEDIATORS = ("李正平", "段文清", "普家顺", "王春梅", "张建华", "赵丽琼")


def office(cases: int) -> Path:
    """The folder of an office of the county with so many cases (a thousand, or a multiple of `TEMPLATE`)."""
    folder = ROOT / "out" / "bench" / f"desk-{schema.VERSION}-{MADE}-{cases}"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder, cases)
        (folder / "complete").touch()
    return folder


def _make(folder: Path, cases: int) -> None:
    with set_up(folder, PASSWORD, level="县", name=OWN, operator=OPERATOR, cost=Cost(8, 1, 1)) as desk:
        database = desk.database
        database.connection.execute("PRAGMA journal_mode = OFF").fetchall()
        database.connection.execute("PRAGMA synchronous = OFF")
        database.connection.execute("PRAGMA cache_size = -1048576")
        step = min(cases, TEMPLATE)
        with database.atomic():
            casebook.receive(database, _drawn(step))
            made = [(key & search.KEY_MASK, key >> search.KEY_BITS, text) for key, text in _filed(database)]
            for number in range(1, cases // step):
                for table in _TABLES:
                    _copy(database, table, number * step, step, number)
                rows = [((day << search.KEY_BITS) + key + number * step, text) for key, day, text in made]
                database.connection.executemany("INSERT INTO search (rowid, text) VALUES (?, ?)", rows)
        database.connection.execute("PRAGMA journal_mode = WAL").fetchall()


def _filed(database: Database) -> list[tuple[int, str]]:
    """File all texts; what the index was given for each place."""
    rows = database.connection.execute(
        "SELECT place, names, initials, heading, number, marks, text FROM search_later ORDER BY place"
    ).fetchall()
    found = [(row[0], search.tokens(search.Entry(*row))) for row in rows]
    while findable.file_some(database, 2000):
        pass
    return found


def _copy(database: Database, table: str, by: int, step: int, number: int) -> None:
    """Copy the rows of the first cases under other keys; the last bytes of a case's id become the number of the copy."""
    columns = [name for (name,) in database.connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    other = {
        "key": f"key + {by}",
        "case_key": f"case_key + {by}",
        "uuid": f"CAST(substr(uuid, 1, 12) || unhex(printf('%08x', {number})) AS BLOB)",
    }
    if table == "parties":  # each person has numbers of his own, or every case would look like fifty others
        other["phone"] = f"CAST(CAST(phone AS INTEGER) + {number} AS TEXT)"
        other["id_number"] = (
            f"substr(id_number, 1, 14) || printf('%03d', (substr(id_number, 15, 3) + {number}) % 1000) || substr(id_number, 18)"
        )
    key = "key" if "key" in columns else "case_key"
    selected = ", ".join(other.get(column, column) for column in columns)
    query = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {selected} FROM {table} WHERE {key} <= {step}"  # noqa: S608 -- numbers
    database.connection.execute(query)


# --- cases -------------------------------------------------------------------------------------------------------------------------------


def _drawn(cases: int) -> Iterator[Held]:
    """The changes that register so many cases, in the order of their registration."""
    chance = random.Random(5)  # noqa: S311 -- the same cases in each run
    words = village_work.Work(5)
    days = sorted(_FIRST + timedelta(days=chance.randrange((TODAY - _FIRST).days)) for _ in range(cases))
    for number, day in enumerate(days):
        case = fields.identified(_case(chance, words, day, number))
        change = changes.make(bytes.fromhex(case.id), b"d" * 16, OPERATOR, [], f"{day}T09:00:00+08:00", fields.edits_between(None, case))
        body = changes.encode(change)
        yield Held(changes.change_id(body), body, bytes(64))


def _case(chance: random.Random, words: village_work.Work, day: date, number: int) -> Case:
    kind: DisputeType = chance.choice(choices(DisputeType))  # type: ignore[arg-type] # they are
    risk: Risk = chance.choices(("低", "中", "高"), (85, 12, 3))[0]
    office = chance.choice((OWN, *_OFFICES))
    return _ended(
        chance,
        day,
        Case(
            type=kind,
            number=f"〔{day.year}〕{office[:2]}人调字第{number % 4000 + 1}号",
            registered_by=office,
            registered_on=day,
            place=f"{chance.choice(village_work._PLACES)}村{chance.randrange(1, 300)}号",
            summary=words.text(2),
            risk=risk,
            mediators=tuple(chance.sample(_MEDIATORS, 2)),
            owner="county",
            parties=(_party(chance, "申请人"), _party(chance, "被申请人")),
        ),
    )


def _ended(chance: random.Random, day: date, case: Case) -> Case:
    """The case as it stands today: an old one has ended somehow, a new one may be anywhere."""
    from msgspec.structs import replace

    end = day + timedelta(days=chance.randrange(5, 60))
    if end >= TODAY or chance.random() < 0.02:  # one in fifty is never finished
        return case if chance.random() < 0.5 else replace(case, sessions=(Session(kind="调解记录", started_at=f"{day}T09:00"),))
    if chance.random() < 0.1:
        return replace(case, outcome=Outcome(kind="调解不成", reason="双方分歧较大"), closed_on=end)
    clauses = (Clause(text="双方以现有界线为准，互不追究。"),)
    return replace(case, agreement=Agreement(form="书面", signed_on=end, facts="", clauses=clauses), closed_on=end)


def _party(chance: random.Random, role: str) -> Party:
    names, weights = zip(*_SURNAMES, strict=True)
    name = chance.choices(names, weights)[0] + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))
    born = date(1945, 1, 1) + timedelta(days=chance.randrange(22_000))
    digits = f"530{chance.choice(('425', '402', '111'))}{born:%Y%m%d}{chance.randrange(1000):03d}"
    phone = f"1{chance.randrange(3 * 10**9, 10**10 - 1)}"
    return Party(role=role, kind="自然人", name=name, id_number=digits + check_digit(digits), phone=phone)  # type: ignore[arg-type]
