"""登记入网: how a village or township joins its county, once, by two files and a telephone call."""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.refused import Refused
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.form import Field, Form, framed
from desktop.ui.inputs import Password, Text

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.exchange import Partner

FILES = "登记文件 (*)"


class Approval(msgspec.Struct, frozen=True):
    """What the county fills in to approve an office."""

    code: str | None = None
    parent: str | None = None
    fingerprint: str | None = None
    password: str | None = None


_APPROVAL = (
    Field("code", "给它的单位代码", lambda: Text("如：530425-02"), 3, "请填写给这个单位的代码。"),
    Field("parent", "上级单位代码", lambda: Text("直接归县里的，填县的代码"), 3, "请填写上级单位代码。"),
    Field("fingerprint", "电话里对方念的核对码", Text, 6, "请打电话给对方，把对方念的核对码填在这里。"),
    Field("password", "本单位的密码", Password, 6, "请输入本单位的密码：批准要用它打开县里的印鉴。"),
)


def partners_of(desk: "Desk") -> "list[Partner]":
    """Whom the office may exchange with; nobody before it is enrolled."""
    from desktop.services import exchange

    try:
        return exchange.partners(desk)
    except Refused:
        return []


class EnrolmentBox(QWidget):
    """What is left to do for this office, by its level. `changed` comes when the office or its partners changed."""

    changed = Signal()

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__()
        self._context, self._notice = context, notice
        card, self._column = framed("登记入网", "card")
        self.state = heading("", "fact")
        self.fingerprint = heading("", "head")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fingerprint.hide()
        self._column.addWidget(self.state)
        self._column.addWidget(self.fingerprint)
        self.request_button = button("① 写出申请文件", self.request, key="F6")
        self.accept_button = button("② 接收县里的批准文件", self.accept, key="F7")
        self.approve_button = button("批准一个单位", self.read_request, key="F6")
        row = QHBoxLayout()
        for part in (self.request_button, self.accept_button, self.approve_button):
            row.addWidget(part)
        row.addStretch(1)
        self._column.addLayout(row)
        self.form = Form(_APPROVAL)
        self.form.hide()
        self.confirm = button("核对无误，写出批准文件", self.approve, key="Ctrl+S", role="main")
        self.confirm.hide()
        self._column.addWidget(self.form)
        self._column.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.refresh()

    def refresh(self) -> None:
        """Show what this office can do."""
        office = self._context.desk.office
        county = office.level == "县"
        joined = bool(partners_of(self._context.desk))
        for part in (self.request_button, self.accept_button):
            part.setVisible(not county and not joined)
        self.fingerprint.setVisible(bool(self.fingerprint.text()) and not joined)
        self.approve_button.setVisible(county)
        if county:
            self.state.setText(f"{office.name}（代码 {office.code or '未定'}）。乡镇和村送来申请文件后，在这里批准。")
        elif joined:
            self.state.setText(f"✓ {office.name}已经登记入网，代码 {office.code}。")
        else:
            self.state.setText("把申请文件用优盘送到县里，电话里核对下面的核对码，再把县里给的批准文件带回来接收。")

    def request(self) -> None:
        """Write the request of this office and show what to read out on the telephone."""
        from desktop.services import enrolment

        name = f"{self._context.desk.office.name}-登记申请.fqr"
        path = self._context.asker.save_as(self, "申请文件存到哪里", name, FILES)
        found = self._notice.attempt(lambda: enrolment.request(self._context.desk, path)) if path else None
        if found:
            self.fingerprint.setText(f"核对码：{found}")
            self.fingerprint.show()
            self._notice.done(f"申请文件已写到 {path}。县里打来电话时，请念出核对码。")

    def accept(self) -> None:
        """Take in the county's approval."""
        from desktop.services import enrolment

        path = self._context.asker.file(self, "选择县里的批准文件", FILES)
        found = self._notice.attempt(lambda: enrolment.accept(self._context.desk, path)) if path else None
        if found:
            self._notice.done(f"已登记入网，上级是{found.county}（核对码 {found.fingerprint}，请与县里电话核对）。")
            self.changed.emit()

    def read_request(self) -> None:
        """Read the request of an office and ask for what the county adds."""
        from desktop.services import enrolment

        path = self._context.asker.file(self, "选择对方的申请文件", FILES)
        found = self._notice.attempt(lambda: enrolment.read_request(path)) if path else None
        if path is None or found is None:
            return
        self._path, self._name = path, found.name
        asked = "请给对方打电话，请他念出屏幕上的核对码，填在下面；程序来比对。"
        self.state.setText(f"申请单位：{found.name}（{found.level}级）　{found.committee or ''}\n{asked}")
        self.form.show_value(self._blank())
        self.form.show()
        self.confirm.show()
        self.form.reveal("code")

    def _blank(self) -> Approval:
        return Approval(parent=self._context.desk.office.code)

    def approve(self) -> None:
        """Write the approval when the fingerprint is the one in the file."""
        from desktop.services import enrolment

        faults = self.form.faults()
        if faults:
            self._notice.refused(faults[0].sentence)
            self.form.reveal(faults[0].path)
            return
        given = self.form.apply(self._blank())
        path = self._context.asker.save_as(self, "批准文件存到哪里", f"{self._name}-批准.fqa", FILES)
        if path is None:
            return
        found = self._notice.attempt(
            lambda: enrolment.approve(
                self._context.desk,
                self._path,
                given.code or "",
                given.parent or "",
                path,
                passphrase=given.password or "",
                fingerprint=given.fingerprint or "",
            )
        )
        if found:
            self._notice.done(f"已批准{found.name}，批准文件写到 {path}，请送回对方接收。")
            self.form.hide()
            self.confirm.hide()
            self.changed.emit()
