"""A task comes from the township on a stick: the village takes it in, signs for it, answers, and sends the answer back."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.letter_course import state
from desktop.services import cases, exchange
from desktop.services.desk import Desk
from desktop.ui.exchange.page import ExchangePage
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.e2e.conftest import sat_down
from tests.e2e.keyboard import OFFSCREEN, Hand, Keyboard
from tests.services.offices import COUNTY, STONE, TOWN, copied, found_tree, reopened

pytestmark = OFFSCREEN


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[dict[str, Desk]]:
    """The county, the township and its village, which have heard of each other."""
    found_tree(tmp_path / "tree")
    folders = copied(tmp_path / "tree", tmp_path)
    with ExitStack() as stack:
        made = {code: stack.enter_context(reopened(folders[code])) for code in (COUNTY, TOWN, STONE)}
        for path in exchange.export(made[COUNTY], TOWN, tmp_path).paths:
            exchange.take_in(made[TOWN], path)
        yield made


def plug_in(window: Window, stick: Path) -> None:
    """The hand that is not on the keyboard puts a stick in."""
    page = window.pages["exchange"]
    assert isinstance(page, ExchangePage)
    stick.mkdir(exist_ok=True)
    page.places.sticks._roots = lambda: [stick]
    page.places.sticks.look()


@contextmanager
def at_the_desk(qtbot: QtBot, theme: Theme, hand: Hand, desk: Desk) -> Iterator[tuple[Window, Keyboard]]:
    """Somebody sits down at the office's desk, and gets up again."""
    with sat_down(qtbot, theme, hand, desk) as window:
        yield window, Keyboard(qtbot, hand)


def send_task(keys: Keyboard) -> None:
    """The township writes down a dispute and orders the village to settle it."""

    def draft() -> None:
        keys.fill_in(主送单位="石桥村", 标题="田埂争议", 事由="两户为田埂争执", 措施="到现场丈量\n七日内调解", 办理时限="2026-3-9")
        keys.fill_in(责任人="村支书", 签发人="李红")
        keys.use("存为草稿")

    keys.press("F2")
    keys.fill_in(纠纷类型="山林土地", 纠纷来源="群众来访", 登记日期="2026-3-2", 纠纷概况="两户为田埂争执。", 申请事项="恢复田埂")
    keys.press("Ctrl+2")
    for name in ("普家顺", "李文学"):
        keys.use("添加当事人")
        keys.fill_in(姓名或名称=name)
    keys.use("保存")
    keys.press("Ctrl+7")
    keys.use("起草任务单", draft)
    keys.use("签发", lambda: keys.use("签发"))


def hand_over(keys: Keyboard, window: Window, stick: Path, partner: str) -> None:
    """Write what the partner lacks to the stick."""
    keys.press("Alt+5")
    plug_in(window, stick)
    keys.use("导出")
    keys.put("交给哪个单位", partner)
    keys.until(lambda: keys.can("写到优盘") or keys.sees("可以拔出优盘了"))
    if keys.can("写到优盘"):  # the Enter that chose the partner may have pressed it already, where the plan was quick
        keys.use("写到优盘")
    keys.until(lambda: keys.sees("可以拔出优盘了"))
    keys.use("知道了")


def take_in(keys: Keyboard, window: Window, stick: Path) -> None:
    """Take in what the stick holds."""
    keys.press("Alt+5")
    plug_in(window, stick)
    keys.use("导入")
    keys.until(lambda: keys.sees("导入完成"))
    keys.use("知道了")


def answer_task(keys: Keyboard) -> None:
    """今日 shows the task; the village signs for it and answers."""

    def slip() -> None:
        keys.fill_in(措施="已到现场丈量\n双方同意重筑田埂", 责任人="村支书", 签发人="村支书")
        keys.put("办理结果", "化解成功")
        keys.use("签发并反馈")

    keys.press("Alt+1")
    assert keys.sees("签收任务单")
    keys.press("Enter")
    keys.use("签收", lambda: keys.use("签收"))
    settle(keys)
    keys.press("Ctrl+7")
    keys.use("写反馈单", slip)


def settle(keys: Keyboard) -> None:
    """The two hear their rights, and agree by word of mouth."""
    keys.press("Ctrl+4")
    keys.put("告知权利义务的日期", "2026-3-2")
    keys.press("Ctrl+5")
    keys.fill_in(协议条款="以排水沟为界，共同重筑田埂。", 协议形式="口头")
    keys.put("签订（达成）日期", "2026-3-2")
    keys.use("保存")


def close_task(keys: Keyboard) -> None:
    """The township reads the answer among what it sent, and accepts it."""
    keys.press("Alt+3", "Ctrl+2")
    assert keys.sees("已反馈")
    keys.press("Enter")
    keys.use("认可销号", lambda: keys.use("认可销号"))


def test_a_task_comes_on_a_stick_and_the_answer_goes_back(
    qtbot: QtBot, theme: Theme, hand: Hand, desks: dict[str, Desk], tmp_path: Path
) -> None:
    stick = tmp_path / "KINGSTON"
    with at_the_desk(qtbot, theme, hand, desks[TOWN]) as (window, keys):
        send_task(keys)
        hand_over(keys, window, stick, "石桥村")
    with at_the_desk(qtbot, theme, hand, desks[STONE]) as (window, keys):
        take_in(keys, window, stick)
        answer_task(keys)
        hand_over(keys, window, stick, "青石镇综治中心")
    with at_the_desk(qtbot, theme, hand, desks[TOWN]) as (window, keys):
        take_in(keys, window, stick)
        close_task(keys)

    (row,) = cases.rows(desks[TOWN])
    case = cases.load(desks[TOWN], row.id)
    assert [f"{one.kind}{state(one, case.moves)}" for one in case.letters] == ["任务单已销号", "反馈单已签收"]
    assert (case.letters[1].issuer, case.letters[1].measures[0]) == ("石桥村", "已到现场丈量")
    assert row.id == cases.rows(desks[STONE])[0].id
