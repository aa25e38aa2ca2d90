"""Disputes that end without an agreement: one party refuses, and one that may not be taken at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.standing import Status, status
from desktop.services import cases
from desktop.services.desk import Desk, set_up
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.e2e.conftest import Clock, sat_down
from tests.e2e.keyboard import OFFSCREEN, Hand, Keyboard
from tests.ui.hands import CHEAP, PASSWORD

pytestmark = OFFSCREEN


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A village office on a morning in March."""
    clock = Clock("2026-03-02")
    with set_up(tmp_path / "office", PASSWORD, level="村", name="石桥村", operator="杨娟", clock=clock, cost=CHEAP) as made:
        yield made


@pytest.fixture(autouse=True)
def window(qtbot: QtBot, theme: Theme, hand: Hand, desk: Desk) -> Iterator[Window]:
    with sat_down(qtbot, theme, hand, desk) as made:
        yield made


def saved(desk: Desk) -> Case:
    return cases.load(desk, cases.rows(desk)[0].id)


def take_down_facts(keys: Keyboard, about: str) -> None:
    """Two neighbours and what they quarrel about."""
    keys.press("F2")
    keys.fill_in(纠纷类型="邻里", 纠纷来源="当事人申请", 登记日期="2026-3-2", 发生地点="石桥村三组", 纠纷概况=about, 申请事项="停止滴水")
    keys.press("Ctrl+2")
    for name in ("张三妹", "李四海"):
        keys.use("添加当事人")
        keys.fill_in(姓名或名称=name, 联系电话="13900000055")


def mediate_once(keys: Keyboard) -> None:
    """Rights are told, the first talk leads nowhere."""
    keys.press("Ctrl+4")
    keys.put("告知权利义务的日期", "2026-3-2")
    keys.use("添加调解")
    keys.fill_in(开始时间="2026-3-3 9:00", 结束时间="2026-3-3 10:00", 地点="村委会", 记录="双方各执一词。", 结果="择期再调")
    keys.use("保存")


def refuse(keys: Keyboard, day: str) -> None:
    """The second party will not go on."""
    keys.press("Ctrl+2")
    keys.put("拒绝调解日期", day)
    keys.use("保存")


def end_without_agreement(keys: Keyboard) -> None:
    """The end is registered: why, and which other ways were told."""
    keys.press("Ctrl+5")
    keys.put("结果", "调解不成")
    keys.fill_in(日期="2026-3-4", 原因="李四海明确拒绝调解", 已告知的其他途径="仲裁、诉讼")
    keys.use("保存")


def conclude_and_file(keys: Keyboard, day: str) -> None:
    """The end of the course, and the dossier on its shelf."""

    def answer() -> None:
        keys.put("结案日期", day)
        keys.use("结案")

    keys.press("Ctrl+8")
    keys.use("结案", answer)
    assert keys.sees("已结案")
    keys.fill_in(立卷人="杨娟", 归档日期=day)
    keys.use("保存")


def print_paper(keys: Keyboard, name: str, path: Path) -> str:
    """The text of the paper as it was saved."""
    keys.use("预览打印")
    keys.turn_to(name)
    text = keys.save_pdf(path)
    keys.use("关闭")
    return text


def test_a_party_refuses_and_the_mediation_stops(keys: Keyboard, desk: Desk, tmp_path: Path) -> None:
    take_down_facts(keys, "楼上空调滴水，两家争吵。")
    mediate_once(keys)
    refuse(keys, "2026-3-4")
    keys.press("Ctrl+4")
    keys.use("添加调解")
    keys.fill_in(开始时间="2026-3-5 9:00", 地点="村委会")
    keys.use("保存")
    assert keys.sees("李四海已经拒绝调解，不得再调解")
    keys.use("删去")
    end_without_agreement(keys)
    assert status(saved(desk)) == Status.FAILED
    notice = print_paper(keys, "终止调解告知书（第2份）", tmp_path / "告知书.pdf")
    keys.press("Ctrl+8")
    keys.use("添加回访")
    keys.fill_in(回访日期="2026-3-10", 方式="上门", 回访对象="张三妹", 满意程度="满意", 回访情况="已去法院立案。")
    conclude_and_file(keys, "2026-3-11")
    dossier = print_paper(keys, "整本卷宗", tmp_path / "卷宗.pdf")

    for text in ("终止调解", "张三妹", "李四海", "诉讼"):
        assert text in notice
    assert "双方各执一词。" in dossier
    assert "终止调解告知书" in dossier
    case = saved(desk)
    assert status(case) == Status.CLOSED
    assert case.outcome is not None
    assert (case.outcome.kind, case.outcome.advised, len(case.sessions)) == ("调解不成", ("仲裁", "诉讼"), 1)


def test_what_a_court_has_taken_is_declined(keys: Keyboard, desk: Desk, tmp_path: Path) -> None:
    def answer() -> None:
        keys.use("不予受理")

    take_down_facts(keys, "房屋买卖合同，法院上月已经立案。")
    keys.press("Ctrl+1")
    keys.tick("法院或者仲裁机构已经立案，或者已经判决、裁决了吗？")
    assert keys.sees("不得受理")
    keys.use("受理")
    assert keys.sees("不得受理")
    keys.use("不予受理", answer)
    assert keys.sees("请打印不予受理通知书")
    notice = print_paper(keys, "不予受理通知书", tmp_path / "通知书.pdf")

    assert "张三妹" in notice
    assert "诉讼" in notice
    case = saved(desk)
    assert status(case) == Status.DECLINED
    assert case.intake is not None
    assert (case.intake.decision, case.intake.barred) == ("不予受理", ("court",))
