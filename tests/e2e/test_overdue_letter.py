"""A township sends a task order; nobody answers in time; one key urges it; it is answered, closed, and told of in the month's circular."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.letter_course import state
from desktop.services import cases
from desktop.services.desk import Desk, set_up
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.e2e.conftest import Clock, sat_down
from tests.e2e.keyboard import OFFSCREEN, Hand, Keyboard
from tests.ui.hands import CHEAP, PASSWORD

pytestmark = OFFSCREEN


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-03-02")


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A township's office."""
    with set_up(tmp_path / "office", PASSWORD, level="镇", name="青石镇综治中心", operator="杨娟", clock=clock, cost=CHEAP) as made:
        yield made


@pytest.fixture(autouse=True)
def window(qtbot: QtBot, theme: Theme, hand: Hand, desk: Desk) -> Iterator[Window]:
    with sat_down(qtbot, theme, hand, desk) as made:
        yield made


def saved(desk: Desk) -> Case:
    return cases.load(desk, cases.rows(desk)[0].id)


def states(desk: Desk) -> list[str]:
    """How each letter of the case stands."""
    case = saved(desk)
    return [f"{one.kind}{state(one, case.moves)}" for one in case.letters]


def take_down_facts(keys: Keyboard) -> None:
    """A quarrel of which the township heard."""
    keys.press("F2")
    keys.fill_in(纠纷类型="物业", 纠纷来源="网格排查", 登记日期="2026-3-2", 纠纷概况="楼顶漏水，多次争吵。", 申请事项="修好漏水")
    keys.press("Ctrl+2")
    for name in ("陈桂芳", "蒋小龙"):
        keys.use("添加当事人")
        keys.fill_in(姓名或名称=name)
    keys.use("保存")


def issue(keys: Keyboard) -> None:
    """A task order for the housing office, with five days."""

    def draft() -> None:
        keys.fill_in(主送单位="镇住建所", 标题="楼顶漏水", 事由="有激化苗头", 措施="每日走访\n五日内组织联调", 办理时限="2026-3-7")
        keys.fill_in(责任人="王所长", 签发人="李红")
        keys.use("存为草稿")

    keys.press("Ctrl+7")
    keys.use("起草任务单", draft)
    keys.use("签发", lambda: keys.use("签发"))


def register_receipt(keys: Keyboard) -> None:
    """The housing office signed for it, as it says by telephone."""
    keys.use("签收", lambda: keys.use("签收"))


def urge(keys: Keyboard) -> None:
    """From 今日 to the letter by Enter; one key writes the supervision order, a second one issues it."""
    keys.press("Alt+1")
    assert keys.sees("逾期3天")
    assert keys.sees("反馈到期（王所长）")
    keys.press("Enter")
    keys.use("督办", lambda: keys.use("签发督办单"))


def answer(keys: Keyboard) -> None:
    """What the housing office answers is written down."""

    def slip() -> None:
        keys.fill_in(措施="已查明防水失效\n已告知可以起诉", 签发人="王所长")
        keys.put("办理结果", "引导诉讼仲裁")
        keys.use("签发并反馈")

    keys.press("Alt+3", "Ctrl+2")
    keys.press("Enter")
    keys.use("写反馈单", slip)


def close(keys: Keyboard) -> None:
    """The answer is accepted."""
    keys.use("认可销号", lambda: keys.use("认可销号"))


def tell_of_the_month(keys: Keyboard, path: Path) -> str:
    """The circular on paper."""
    keys.use("通报")
    keys.until(lambda: keys.sees("共发出"))
    keys.use("预览打印")
    text = keys.save_pdf(path)
    keys.use("关闭")
    keys.use("关闭")
    return text


def test_a_late_letter_is_urged_answered_and_told_of(keys: Keyboard, desk: Desk, clock: Clock, tmp_path: Path) -> None:
    take_down_facts(keys)
    issue(keys)
    assert states(desk) == ["任务单已签发"]
    register_receipt(keys)
    clock.go_to("2026-03-10")
    urge(keys)
    order = saved(desk).letters[1]
    assert (order.kind, order.overdue_days, order.supervision, order.replies_to) == ("督办单", 3, 1, saved(desk).letters[0].number)
    assert order.measures
    clock.go_to("2026-03-12")
    answer(keys)
    assert states(desk)[0] == "任务单已反馈"
    close(keys)
    assert states(desk) == ["任务单已销号", "督办单已销号", "反馈单已签收"]
    clock.go_to("2026-03-31")
    circular = tell_of_the_month(keys, tmp_path / "通报.pdf")
    for text in ("2026年3月", "镇住建所", "任务单1份"):
        assert text in circular
