"""The pages before an office is unlocked: the first run, and the password."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.codes import OfficeLevel
from desktop.ui.context import Notice, button, heading
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Choice, Password, Text
from desktop.ui.icons import icon
from desktop.ui.paper.sheet import Bounded, scrolling
from desktop.ui.theme import em
from desktop.ui.unlocking import opened

if TYPE_CHECKING:
    from desktop.services.desk import Desk

SHORTEST = 8
WRONG = "密码区分大小写；请看看大写锁定（Caps Lock）是否开着、输入法是不是英文。仍然打不开的，请找设定密码的人。"
LEVELS = {"村": "村（社区）", "镇": "乡镇（街道）", "县": "县（市、区）"}


class SetUp(msgspec.Struct, frozen=True):
    """What the first run asks for."""

    level: OfficeLevel | None = None
    name: str | None = None
    committee: str | None = None
    code: str | None = None
    operator: str | None = None
    password: str | None = None
    again: str | None = None


_SET_UP = (
    Field("level", "哪一级", lambda: Choice(tuple(LEVELS), tuple(LEVELS.values())), 6, "请选择本单位是村、镇还是县一级。"),
    Field("name", "单位名称", lambda: Text("如：浦贝乡综治中心"), 6, "请填写单位名称。"),
    Field("committee", "人民调解委员会名称", lambda: Text("印在协议书上，不填则用“单位名称＋人民调解委员会”"), 6),
    Field("code", "单位代码", lambda: Text("县里发的，没有就空着"), 3),
    Field("operator", "您的姓名", lambda: Text("写在办理经过里"), 3, "请填写您的姓名。"),
    Field("password", "密码", lambda: Password(f"至少{SHORTEST}个字符"), 3, "请设定密码。"),
    Field("again", "再输一遍密码", Password, 3, "请再输一遍密码。"),
)


def door(title: str, content: QWidget, ems: int) -> QWidget:
    """A white card in the middle of the window, at most so many ems wide."""
    card = Bounded(ems)
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(*[round(em(card) * 1.6)] * 4)
    picture = QLabel()
    picture.setPixmap(icon("window", "accent").pixmap(round(em(card) * 2.4)))
    column.addWidget(picture)
    column.addWidget(heading(title))
    column.addWidget(content)
    page = QWidget()
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card, 20)
    row.addStretch(1)
    around = QVBoxLayout(page)
    around.addStretch(1)
    around.addLayout(row)
    around.addStretch(2)
    return scrolling(page)


class FirstRun(QWidget):
    """The first run: who works here, and the password. `opened` carries the new desk."""

    opened = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.notice = Notice()
        self.form = Form(_SET_UP)
        self.form.show_value(SetUp())
        self.start = button("开始使用", self.set_up, key="Ctrl+S", role="main", drawing="check")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading("第一次使用，请填写本单位的情况。按 Enter 到下一栏。", "soft"))
        column.addWidget(self.form)
        column.addWidget(heading("密码保护本机上的全部纠纷，不会存到任何地方。忘记密码就打不开了，请写下来放在保险的地方。", "soft"))
        column.addWidget(self.notice)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        outer = QVBoxLayout(self)
        outer.addWidget(door("枫桥调解台", content, 40))
        QTimer.singleShot(0, self, self.form["level"].reveal)

    def set_up(self) -> None:
        """Make the office."""
        faults = self.form.faults()
        if faults:
            self.form.reveal(faults[0].path)
            self.notice.refused(faults[0].sentence)
            return
        given = self.form.apply(SetUp())
        if sentence := password_fault(given.password, given.again):
            self.form.reveal("password")
            self.notice.refused(sentence)
            return
        desk = self.notice.attempt(lambda: self._make(given))
        if desk is not None:
            self.opened.emit(desk)

    def _make(self, given: SetUp) -> "Desk":
        from desktop.services import desk

        return desk.set_up(
            self._folder,
            given.password or "",
            level=given.level or "村",
            name=given.name or "",
            committee=given.committee,
            code=given.code,
            operator=given.operator or "",
        )


def password_fault(password: str | None, again: str | None) -> str:
    """Why the password cannot be taken, as one sentence, or ""."""
    if len(password or "") < SHORTEST:
        return f"密码至少要{SHORTEST}个字符，请换一个长一些的。"
    return "" if password == again else "两遍密码不一样，请重新输入。"


class Unlock(QWidget):
    """The password of an office that is set up. `opened` carries the desk."""

    opened = Signal(object)

    def __init__(self, folder: Path, operator: str = "") -> None:
        super().__init__()
        self._folder = folder
        self.notice = Notice()
        self.operator = Text("写在办理经过里")
        self.operator.show_value(operator)
        self.password = Password("输入密码，按 Enter")
        self.password.line.setAccessibleName("密码")
        self.password.line.returnPressed.connect(self.unlock)
        self.password.line.moves_on = False
        self.help = heading(WRONG, "soft")
        self.help.hide()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading("您的姓名", "label"))
        column.addWidget(self.operator)
        column.addWidget(heading("密码", "label"))
        column.addWidget(self.password)
        column.addWidget(self.notice)
        column.addWidget(self.help)
        self.enter = button("打开  Enter", self.unlock, role="main", drawing="lock")
        column.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignLeft)
        outer = QVBoxLayout(self)
        outer.addWidget(door("枫桥调解台", content, 28))
        QTimer.singleShot(0, self, self.password.reveal)

    def unlock(self) -> None:
        """Open the office with the password that is typed."""
        found = self.notice.attempt(lambda: opened(self._folder, self.password.text(), self.operator.text()))
        if found is None:
            self.help.show()
            self.password.line.selectAll()
            self.password.reveal()
            return
        self.opened.emit(found)
