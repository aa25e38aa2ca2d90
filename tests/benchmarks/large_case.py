"""An office with one case as large as any: many parties, long records, many clauses and instalments. It is made anew each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.codes import Role
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.services import cases
from desktop.services.desk import set_up
from desktop.store.keyfile import Cost
from tests.benchmarks.desk_files import OPERATOR, PASSWORD, TODAY

PARTIES, RECORDS, CHARACTERS, CLAUSES, INSTALMENTS = 12, 6, 10_000, 40, 24
OTHERS = 20
"""Small cases beside it, so that the list is full."""

_LINE = "双方因宅基地边界和排水沟走向多次争执，村委会到现场勘查并听取邻居意见；申请人称老屋建成时就留有滴水，被申请人称沟是后来才挖的。\n"


@contextmanager
def large_office() -> Iterator[tuple[Path, str]]:
    """The folder of an office in a temporary place, and the id of its large case."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "office"
        with set_up(folder, PASSWORD, level="镇", name="青石镇综治中心", operator=OPERATOR, cost=Cost(memory=8, passes=1, lanes=1)) as desk:
            for number in range(OTHERS):
                cases.register(desk, _other(number))
            saved = cases.register(desk, _case())
        yield folder, saved.id


def _text(characters: int) -> str:
    return (_LINE * (characters // len(_LINE) + 1))[:characters]


def _case() -> Case:
    names = [f"普家{one}" for one in "甲乙丙丁戊己庚辛壬癸子丑"[:PARTIES]]
    return Case(
        type="邻里",
        registered_on=TODAY - timedelta(days=40),
        place="石桥村三组",
        summary=_text(3000),
        parties=tuple(_party(number, name) for number, name in enumerate(names)),
        mediators=(OPERATOR,),
        informed_on=TODAY - timedelta(days=38),
        sessions=tuple(_record(number) for number in range(RECORDS)),
        agreement=Agreement(
            form="书面",
            signed_on=TODAY - timedelta(days=20),
            facts=_text(2000),
            clauses=tuple(Clause(text=f"{_LINE.strip()}{number}") for number in range(CLAUSES)),
            obligations=tuple(_instalment(number, names) for number in range(INSTALMENTS)),
        ),
    )


def _other(number: int) -> Case:
    parties = (_party(0, f"张三{number}"), _party(1, f"李四{number}"))
    return Case(type="邻里", registered_on=TODAY - timedelta(days=50), summary=_LINE.strip(), parties=parties)


def _party(number: int, name: str) -> Party:
    role: Role = "被申请人" if number % 2 else "申请人"
    return Party(role=role, kind="自然人", name=name, sex="男", phone=f"1390000{number:04}", address=f"石桥村三组{number + 1}号")


def _record(number: int) -> Session:
    day: date = TODAY - timedelta(days=36 - number)
    return Session(
        kind="调解记录" if number else "调查记录",
        started_at=f"{day}T09:00",
        ended_at=f"{day}T11:00",
        place="村委会",
        record=_text(CHARACTERS),
    )


def _instalment(number: int, names: list[str]) -> Obligation:
    due = TODAY + timedelta(days=30 * (number + 1))
    return Obligation(payer=names[1], payee=names[0], amount=100_000 + number, due_on=due, method="现金")
