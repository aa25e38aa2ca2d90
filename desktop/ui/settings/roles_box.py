"""联动角色: which scheme the office works by (2+3(1)+N and others), and who has which role from when to when."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from desktop.domain.roles import Holder, Roster, Scheme, scheme_of
from desktop.ui.card_box import CardBox
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Day

ABOUT = "会商的参加人、三单一函的签发人和责任领导由这里带出。换人时填写“到”的日期，再添加接任的人，以前的会商不受影响。"


class RolesBox(CardBox):
    """The persons of each role; saved at once with its own button. `refresh` shows what is stored unless something was typed."""

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__("联动角色")
        self._context, self._notice = context, notice
        self._schemes: tuple[Scheme, ...] = ()
        self._stored = Roster()
        self.about, self.fault = heading(ABOUT, "soft"), heading("", "fault")
        self.scheme = Choice(())
        self.scheme.box.setAccessibleName("方案")
        self.note = heading("", "soft")
        self.role = _RoleChoice()
        self.people = _people(self.role)
        self.save_button = button("保存角色", self.save, key="Alt+J", role="main")
        for part in (self.about, self.fault, heading("方案", "label"), self.scheme, self.note, self.people):
            self.inner.addWidget(part)
        self.inner.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.scheme.changed.connect(self._on_scheme)
        self.refresh()

    def refresh(self) -> None:
        """Show the schemes and who has which role; what was typed and not saved stays."""
        from desktop.domain.refused import Refused
        from desktop.services import roles

        if self._schemes and self.unsaved():
            return
        try:
            self._schemes = roles.schemes(self._context.desk)
        except Refused as error:
            self.fault.setText(f"！{error}")
        usable = bool(self._schemes)
        self.fault.setVisible(not usable)
        for part in (self.scheme, self.people, self.save_button):
            part.setEnabled(usable)
        if usable:
            self._show(roles.roster(self._context.desk))

    def _show(self, roster: Roster) -> None:
        self._stored = roster
        self.scheme.offer([one.name for one in self._schemes])
        self.scheme.show_value(scheme_of(self._schemes, roster).name)
        self._on_scheme()
        self.people.show_value(roster.holders)

    def chosen(self) -> Scheme:
        """The scheme that is chosen; none chosen: the one that counts then."""
        named = (one for one in self._schemes if one.name == self.scheme.value())
        return next(named, scheme_of(self._schemes, Roster()))

    def _on_scheme(self) -> None:
        scheme = self.chosen()
        self.note.setText(scheme.note)
        self.role.offer_roles(scheme)

    def collect(self) -> Roster:
        """What is typed."""
        people = tuple(one for one in self.people.value_rows() if isinstance(one, Holder))
        return Roster(scheme=self.chosen().code, holders=people)

    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        typed = self.collect()
        chosen = scheme_of(self._schemes, self._stored).code
        return typed.holders != self._stored.holders or typed.scheme != chosen or bool(self.people.inner_faults(strict=False))

    def save(self) -> bool:
        """Keep it; False, and why, if it was refused."""
        from desktop.services import roles

        faults = self.people.inner_faults(strict=True)
        if faults:
            self._notice.refused(f"还不能保存：{faults[0].sentence}")
            self.people.reveal(faults[0].path)
            return False
        saved = self._notice.attempt(lambda: roles.save(self._context.desk, self.collect()))
        if saved is not None:
            self._show(saved)
            self._notice.done(f"角色已保存，共 {len(saved.holders)} 人。")
        return saved is not None


class _RoleChoice(Choice):
    """A picker over the roles of the scheme, by their codes."""

    def __init__(self) -> None:
        super().__init__(())
        self.names: dict[str, str] = {}

    def offer_roles(self, scheme: Scheme) -> None:
        """Offer the roles of the scheme; what is chosen stays chosen."""
        chosen = self.value()
        self.names = {role.code: f"{role.group}　{role.name}" for role in scheme.role}
        self._values = [None, *self.names]
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems(["", *self.names.values()])
        self.box.blockSignals(False)
        self.show_value(chosen)


def _people(role: _RoleChoice) -> RecordList:
    fields: Sequence[Field] = (
        Field("role", "角色", lambda: role, 2, "请选择角色。"),
        Field("name", "姓名", Text, 2, "请填写姓名。"),
        Field("phone", "电话", Text, 2),
        Field("body", "单位", Text, 2),
        Field("since", "任职自", Day, 2),
        Field("until", "到（含当日）", Day, 2),
    )
    columns = (
        Column("角色", lambda one: role.names.get(one.role, one.role)),
        Column("姓名", lambda one: one.name),
        Column("单位", lambda one: one.body or "", wide=True),
        Column("电话", lambda one: one.phone or ""),
        Column("任职", _term),
    )
    return RecordList("人员", columns, fields, lambda _: Holder(), keys=("F6", "Ctrl+F8"), rows=8)


def _term(one: Holder) -> str:
    return f"{one.since or ''} 至 {one.until or ''}" if one.since or one.until else ""
