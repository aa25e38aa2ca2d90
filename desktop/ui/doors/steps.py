"""The pages of the first run, each with what it asks and what may keep the operator on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.context import Context, Notice, heading
from desktop.ui.doors.card import column_of, enter_button, enter_ends
from desktop.ui.doors.office import OFFICE, OPERATOR, OfficeAsked, OperatorAsked, by_level
from desktop.ui.doors.passwords import password_fault, strength
from desktop.ui.doors.sheet_box import SheetBox
from desktop.ui.entry.form import Field, Form
from desktop.ui.settings.enrolment_box import EnrolmentBox


class Step(QWidget):
    """One page. `finished` asks for the next one."""

    title = ""
    onward = "下一步"
    finished = Signal()

    def start(self) -> None:
        """Put the cursor where the page begins."""

    def fault(self) -> str:
        """Why the next page cannot be shown yet, with the cursor put there, or ""."""
        return ""


class FormStep(Step):
    """A page with one form; Enter in its last field asks for the next page."""

    def __init__(self, form: Form, text: str, last: str, below: QWidget | None = None) -> None:
        super().__init__()
        self.form = form
        enter_ends(form, last, self.finished.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (heading(text, "soft"), form, *([below] if below else [])):
            column.addWidget(part)
        column.addStretch(1)

    def start(self) -> None:
        first: Field = next(iter(self.form.cells.values())).field
        self.form.reveal(first.name)

    def fault(self) -> str:
        faults = self.form.faults()
        if not faults:
            return ""
        self.form.reveal(faults[0].path)
        return faults[0].sentence


class OfficeStep(FormStep):
    """Which office this computer belongs to."""

    title = "本单位"

    def __init__(self, value: OfficeAsked) -> None:
        form = Form(OFFICE, by_level)
        form.show_value(value)
        super().__init__(form, "这些内容印在文书上，也让县里认得本单位。按 Enter 到下一栏。", "committee")

    def given(self) -> OfficeAsked:
        """What is typed."""
        return OfficeAsked(**self.form.content())  # type: ignore[arg-type]  # the form gives each field what its control says


class OperatorStep(FormStep):
    """Who works here, and the password."""

    title = "操作员和密码"

    def __init__(self, operator: str) -> None:
        self.strength = heading("", "soft")
        form = Form(OPERATOR, self._follow)
        form.show_value(OperatorAsked(operator=operator or None))
        told = "密码保护本机上的全部纠纷，不会存到任何地方。下一页打印一张恢复单，忘记密码时用。"
        super().__init__(form, told, "again", self.strength)

    def given(self) -> OperatorAsked:
        """What is typed."""
        return OperatorAsked(**self.form.content())  # type: ignore[arg-type]  # as above

    def fault(self) -> str:
        if found := super().fault():
            return found
        given = self.given()
        if found := password_fault(given.password, given.again):
            self.form.reveal("password")
        return found

    def _follow(self, form: Form) -> None:
        typed = form["password"].value()
        self.strength.setText(strength(typed if isinstance(typed, str) else ""))


class SheetStep(Step):
    """The recovery sheet. `later` is said by going on without it."""

    title = "恢复单"
    onward = "已经打印或抄好，下一步"
    later = Signal()

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__()
        self.box = SheetBox(context, notice.refused)
        self.put_off = enter_button("以后再说", self.later.emit, key="F8", role="plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading("忘记密码时，凭恢复码可以设定新的密码。没有恢复码，谁也打不开。", "soft"))
        column.addWidget(self.box)
        column.addWidget(self.put_off, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def start(self) -> None:
        if self.box.code:
            self.box.print_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.box.form.reveal("password")

    def fault(self) -> str:
        return "" if self.box.code else "还没有恢复码：请先生成，或者按“以后再说”。"


class CountyStep(Step):
    """Joining the county, now or later."""

    title = "加入本县"

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__()
        self.box = EnrolmentBox(context, notice)
        county = context.desk.office.level == "县"
        text = (
            "本单位是县级单位：乡镇和村送来的申请文件，以后在“交换”里批准。"
            if county
            else "和县里交换纠纷以前要登记入网。现在没有优盘、没有联系好的，直接按“下一步”，以后在“交换”里办。"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading(text, "soft"))
        column.addWidget(self.box)
        column.addStretch(1)
        self.box.setVisible(not county)


class BeginStep(Step):
    """Practice first, or the work itself."""

    title = "开始"
    wanted_practice = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.begin = enter_button("开始使用", self.finished.emit, key="F10", role="main", drawing="check")
        self.practise = enter_button("先用样例练习", self.wanted_practice.emit, key="F8", drawing="practice")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for made, text in (
            (self.begin, "直接进入“今日”，登记第一件纠纷。"),
            (self.practise, "里面有五件样例，随便改、随便打印，不上报、不计入统计；练完再回来。"),
        ):
            row.addWidget(column_of(made, heading(text, "soft")), 1, Qt.AlignmentFlag.AlignTop)

    def start(self) -> None:
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)
