"""The dialogs that a step asks for, and what lies over or beside a page now and then: each is a scene of `tests.ui.gallery`."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from desktop.domain.codes import LetterMoveKind
from desktop.services import cases
from desktop.ui.case.clauses import Clauses
from desktop.ui.case.obligations import Obligations
from desktop.ui.case.page import CasePage
from desktop.ui.settings.page import SettingsPage
from desktop.ui.window import Window
from tests.ui.gallery_office import MONDAY
from tests.ui.papers import photo
from tests.ui.scene import Scene, case_kept, case_page, exchange, room, scroll, unlocked
from tests.ui.stage import Stage

AGREEMENT, LETTERS, SCANS = 4, 6, 8


def _asked(words: str, tab: int, ask: Callable[[CasePage], object]) -> Callable[[Stage], Window]:
    """What a step of the case asks."""

    def go(stage: Stage) -> Window:
        window, page = case_kept(stage, words, tab)
        ask(page)
        assert stage.over is not None, "nothing was asked"
        return window

    return go


def _step(words: str, tab: int, name: str) -> Callable[[Stage], Window]:
    return _asked(words, tab, lambda page: getattr(page.course, name)())


def _letter(words: str, number: int, kind: LetterMoveKind) -> Callable[[Stage], Window]:
    def ask(page: CasePage) -> None:
        page.letters.choose(page.collect().letters[number].id)
        page.letters.card.step(kind)

    return _asked(words, LETTERS, ask)


def _instalments(stage: Stage) -> Window:
    """An amount in parts; the parts are typed, and given up again with the dialog."""
    window, page = case_kept(stage, "罗小梅", AGREEMENT)
    duties = page.tabs.form(AGREEMENT).findChild(Obligations)
    assert duties is not None
    duties.split()
    dialog = duties.dialog
    assert dialog is not None
    dialog.form["parts"].show_value(3)
    dialog.form.changed.emit()
    stage.lay_over(dialog)
    return window


def _keep(page: CasePage) -> None:
    clauses = page.tabs.form(AGREEMENT).findChild(Clauses)
    assert clauses is not None
    page.library.keep_of(clauses)


def _phrases(stage: Stage) -> Window:
    window, page = case_kept(stage, "张志强", 0)
    page.library._open("phrase", lambda _: None)
    assert page.library.dialog is not None
    stage.lay_over(page.library.dialog)
    return window


def _scan_folder(stage: Stage) -> Window:
    window, page = case_kept(stage, "杨自立", SCANS)
    folder = stage.place / "扫描"
    if not folder.exists():
        folder.mkdir()
        for name, colour in (("收条.png", "red"), ("现场照片.png", "blue")):
            os.utime(photo(folder / name, colour), (MONDAY.timestamp(),) * 2)
    stage.answers.paths = [folder]
    page.scans.from_folder()
    page.scans.dialog.where.setText("D:\\扫描")  # a picture stays the same wherever it is drawn
    stage.lay_over(page.scans.dialog)
    return window


def _dropped(stage: Stage) -> Window:
    """Files that were dropped on the facts of a case."""
    window, page = case_kept(stage, "杨自立", 0)
    page.take_files([Path("收条.png"), Path("现场照片.png")])
    assert page.scans.asking is not None
    stage.lay_over(page.scans.asking)
    return window


def _offered(stage: Stage) -> Window:
    """A case that another office wants to hand over."""
    return case_page(stage, "何桂芝", 0)[0]


def _filed(stage: Stage) -> Window:
    """A case that was filed long ago."""
    window, desk = unlocked(stage), stage.town.desk
    window.open_case(next(row.id for row in cases.rows(desk) if cases.load(desk, row.id).closed_on))
    return window


def _history(stage: Stage) -> Window:
    """What happened to a case, where it is behind a key."""
    window, page = case_page(stage, "王秀英", 0)
    page._turn_history()
    return window


# --- drawers ---------------------------------------------------------------------------------------------------------------------------


def _drawer(name: str) -> Callable[[Stage], Window]:
    def go(stage: Stage) -> Window:
        page = exchange(stage, unlocked(stage))
        page.drawers.show_drawer(getattr(page, name))
        stage.settle(stage.main())
        scroll(page, page.drawers)
        return stage.main()

    return go


def _export(stage: Stage) -> Window:
    exchange(stage, unlocked(stage)).export()
    return stage.main()


def _box(name: str) -> Callable[[Stage], Window]:
    def go(stage: Stage) -> Window:
        window = room("settings")(stage)
        page = cast("SettingsPage", window.page("settings"))
        stage.settle(window)
        scroll(page, page.boxes[name])
        return window

    return go


# --- doors -----------------------------------------------------------------------------------------------------------------------------


def _forgotten(stage: Stage) -> Window:
    window = stage.door()
    window.entrance._ask_code()
    return window


def _wrong(stage: Stage) -> Window:
    window = stage.door()
    door = window.entrance.ask_password()
    door.password.show_value("不对")
    door.unlock()
    stage.wait(lambda: not door.worker.busy() and door.notice.text())
    return window


def _taken(stage: Stage) -> Window:
    window = stage.door()
    window.entrance._show_taken()
    return window


DIALOGS: Sequence[Scene] = (
    Scene("door-forgotten", "忘记密码", _forgotten),
    Scene("door-wrong", "密码不对", _wrong, drawn=False),
    Scene("door-taken", "已经在另一个窗口打开", _taken, drawn=False),
    Scene("step-decline", "不予受理", _step("王秀英", 0, "decline")),
    Scene("step-guide", "引导其他途径", _step("王秀英", 0, "guide"), drawn=False),
    Scene("step-assess", "研判定级", _step("王秀英", 2, "assess")),
    Scene("step-escalate", "升级", _step("王秀英", 2, "escalate"), drawn=False),
    Scene("step-transfer", "移送", _step("王秀英", 2, "transfer"), drawn=False),
    Scene("step-whistle", "吹哨", _step("王秀英", 2, "whistle"), drawn=False),
    Scene("step-report-up", "上报", _step("王秀英", 2, "report_up"), drawn=False),
    Scene("step-answer", "登记答复", _step("王秀英", 2, "answer"), drawn=False),
    Scene("step-conclude", "结案", _step("王秀英", 7, "conclude")),
    Scene("step-reopen", "重新办理", _step("王秀英", 7, "reopen"), drawn=False),
    Scene("case-history", "经过", _history, drawn=False),
    Scene("pass-on", "移交", _asked("王秀英", 0, lambda page: page.handover.offer())),
    Scene("pass-help", "请求协办", _asked("王秀英", 0, lambda page: page.handover.ask_help()), drawn=False),
    Scene("letter-draft", "起草任务单", _asked("王秀英", LETTERS, lambda page: page.letters.draft(0))),
    Scene("letter-register", "登记来文", _asked("王秀英", LETTERS, lambda page: page.letters.take_in()), drawn=False),
    Scene("letter-void", "作废", _letter("王秀英", 1, "作废"), drawn=False),
    Scene("letter-urge", "督办", _letter("张志强", 0, "督办"), drawn=False),
    Scene("letter-reply", "反馈单", _letter("刘大勇", 0, "反馈")),
    Scene("letter-extend", "申请延期", _letter("刘大勇", 0, "申请延期"), drawn=False),
    Scene("step-return", "回复来文单位", _step("陈丽芳", 0, "return_result"), drawn=False),
    Scene("case-offered", "移交来的纠纷", _offered, drawn=False),
    Scene("pass-back", "退回移交", _asked("何桂芝", 0, lambda page: page.handover.give_back()), drawn=False),
    Scene("case-filed", "已归档的纠纷", _filed, drawn=False),
    Scene("phrases", "常用语", _phrases, drawn=False),
    Scene("instalments", "分期履行", _instalments),
    Scene("keep", "存入条款库", _asked("杨自立", AGREEMENT, _keep), drawn=False),
    Scene("scan-folder", "从扫描文件夹放入", _scan_folder),
    Scene("scan-dropped", "拖进来的文件，选择类别", _dropped, drawn=False),
    Scene("exchange-export", "交换，导出以前", _export),
    Scene("exchange-code", "交换，输入回执码", _drawer("code"), drawn=False),
    Scene("exchange-offices", "交换，各单位", _drawer("offices")),
    Scene("exchange-watch", "交换，监看文件夹", _drawer("watch"), drawn=False),
    *(
        Scene(f"settings-{name}", f"设置，{title}", _box(name), drawn=False)
        for name, title in (("roles", "角色"), ("kinds", "文书种类"), ("directory", "单位和电脑"), ("disclosures", "查看记录"))
    ),
)
