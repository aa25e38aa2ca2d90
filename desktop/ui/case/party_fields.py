"""当事人: the fields of a party."""

from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.domain import id_number
from desktop.domain.codes import (
    NATIONS,
    AgentKind,
    PartyKind,
    Role,
    Sex,
    choices,
)
from desktop.domain.dossier import DeliveryAddress
from desktop.domain.party import Agent, LegalRepresentative, Party
from desktop.domain.pasted import parties_in
from desktop.ui.case.list_buttons import in_one_row
from desktop.ui.entry.form import Field, Form, Record
from desktop.ui.entry.id_number import IdNumber
from desktop.ui.entry.inputs import Choice, Flag, Name, Text
from desktop.ui.entry.long_text import Lines
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Day

_AGENT = (
    Field("name", "代理人姓名", Name, 2, "请填写代理人姓名。"),
    Field("kind", "代理人身份", pick(AgentKind), 2),
    Field("phone", "电话", Text, 2),
    Field("id_number", "身份证号码", IdNumber, 3),
    Field("authority", "代理权限", partial(Lines, 1, "一行写一项"), 6),
)
_REPRESENTATIVE = (Field("name", "代表人姓名", Name, 3, "请填写法定代表人姓名。"), Field("title", "职务", Text, 3))


def _postcode() -> Text:
    made = Text()
    made.line.setMaxLength(12)  # more is no postcode, and a case file refuses it
    return made


_DELIVERY = (
    Field("recipient", "收件人", Name, 2),
    Field("phone", "收件人电话", Text, 2),
    Field("postcode", "邮政编码", _postcode, 2),
    Field("address", "送达地址", Text, 6),
    Field("electronic", "电子送达", partial(Text, "手机号码、邮箱等"), 6),
)
PARTY = (
    Field("role", "当事人身份", pick(Role), 2, "请选择是申请人还是被申请人。"),
    Field("kind", "个人或单位", partial(Choice, choices(PartyKind), ("个人（自然人）", "单位（组织）")), 2, "请选择是个人还是单位。"),
    Field("name", "姓名或名称", Name, 2, "请填写姓名或名称。"),
    Field("id_number", "身份证号码", partial(IdNumber, "填好后自动填出生日期和性别"), 2),
    Field("born_on", "出生日期", partial(Day, past=True), 2),
    Field("sex", "性别", pick(Sex), 2),
    Field("ethnic", "民族", partial(Text, "", NATIONS), 2),
    Field("occupation", "职业或职务", Text, 2),
    Field("credit_code", "统一社会信用代码", Text, 4),
    Field("phone", "联系电话", Text, 2),
    Field("address", "住址或单位地址", Text, 4),
    Field("main", "", partial(Flag, "主要当事人"), 2),
    Field("representative", "", partial(Flag, "推选的代表"), 2),
    Field("refused_on", "拒绝调解日期", partial(Day, past=True), 2),
    Field("guardian", "监护人", Name, 2),
    Field(
        "legal_representative",
        "",
        partial(Record, _REPRESENTATIVE, LegalRepresentative(name=""), title="法定代表人（负责人）", key="name"),
        6,
    ),
    Field("agent", "", partial(Record, _AGENT, Agent(name=""), title="委托代理人", key="name"), 6),
    Field("delivery", "", partial(Record, _DELIVERY, DeliveryAddress(), title="送达地址（司法确认用）"), 6),
)
_OF_PERSONS = frozenset({"id_number", "born_on", "sex", "ethnic", "occupation", "guardian"})
_OF_ORGANISATIONS = frozenset({"credit_code", "legal_representative"})


_OLD = 15
"""Characters of an old number. A new one that is being typed looks like one for a moment; what that filled is taken back."""


class PartyRules:
    """Shows what persons or organisations have; an ID number fills birth date and sex where they are empty.

    What the number before had filled follows a corrected one; what the operator typed himself stays.
    """

    def __init__(self) -> None:
        self._number = ""  # the last whole one
        self._told: dict[str, object] = {}  # what it says, by field

    def forget(self) -> None:
        """Another party is shown."""
        self._number, self._told = "", {}

    def __call__(self, form: Form) -> None:
        """Follow what is typed."""
        organisation = form["kind"].value() == "组织"
        form.hide_fields(_OF_PERSONS if organisation else _OF_ORGANISATIONS)
        number = id_number.normalized(str(form["id_number"].value() or ""))
        born = id_number.birth_date(number)
        if organisation or (born is None and not (len(self._number) == _OLD < len(number))):
            return
        before, self._number = self._told, number
        self._told = {"born_on": born, "sex": id_number.sex(number)}
        for name, value in self._told.items():
            now = form[name].value()
            if now != value and (now is None or now == before.get(name)) and not form[name].fault():
                form[name].show_value(value)


def _new_party(row: int) -> Party:
    return Party(role="被申请人" if row else "申请人", kind="自然人", name="")


class Parties(RecordList):
    """The list of parties; the first is the applicant, the others respondents, all of them persons, as long as nothing else is said.

    So a new one begins with the name, and Enter passes over what the ID number has filled in.
    """

    def __init__(self) -> None:
        columns = (
            Column("姓名或名称", lambda party: party.name, wide=True),
            Column("身份", lambda party: party.role),
            Column("电话", lambda party: party.phone or ""),
        )
        self._rules = PartyRules()
        super().__init__("当事人", columns, PARTY, _new_party, watch=self._rules, read_rows=parties_in)
        self._number = cast("IdNumber", self.form["id_number"])
        self._number.line.installEventFilter(self)

    def _show_row(self, row: int) -> None:
        self._rules.forget()
        super()._show_row(row)

    def add(self) -> None:
        super().add()
        if self.current() is not None and self.current() == _new_party(len(self.model.records) - 1):
            self.form["name"].reveal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._number.line:
            return super().eventFilter(watched, event)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in _ENTER:
            return False
        number = id_number.normalized(self._number.text())
        known = (id_number.birth_date(number), id_number.sex(number))
        if known[0] is None or known != (self.form["born_on"].value(), self.form["sex"].value()):
            return False
        self.form["ethnic"].reveal()
        return True


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def parties() -> RecordList:
    """The list of parties."""
    return in_one_row(Parties())


PARTIES = (Field("parties", "", parties, 6),)
