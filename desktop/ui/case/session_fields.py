"""调解: the notice of rights, survey and mediation records with the seven elements, extension."""

import re
from functools import partial
from typing import cast

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.domain.codes import EvidenceKind, SessionKind, SessionResult, choices
from desktop.domain.dossier import Extension
from desktop.domain.session import Evidence, Session
from desktop.domain.session_elements import turn, written
from desktop.ui.case.element_ticks import ElementTicks, Informed
from desktop.ui.case.list_buttons import in_one_row
from desktop.ui.case.record_text import RecordText
from desktop.ui.context import button
from desktop.ui.entry.dates import moment
from desktop.ui.entry.form import Field, Form, Record
from desktop.ui.entry.inputs import Names, Text
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Count, Day, Minute

_EVIDENCE = (
    Field("name", "证据名称", partial(Text, "也可以一行写完：收条，张三，2页"), 3, "请填写证据名称。"),
    Field("provider", "提供人", Text, 3),
    Field("kind", "种类", pick(EvidenceKind), 3),
    Field("pages", "页数", partial(Count, 1_000_000), 3),
)

_KINDS: tuple[tuple[tuple[str, ...], EvidenceKind], ...] = (
    (("照片", "相片", "图片"), "物证照片"),
    (("录音", "录像", "视频", "监控"), "视听资料"),
    (("聊天", "微信", "短信", "转账记录", "截图", "电子"), "电子数据"),
    (("证言", "证人", "证明人"), "证人证言"),
    (("鉴定", "评估"), "鉴定意见"),
    (("勘验", "丈量", "测量"), "勘验笔录"),
    (("证", "书", "合同", "协议", "收据", "欠条", "借条", "发票", "复印件", "档案", "票据", "病历"), "书证"),
)
"""What words of a name say about the kind of evidence, the telling ones first."""


_PART, _COMMA = "[^，,、；;]+", r"[，,、；;]\s*"
_ONE_LINE = re.compile(
    f"(?P<name>{_PART}){_COMMA}(?:(?P<kind>{'|'.join(choices(EvidenceKind))}){_COMMA})?(?P<provider>{_PART}){_COMMA}(?P<pages>[0-9]{{1,4}})页"
)


def kind_of_evidence(name: str) -> EvidenceKind | None:
    """The kind that the name suggests."""
    return next((kind for words, kind in _KINDS if any(word in name for word in words)), None)


def in_one_line(text: str) -> Evidence | None:
    """The evidence that `收条复印件，张三，2页` or `现场照片，书证，调委会，4页` says in one line; None for anything else."""
    match = _ONE_LINE.fullmatch(text)
    if match is None:
        return None
    kind = match["kind"] or kind_of_evidence(match["name"])
    return msgspec.convert(match.groupdict() | {"pages": int(match["pages"]), "kind": kind}, Evidence)


class EvidenceRules:
    """Takes apart what was written in one line, and chooses the kind by the name while one types it, until the operator chooses."""

    def __init__(self) -> None:
        self._name = ""
        self._guess: EvidenceKind | None = None
        self._decided = False

    def __call__(self, form: Form) -> None:
        line = cast("Text", form["name"]).line
        if line.text() != self._name and not line.isModified():  # another one is shown: what it says was decided
            self._guess, self._decided = None, form["kind"].value() is not None
        whole = in_one_line(str(form["name"].value() or ""))
        if whole is not None and not form["provider"].value() and form["pages"].value() is None:
            for name in ("name", "provider", "pages", "kind"):
                form[name].show_value(getattr(whole, name))
            self._guess = kind_of_evidence(whole.name)
            self._decided = whole.kind != self._guess
        if not self._decided:
            self._follow(form)
        self._name = line.text()

    def _follow(self, form: Form) -> None:
        name = str(form["name"].value() or "")
        guess = kind_of_evidence(name) if len(name) > _TELLING else None
        if guess != self._guess:
            self._guess = guess
            form["kind"].show_value(guess)

    def decide(self) -> None:
        """The operator chose a kind."""
        self._decided = True


_TELLING = 3
"""So many characters say nothing yet: most of the name is still to come."""


def _evidence() -> RecordList:
    columns = (
        Column("证据", lambda evidence: evidence.name, wide=True),
        Column("种类", lambda evidence: evidence.kind or ""),
        Column("提供人", lambda evidence: evidence.provider or ""),
    )
    rules = EvidenceRules()
    made = RecordList("证据", columns, _EVIDENCE, lambda _: Evidence(name=""), watch=rules, keys=("Shift+F6", "Shift+F8"))
    made.form["kind"].changed.connect(rules.decide)
    in_one_row(made)
    return made


SESSION = (
    Field("kind", "记录种类", pick(SessionKind), 2, "请选择记录种类。"),
    Field("started_at", "开始时间", Minute, 2),
    Field("ended_at", "结束时间", Minute, 2),
    Field("place", "地点", Text, 3),
    Field("participants", "参加人（受邀协助的人）", partial(Names, "用顿号隔开"), 3),
    Field("record", "记录", RecordText, 6),
    Field("respondent", "被调查人", partial(Text, "姓名、职业、住址、与本案的关系"), 6),
    Field("result", "结果", pick(SessionResult), 2),
    Field("elements", "调解记录的七个要素", ElementTicks, 6),
    Field("evidence", "证据材料", _evidence, 6),
)
_OF_SURVEYS = frozenset({"respondent"})
_OF_MEDIATIONS = frozenset({"elements", "result"})


def session_rules(form: Form) -> None:
    """Show what a survey or a mediation has; elements that the record has below their headings are ticked."""
    survey = form["kind"].value() == "调查记录"
    form.hide_fields(_OF_MEDIATIONS if survey else _OF_SURVEYS)
    ticks, record = cast("ElementTicks", form["elements"]), cast("RecordText", form["record"])
    ticks.show_written(written(cast("str | None", record.value())))
    record.show_outline_button(visible=not survey)


_SPAN = re.compile(r"(?P<start>.*[0-9][:：][0-9]{2})\s*[-—~～到至]+\s*(?P<hour>[01]?[0-9]|2[0-3])[:：](?P<minute>[0-5][0-9])")
"""A beginning and an end on the same day, as people write them."""


class _Span(QObject):
    """Watches the time at which a meeting begins: `2025-2-21 9:30-11:00` fills the end as well, and Enter goes on to the place."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form, self._start = form, cast("Minute", form["started_at"])
        self._start.line.installEventFilter(self)
        self._start.line.left.connect(self.take)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self._start.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and cast("QKeyEvent", event).key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.take():
            self._form["place"].reveal()
            return True
        return False

    def take(self) -> bool:
        """Take the text apart into beginning and end; False for anything else."""
        match = _SPAN.fullmatch(self._start.text())
        if match is None or self._start.line.isReadOnly():
            return False
        self._start.line.setText(match["start"])
        start = self._start.value()
        if isinstance(start, str):
            self._form["ended_at"].show_value(f"{start[:11]}{int(match['hour']):02d}:{match['minute']}")
        self._start.changed.emit()
        return isinstance(start, str)


class Sessions(RecordList):
    """The records of survey and mediation; each kind has its own key, so that nobody has to choose it."""

    def __init__(self) -> None:
        columns = (
            Column("时间", lambda session: moment(session.started_at)),
            Column("次序", self._turn),
            Column("地点", lambda session: session.place or "", wide=True),
            Column("结果", lambda session: session.result or ""),
        )
        super().__init__("调解", columns, SESSION, lambda _: Session(kind="调解记录"), watch=session_rules)
        self.survey_button = button("添加调查", self.add_survey, key="Ctrl+F6", drawing="add")
        in_one_row(self, self.survey_button)
        self._span = _Span(self.form)

    def add(self) -> None:
        super().add()
        self._into_time()

    def add_survey(self) -> None:
        """Add a blank record of a survey and put the cursor into its first field."""
        count = len(self.model.records)
        super().add()
        if len(self.model.records) > count:
            self.form["kind"].show_value("调查记录")
            self.form["kind"].changed.emit()
            self._into_time()

    def _is_blank(self, record: msgspec.Struct) -> bool:
        return record in (Session(kind="调解记录"), Session(kind="调查记录"))

    def _into_time(self) -> None:
        if self.current() is not None and self.form["started_at"].isVisibleTo(self):
            self.form["started_at"].reveal()

    def _turn(self, session: Session) -> str:
        records = cast("list[Session]", self.model.records)
        place = next((place for place, one in enumerate(records) if one is session), None)
        return session.kind if place is None else turn(session.kind, records, place)


def sessions() -> RecordList:
    """The records of survey and mediation."""
    return Sessions()


EXTENSION = (
    Field("until", "延长到", Day, 2),
    Field("agreed_on", "同意日期", Day, 2),
    Field("reason", "延期的原因", Text, 6),
)
MEDIATING = (
    Field("informed_on", "告知权利义务的日期", Informed, 3),
    Field("sessions", "", sessions, 6),
    Field("extension", "", partial(Record, EXTENSION, Extension(), title="延期调解（双方同意的）"), 6),
)
