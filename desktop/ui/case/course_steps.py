"""The steps of the course as buttons above the tabs where they belong: each asks what it needs, does it, and says what was done."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from desktop.domain import assessing, course_rules, intake
from desktop.domain.case import Case
from desktop.domain.course import Status, status
from desktop.ui.button_row import ButtonRow
from desktop.ui.case import step_fields
from desktop.ui.case.handover import Strip
from desktop.ui.case.routing_fields import LEVELS
from desktop.ui.case.step_dialog import StepDialog
from desktop.ui.context import Context, Notice, button
from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Choice
from desktop.ui.entry.kept import draft_name, drop_with

if TYPE_CHECKING:
    from desktop.services.cases import Saved

_OPEN = frozenset({Status.ACCEPTED, Status.MEDIATING})
_ENDED = frozenset({Status.CONCLUDED, Status.CLOSED})


_STILL_OPEN = ("letters", "fulfilments", "visits", "filing")
"""What goes on after the case was filed (domain.md 1.5, 2.6)."""

FILED = "已归档，还可以登记履行、回访、三单一函和立卷，要改别的请重新办理。"


def still_open(case: Case) -> dict[str, object]:
    """The fields that can be written in though the case was filed, each with what is on record there."""
    return {name: getattr(case, name) for name in _STILL_OPEN}


class CourseSteps(QObject):
    """The rows of buttons by the titles of the tabs (`rows`), and the strip of a case that was filed.

    `changed` carries the case as it stands after a step, and the name of the step.
    `ready` gives the case as it is saved, after saving what was typed; None if that cannot be.
    """

    changed = Signal(object, str)

    def __init__(self, context: Context, notice: Notice, ready: Callable[[], Case | None]) -> None:
        super().__init__(notice)
        self._context, self._notice, self._ready = context, notice, ready
        self._case_id = ""
        self._filed: Case | None = None
        self._draft = ""  # of the dialog that was accepted last; it ends with the step
        self.buttons: dict[str, QPushButton] = {
            "受理": button("受理", self.accept, key="Alt+A", role="main", drawing="check"),
            "不予受理": button("不予受理…", self.decline, key="Alt+D"),
            "引导": button("引导其他途径…", self.guide, key="Alt+G"),
            "回复": button("回复来文单位…", self.return_result, key="Alt+R"),
            "研判": button("研判定级…", self.assess, key="Alt+A", role="main"),
            "报警": button("已报告公安", self.report, key="Alt+P"),
            "升级": button("升级…", self.escalate, key="Alt+U"),
            "移送": button("移送…", self.transfer, key="Alt+M"),
            "吹哨": button("吹哨…", self.whistle, key="Alt+W"),
            "上报": button("上报…", self.report_up, key="Alt+B"),
            "答复": button("登记答复…", self.answer, key="Alt+D"),
            "结案": button("结案…", self.conclude, key="Alt+J", role="main", drawing="check"),
            "重办": button("重新办理…", self.reopen, key="Alt+C"),
        }
        self.rows = {
            "受理": self._row("受理", "不予受理", "引导", "回复"),
            "研判分流": self._row("研判", "报警", "升级", "移送", "吹哨", "上报", "答复"),
            "回访归档": self._row("结案", "重办"),
        }

        self.again = button("重新办理…", self.reopen, key="Alt+C", role="main")
        self.strip = Strip(self.again)

    def _row(self, *names: str) -> ButtonRow:
        return ButtonRow([self.buttons[name] for name in names])

    def show_case(self, case: Case, *, may_write: bool = True) -> None:
        """Offer the steps that can be taken now; none where the case can only be read."""
        self._case_id, self._draft = case.id, ""
        offered = _offered(case) if may_write else frozenset()
        filed = "重办" in offered and case.closed_on is not None
        self._filed = case if filed else None
        self.strip.show_text(FILED if filed else "", warn=True, buttons=filed)
        offered -= {"重办"} if filed else frozenset()  # its button is in the strip
        for name, made in self.buttons.items():
            made.setVisible(name in offered)
        for row in self.rows.values():
            row.setVisible(any(not made.isHidden() for made in row.findChildren(QPushButton)))
            row.fit()

    # --- 受理 ---

    def accept(self) -> None:
        """Take the dispute."""
        case = self._ready()
        if case:
            self._do("accept", case, done="已受理，可以打印受理通知书（F9）。")

    def decline(self) -> None:
        """Decline the dispute, for the reason that the answers propose."""
        case = self._ready()
        found = _proposed(case) if case else None
        begin = {"reason": found.reason, "guided_to": found.guided_to} if found else {}
        told = "写明原因，告知其他途径；不予受理通知书照此打印。"
        if case and (said := self._asked("不予受理", told, step_fields.DECLINE, begin, "不予受理")):
            self._do("decline", case, done="已作出不予受理的决定，请打印不予受理通知书（F9）。", **said)

    def guide(self) -> None:
        """Show the parties another way."""
        case = self._ready()
        begin = {"guided_to": _proposed(case).guided_to} if case else {}
        told = "当事人自愿选择其他途径的，登记告知了哪些途径；纠纷不再由本单位调解。"
        if case and (said := self._asked("引导其他途径", told, step_fields.GUIDE, begin, "登记")):
            self._do("guide", case, done="已登记引导的途径。", **said)

    def return_result(self) -> None:
        """Register what went back to who sent the dispute."""
        from desktop.services import course

        case = self._ready()
        begin = {"result": course.proposed_result(case), "on": self._context.desk.today()} if case else {}
        told = "登记以后打印回复函（F9），连同协议书副本送来文单位。"
        if case and (said := self._asked("回复来文单位", told, step_fields.RETURN, begin, "登记回复")):
            self._do("return_result", case, done="已登记回复，请打印回复函（F9）。", **said)

    # --- 研判、分流 ---

    def assess(self) -> None:
        """Assess the risk: the stage that comes next, the level that the facts suggest."""
        case = self._ready()
        if case is None:
            return
        level, found = self._context.desk.office.level, assessing.propose(case)
        factors = tuple(dict.fromkeys((*found.factors, *case.risk_factors)))
        begin = {"stage": assessing.next_stage(case, level), "risk": case.risk or found.risk, "factors": factors}
        told = f"按登记的内容，建议为{found.risk}风险{'（' + '、'.join(found.factors) + '）' if found.factors else ''}，由人决定。"
        fields = _with_choices(step_fields.ASSESS, "stage", assessing.stages_of(level))
        if said := self._asked("研判定级", told, fields, begin, "登记"):
            high = "；高风险请及时报告公安机关（人民调解法第二十五条）" if said["risk"] == "高" and not case.police_reported_at else ""
            self._do("assess", case, done=f"已登记{said['stage']}{said['risk']}风险{high}。", **said)

    def report(self) -> None:
        """Register that the police were told just now."""
        case = self._ready()
        if case:
            self._do("report_to_police", case, done="已登记向公安机关报告的时间，时间不对的可以改。")

    def escalate(self) -> None:
        """Take the dispute to a higher level."""
        case = self._ready()
        now = LEVELS[(case.level or 1) - 1] if case else ""
        begin = {"level": min((case.level or 1) + 1, 3)} if case else {}
        if case and (said := self._asked("升级", f"现在是{now}，只能向上升级。", step_fields.ESCALATE, begin, "升级")):
            self._do("escalate", case, done="已升级，请与接手的单位当面交接。", **said)

    def transfer(self) -> None:
        """Pass the dispute on to another body."""
        told = "移送以后本单位不再调解，委托移送函照此打印；只在程序里交给有枫桥调解台的单位，请用“移交”。"
        self._simple("transfer", "移送", told, step_fields.TRANSFER, "已移送，请打印委托移送函（F9）。")

    def whistle(self) -> None:
        """Call bodies together."""
        told = "请有关单位到场联合处置；谁什么时候报到、怎样处置，用“登记答复”记下来。"
        self._simple("whistle", "吹哨", told, step_fields.WHISTLE, "已登记吹哨，报到以后请登记答复。")

    def report_up(self) -> None:
        """Report up what crosses departments or areas."""
        self._simple("report_up", "上报", "跨部门、跨区域的上报上级协调。", step_fields.REPORT_UP, "请打印上报函（F9），有答复以后登记。")

    def _simple(self, name: str, title: str, told: str, fields: Sequence[Field], done: str) -> None:
        case = self._ready()
        if case and (said := self._asked(title, told, fields, {}, title)):
            self._do(name, case, done=done, **said)

    def answer(self) -> None:
        """Register what those who were called replied."""
        case = self._ready()
        if case is None:
            return
        rows = [one for one in case.routings if one.kind != "分流"]
        labels = [f"{one.kind} {'、'.join(one.to)} {one.on or ''}" for one in rows]
        fields = _with_choices(step_fields.ANSWER, "routing", [one.id for one in rows], labels)
        waiting = next((one.id for one in rows if not one.answered_on), rows[-1].id if rows else None)
        begin = {"routing": waiting, "on": self._context.desk.today()}
        if said := self._asked("登记答复", "几个单位分别答复的，可以登记几次。", fields, begin, "登记"):
            self._do("answer", case, said["routing"], said["answer"], said["on"], done="已登记答复。")

    # --- 结案 ---

    def conclude(self) -> None:
        """Conclude the dispute; what is missing is told first."""
        case = self._ready()
        if case is None:
            return
        lacks = list(course_rules.lacks_to_conclude(case))
        told = "\n".join(f"！{lack.text}。" for lack in lacks) or "该办的都办了，结案以后检查卷宗、归档。"
        if said := self._asked("结案", told, step_fields.CONCLUDE, {"on": self._context.desk.today()}, "结案"):
            self._do("conclude", case, done="已结案，请检查卷宗材料，办理归档。", **said)

    def reopen(self) -> None:
        """Take up again what was concluded or filed; what was typed in a filed case waits, since it cannot be saved before."""
        case = self._filed or self._ready()
        told = "编号不变，原来的记录都保留，时间线上写明第几次办理。"
        if case and (said := self._asked("重新办理", told, step_fields.REOPEN, {}, "重新办理")):
            self._do("reopen", case, done="已重新打开，可以继续办理。", **said)

    # --- asking and doing ---

    def _asked(self, title: str, told: str, fields: Sequence[Field], begin: dict[str, Any], yes: str) -> dict[str, Any] | None:
        dialog = StepDialog(self._notice.window(), title, told, fields, begin, yes)
        self._draft = draft_name(title, self._case_id)
        dialog.keep(self._context, self._draft)
        said = dialog.asked() if self._context.asker.accepted(dialog) else None
        dialog.deleteLater()
        return said

    def _do(self, name: str, case: Case, *words: Any, done: str, **said: Any) -> None:
        from desktop.services import course

        step: Callable[..., Saved] = getattr(course, name)
        draft, self._draft = self._draft, ""
        desk = self._context.desk
        saved = self._notice.attempt(lambda: drop_with(desk, draft, partial(step, desk, case, *words, **said)))
        if saved is not None:
            self.changed.emit(saved.case, _NAMES[name])
            self._notice.done(done)


_NAMES = {
    "accept": "受理",
    "decline": "不予受理",
    "guide": "引导其他途径",
    "return_result": "回复来文单位",
    "assess": "研判定级",
    "report_to_police": "报告公安",
    "escalate": "升级",
    "transfer": "移送",
    "whistle": "吹哨",
    "report_up": "上报",
    "answer": "登记答复",
    "conclude": "结案",
    "reopen": "重新办理",
}
"""What each step is called where it is undone."""


def _proposed(case: Case) -> intake.Proposal:
    return intake.decide(case.intake.barred if case.intake else (), case.source)


def _with_choices(fields: Sequence[Field], name: str, values: Sequence[str], labels: Sequence[str] = ()) -> list[Field]:
    """The fields, the one of that name with a picker over the values."""
    picker = partial(Choice, values, labels)
    return [Field(one.name, one.label, picker, one.width, one.required) if one.name == name else one for one in fields]


def _offered(case: Case) -> frozenset[str]:
    """Which steps make sense where the case stands; the law decides about them when they are taken."""
    now = status(case)
    taken = case.intake is not None and case.intake.decision == "受理"
    offered = set[str]()
    if now in (*_OPEN, Status.DECLINED):
        offered |= {"引导", "不予受理"} if now == Status.ACCEPTED else set()
        offered |= set() if taken else {"受理"}
    if now not in _ENDED:
        offered |= {"研判", "吹哨", "上报"}
        offered |= {"升级"} if (case.level or 1) < len(LEVELS) else set()
        offered |= {"移送"} if now in (*_OPEN, Status.STABILISED) else set()
        offered |= {"报警"} if assessing.must_report(case) else set()
    offered |= {"答复"} if any(one.kind != "分流" for one in case.routings) and now != Status.CLOSED else set()
    offered |= {"回复"} if course_rules.must_return(case) and now != Status.CLOSED else set()
    offered |= {"重办"} if now in _ENDED else {"结案"} if now not in _OPEN else set()
    return frozenset(offered)
