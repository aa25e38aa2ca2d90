"""A county takes in many bundles in one go, and sees which offices have been silent."""

from datetime import date
from pathlib import Path

import pytest

from desktop.services import cases, exchange, receipts
from desktop.services.contacts import Contact, Status
from desktop.services.desk import Desk
from desktop.services.exchange import Report, TakenIn
from desktop.ui.exchange import work as exchange_work
from desktop.ui.exchange.offices import line_told, row_of, silent_first, summary
from desktop.ui.exchange.take_in import take_all
from desktop.ui.exchange.work import Progress, count_told
from tests.domain.samples import PATHS
from tests.services.offices import STONE, TOWN, WILLOW
from tests.ui.carrying import Carrier

Offices = dict[str, Desk]
TODAY = date(2026, 3, 2)
ROUNDS = 4


@pytest.fixture
def post(offices: Offices, tmp_path: Path) -> Path:
    """A folder full of bundles from two villages, some of them of no use."""
    folder = tmp_path / "收件"
    folder.mkdir()
    cases.register_files(offices[STONE], [PATHS["01"], PATHS["03"]])
    cases.register_files(offices[WILLOW], [PATHS["02"]])
    for _ in range(ROUNDS):
        for code in (STONE, WILLOW):
            exchange.export(offices[code], TOWN, folder)
    (folder / "别的软件.fqb").write_bytes(b"nothing of ours")
    whole = next(folder.glob(f"{STONE}*"))
    (folder / "短了.fqb").write_bytes(whole.read_bytes()[:-30])
    (folder / f"{TOWN}-530199-20260302T093000.fqb").write_bytes(b"for the county")
    return folder


def test_a_folder_of_bundles_is_taken_in_with_one_report(town: Carrier, offices: Offices, post: Path) -> None:
    town.plug_in(post)
    town.press(town.page.import_button)
    done = town.page.done
    assert done.head.text() == f"导入了 {2 * ROUNDS} 个交换包，2 个没有导入"
    assert done.text.text().startswith("共 3 件纠纷、3 处改动。")
    assert [row[0] for row in done.refused.rows.rows] == ["别的软件.fqb", "短了.fqb"]
    assert all(row[1].endswith("。") for row in done.refused.rows.rows)
    assert [(row[0], row[2]) for row in done.senders.rows.rows] == [("石桥村", "2"), ("柳林村", "1")]
    assert cases.count(offices[TOWN]) == 3
    pdf = receipts.render(offices[TOWN], town.page._report or Report([], []))
    assert pdf.startswith(b"%PDF")
    town.press(town.page.import_button)
    assert "以前导入过，没有新内容" in done.text.text()


def test_stopping_keeps_what_came_before(offices: Offices, post: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_work, "SHOWN_EVERY", -1.0)
    told: list[str] = []

    def tell(done: int, whole: int, name: str) -> None:
        told.append(count_told(done, whole, name))
        if done == 2:
            progress.stop()

    progress = Progress(tell)
    paths = exchange.bundles_in(post)
    report, left = take_all(offices[TOWN], paths, progress)
    assert told[0] == f"第 1 个，共 {len(paths)} 个　{paths[0].name}"
    assert (len(told), left) == (3, len(paths) - 3)
    assert len(report.taken) + len(report.refused) == 3
    assert cases.count(offices[TOWN]) > 0


def test_the_silent_come_first(town: Carrier, offices: Offices, post: Path) -> None:
    exchange.take_in(offices[TOWN], next(post.glob(f"{WILLOW}*")))
    town.press(town.page.drawers.buttons[2])
    rows = town.page.offices.table.rows
    assert [row[0] for row in rows.rows] == ["云溪县综治中心", "石桥村", "柳林村"]
    assert rows.rows[0][1] == "▲ 从没有过"
    assert rows.rows[2][1][0] in "▲●"
    assert rows.colours[0] == "warn"


def contact(name: str, last_in: str | None, level: str = "镇", **more: object) -> Contact:
    known: dict[str, object] = {"last_out": None, "last_confirmed": None, "cases": 0, "not_there": 0, "missing": 0}
    return Contact(name, name, level, last_in, **(known | more))  # type: ignore[arg-type]


NEVER, OLD, NEW = contact("甲", None), contact("乙", "2026-01-02T09:00:00+08:00"), contact("丙", "2026-03-01T09:00:00+08:00")


def status(*found: Contact, days: int | None = None, not_up: int = 0, **more: int) -> Status:
    return Status(list(found), days, not_up, more.get("waiting", 0), more.get("missing", 0), 0)


def test_offices_are_sorted_and_told_with_more_than_a_colour() -> None:
    assert silent_first([NEW, OLD, NEVER]) == [NEVER, OLD, NEW]
    assert [row_of(one, TODAY)[1] for one in (NEVER, OLD, NEW)] == ["▲ 从没有过", "▲ 59 天前", "● 昨天"]
    told = summary(status(NEVER, OLD, NEW, waiting=2, missing=3), TODAY)
    assert "共 3 个单位" in told
    assert "▲ 有 2 个超过 30 天没有送来" in told
    assert "2 处改动要等" in told
    assert "3 个附件还没有" in told


@pytest.mark.parametrize(
    ("found", "level", "words"),
    [
        (status(contact("县里", None, "县"), days=3, not_up=5), "镇", "上次交给县里是 3 天前，还有 5 件没有确认送到。"),
        (status(contact("县里", None, "县"), days=0), "镇", "上次交给县里是今天，都送到了。"),
        (status(contact("县里", None, "县"), not_up=5), "村", "还没有交给过县里，有 5 件等着交。"),
        (status(NEVER, OLD, NEW), "县", "▲ 甲等 2 个单位超过 30 天没有送来。"),
        (status(OLD, NEW), "县", "▲ 乙超过 30 天没有送来。"),
        (status(NEW), "县", ""),
        (status(), "村", ""),
    ],
)
def test_the_quiet_line(found: Status, level: str, words: str) -> None:
    assert line_told(found, TODAY, level) == words


def taken(sender: str, receipt: str, *changed: str) -> tuple[Path, TakenIn]:
    return Path(f"{receipt}.fqb"), TakenIn(
        sender, list(changed), [], len(changed), 0, 0, already_known=False, receipt=receipt, restored=False
    )


def test_one_line_an_office_with_its_last_code() -> None:
    rows = receipts.newest(Report([taken("甲", "1", "a", "b"), taken("乙", "2", "c"), taken("甲", "3", "b")], []))
    assert [(row.sender, row.cases, row.changes, row.receipt) for row in rows] == [("甲", ["a", "b"], 3, "3"), ("乙", ["c"], 1, "2")]
