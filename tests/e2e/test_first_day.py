"""The first day on an empty machine, and a walk-in's dispute from the first word to the filed dossier."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.standing import Status, status
from desktop.services import cases
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import document
from tests.e2e.entering import INTAKE, draft_agreement, enter_mediation, enter_parties, enter_visits, fill
from tests.e2e.keyboard import OFFSCREEN, Hand, Keyboard
from tests.ui.hands import PASSWORD, settings, show, take_down

pytestmark = OFFSCREEN

CASE = document("03")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, hand: Hand, tmp_path: Path) -> Iterator[Window]:
    """The window on a computer where the program was never used."""
    made = Window(tmp_path / "office", theme, settings(tmp_path), hand)
    made.open_door()
    show(qtbot, made)
    yield made
    take_down(made)


def set_up(keys: Keyboard, folder: Path) -> None:
    """Office, operator and password, the recovery sheet on paper, the county later."""
    keys.fill_in(哪一级="村（社区）", 单位名称="浦贝乡浦贝村综治中心")
    keys.use("下一步")
    keys.fill_in(您的姓名="李正平", 密码=PASSWORD, 再输一遍密码=PASSWORD)
    keys.use("下一步")
    keys.until(lambda: keys.sees("第 3 步"))
    keys.use("预览打印")
    assert "恢复码" in keys.save_pdf(folder / "恢复单.pdf")
    keys.use("关闭")
    keys.use("已经打印或抄好，下一步")
    keys.use("下一步")


def look_at_practice(keys: Keyboard) -> None:
    """Practice with the samples, and back through the door of the office."""
    keys.use("先用样例练习")
    keys.until(lambda: keys.sees("结束练习"))
    keys.press("F3")
    keys.write("田埂")
    keys.until(lambda: keys.sees("找到 1 件"))
    keys.use("结束练习")
    keys.write(PASSWORD)
    keys.press("Return")
    keys.until(lambda: keys.sees("近七天没有到期的事项"))


def take_in(keys: Keyboard) -> None:
    """Who came and what about; and that it is taken."""
    keys.press("F2")
    fill(keys, INTAKE, CASE)
    enter_parties(keys, CASE)
    keys.press("Ctrl+1")
    keys.use("受理")
    assert keys.sees("已受理")


def assess(keys: Keyboard) -> None:
    """How risky it is."""

    def answer() -> None:
        keys.put("风险等级", "● 低")
        keys.use("登记")

    keys.press("Ctrl+3")
    keys.use("研判定级", answer)
    assert keys.sees("已登记初定低风险")


def agree(keys: Keyboard, folder: Path) -> str:
    """The agreement is written and printed; the text of its paper."""
    draft_agreement(keys, CASE["agreement"])
    keys.use("预览打印")
    keys.turn_to("调解协议书")
    text = keys.save_pdf(folder / "协议书.pdf")
    keys.use("关闭")
    return text


def sign(keys: Keyboard) -> None:
    """Both have signed; the paper is sealed."""
    keys.put("签订（达成）日期", CASE["agreement"]["signed_on"])
    keys.use("预览打印")
    keys.turn_to("调解协议书")
    keys.use("盖章定稿")
    keys.until(lambda: keys.sees("已定稿"))
    keys.use("关闭")


def perform(keys: Keyboard) -> None:
    """What was owed is done."""
    keys.press("Ctrl+6")
    keys.use("登记履行")
    keys.put("履行日期", "2025-2-27")
    keys.use("保存")
    assert keys.sees("已履行")


def conclude(keys: Keyboard) -> None:
    """The dispute has an end."""

    def answer() -> None:
        keys.put("结案日期", "2025-3-6")
        keys.use("结案")

    keys.use("结案", answer)
    assert keys.sees("已结案")


def file_dossier(keys: Keyboard, folder: Path) -> str:
    """The dossier is bound and put away; its text."""
    keys.fill_in(立卷人="杨娟", 立卷日期="2025-3-6", 保管期限="长期", 归档日期="2025-3-7")
    keys.use("保存")
    keys.use("预览打印")
    keys.turn_to("整本卷宗")
    text = keys.save_pdf(folder / "卷宗.pdf")
    keys.use("关闭")
    return text


def test_from_an_empty_machine_to_a_filed_dossier(window: Window, keys: Keyboard, tmp_path: Path) -> None:
    set_up(keys, tmp_path)
    look_at_practice(keys)
    take_in(keys)
    assess(keys)
    enter_mediation(keys, CASE)
    paper = agree(keys, tmp_path)
    sign(keys)
    perform(keys)
    enter_visits(keys, CASE)
    conclude(keys)
    dossier = file_dossier(keys, tmp_path)

    agreement = CASE["agreement"]
    for text in (agreement["facts"], *agreement["clauses"], *(party["name"] for party in CASE["parties"])):
        assert "".join(text.split()) in paper
    for text in (*agreement["clauses"], CASE["sessions"][0]["record"], CASE["visits"][0]["note"], "卷内目录", "受理登记表"):
        assert text in dossier
    assert window.context is not None
    case = cases.load(window.context.desk, cases.rows(window.context.desk)[0].id)
    assert status(case) == Status.CLOSED
    assert (case.intake and case.intake.decision, case.assessments[0].stage, str(case.informed_on)) == ("受理", "初定", "2025-02-20")
    assert (str(case.fulfilments[0].on), len(case.visits), len(case.seals), str(case.closed_on)) == ("2025-02-27", 1, 1, "2025-03-07")
