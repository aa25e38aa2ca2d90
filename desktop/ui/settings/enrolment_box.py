"""登记入网: how a village or township joins its county, once, by two files and a telephone call."""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.refused import Refused
from desktop.ui.card_box import CardBox
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Flag, Password, Text
from desktop.ui.settings.root_key import with_root_key
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.exchange import Partner

FILES = "登记文件 (*)"


class Approval(msgspec.Struct, frozen=True):
    """What the county fills in to approve an office or another computer of one."""

    another: bool | None = None
    code: str | None = None
    parent: str | None = None
    replaces: str | None = None
    fingerprint: str | None = None
    password: str | None = None


class Joining(msgspec.Struct, frozen=True):
    """Whose other computer this is, None for an office of its own."""

    joins: str | None = None


_JOINING = (Field("joins", "另一台电脑入网的，填本单位的名称（新单位不填）", Text, 6),)
_APPROVAL = (
    Field("another", "", lambda: Flag("是已入网单位的另一台电脑（不是新单位）"), 6),
    Field("code", "单位代码", lambda: Text("新单位如 530425-02；另一台电脑填原来的代码"), 6, "请填写单位代码。"),
    Field("parent", "上级单位代码", lambda: Text("直接归县里的，填县的代码"), 6, "请填写上级单位代码。"),
    Field("replaces", "顶替哪台旧电脑（旧电脑坏了、丢了才填，填后旧的停用）", lambda: Text("旧电脑的电脑码，见设置页的电脑清单"), 6),
    Field("fingerprint", "电话里对方念的核对码", Text, 6, "请打电话给对方，把对方念的核对码填在这里。"),
    Field("password", "本单位的密码", Password, 6, "请输入本单位的密码：批准要用它打开县里的印鉴。"),
)


def _by_kind(form: Form) -> None:
    """A new office needs an office above it; another computer may take the place of an old one."""
    another = bool(form["another"].value())
    form.hide_fields(frozenset({"parent"}) if another else frozenset({"replaces"}))


def partners_of(desk: "Desk") -> "list[Partner]":
    """Whom the office may exchange with; nobody before it is enrolled."""
    from desktop.services import exchange

    try:
        return exchange.partners(desk)
    except Refused:
        return []


class EnrolmentBox(CardBox):
    """What is left to do for this office, by its level. `changed` comes when the office or its partners changed."""

    changed = Signal()

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__("登记入网")
        self._context, self._notice = context, notice
        self.state = heading("", "fact")
        self.fingerprint = heading("", "head")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fingerprint.hide()
        self.inner.addWidget(self.state)
        self.inner.addWidget(self.fingerprint)
        self.request_button = button("① 写出申请文件", self.request, key="F6")
        self.accept_button = button("② 接收县里的批准文件", self.accept, key="F7")
        self.approve_button = button("批准一个单位", self.read_request, key="F6")
        self.other_button = button("本机是县里的另一台电脑…", self.join_county, key="Alt+D", role="plain")
        self.joining = Form(_JOINING)
        self.joining.show_value(Joining())
        self._joins_county = False
        self.inner.addWidget(self.joining)
        row = QHBoxLayout()
        for part in (self.request_button, self.accept_button, self.approve_button, self.other_button):
            row.addWidget(part)
        row.addStretch(1)
        self.inner.addLayout(row)
        self.form = Form(_APPROVAL, _by_kind)
        self.form.hide()
        self.confirm = button("核对无误，写出批准文件", self.approve, key="Ctrl+S", role="main")
        self.confirm.hide()
        self.inner.addWidget(self.form)
        self.inner.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Show what this office can do."""
        office = self._context.desk.office
        joined = bool(partners_of(self._context.desk))
        county = office.level == "县" and not (self._joins_county and not joined)
        for part in (self.request_button, self.accept_button, self.joining):
            part.setVisible(not county and not joined)
        self.fingerprint.setVisible(bool(self.fingerprint.text()) and not county and not joined)
        self.approve_button.setVisible(office.level == "县" and county)
        self.other_button.setVisible(county and not joined)
        if county:
            self.state.setText(f"{office.name}（代码 {office.code or '未定'}）。乡镇和村送来申请文件后，在这里批准。")
        elif joined:
            self.state.setText(f"✓ {office.name}已经登记入网，代码 {office.code}。")
        else:
            self.state.setText("把申请文件用优盘送到县里，电话里核对下面的核对码，再把县里给的批准文件带回来接收。")

    def join_county(self) -> None:
        """This computer was set up as a county, but belongs to one that there is already."""
        self._joins_county = True
        self.joining.show_value(Joining(self._context.desk.office.name))
        self.refresh()
        self.joining.reveal("joins")

    def request(self) -> None:
        """Write the request of this office and show what to read out on the telephone."""
        from desktop.services import enrolment

        name = f"{self._context.desk.office.name}-登记申请.fqr"
        path = self._context.asker.save_as(self, "申请文件存到哪里", name, FILES)
        joins = self.joining["joins"].value()
        whose = joins if isinstance(joins, str) else None
        found = self._notice.attempt(lambda: enrolment.request(self._context.desk, path, whose)) if path else None
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
            self._notice.done(f"{found.office}已登记入网，县级单位是{found.county}（核对码 {found.fingerprint}，请与县里电话核对）。")
            self.changed.emit()

    def read_request(self) -> None:
        """Read the request of an office and ask for what the county adds."""
        from desktop.services import enrolment

        path = self._context.asker.file(self, "选择对方的申请文件", FILES)
        found = self._notice.attempt(lambda: enrolment.read_request(path)) if path else None
        if path is None or found is None:
            return
        self._path, self._name, self._joins = path, found.name, found.joins
        who = f"申请单位：{found.name}（{found.level}级）　{found.committee or ''}"
        if found.joins:
            who = f"申请把这台电脑作为“{found.joins}”的另一台电脑（对方自填名称：{found.name}）"
        asked = "请给对方打电话，请他念出屏幕上的核对码，填在下面；程序来比对。"
        self.state.setText(visible(f"{who}\n{asked}"))
        self.form.show_value(self._blank())
        self.form.show()
        self.confirm.show()
        self.form.reveal("fingerprint" if self._blank().code else "code")

    def _blank(self) -> Approval:
        if self._joins is None:
            return Approval(parent=self._context.desk.office.code)
        known = self._context.desk.member().directory.content.stations
        code = next((one.code for one in known if self._joins in (one.name, one.code)), None)
        return Approval(another=True, code=code)

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
        desk, another = self._context.desk, bool(given.another)
        found = with_root_key(
            self._context,
            self,
            self._notice,
            lambda root: enrolment.approve(
                desk,
                self._path,
                given.code or "",
                given.parent or "",
                path,
                passphrase=given.password or "",
                fingerprint=given.fingerprint or "",
                root=root,
                another=another,
                replaces=given.replaces if another else None,
            ),
        )
        if found:
            self._notice.done(f"已批准{found.name}，批准文件写到 {path}，请送回对方接收。")
            self.form.hide()
            self.confirm.hide()
            self.changed.emit()
