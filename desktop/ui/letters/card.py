"""One letter: what it is, what happened to it, and the buttons for what this office may do with it now."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.codes import LetterMoveKind, choices
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.letter_chain import Link, chain
from desktop.domain.letter_course import NOT_RECEIVED, LetterState, course, days_overdue
from desktop.domain.letter_next import is_pressing, next_move
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.dates import chinese
from desktop.ui.letters.dialogs import ActDialog, letter_dialog, move_dialog
from desktop.ui.slices import Slices
from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped, visible

if TYPE_CHECKING:
    from desktop.services.letter_box import Line

KEYS: dict[LetterMoveKind, str] = {
    "送签": "Alt+S",
    "签发": "Alt+Q",
    "送达": "Alt+D",
    "签收": "Alt+R",
    "开始办理": "Alt+B",
    "反馈": "Alt+F",
    "认可销号": "Alt+X",
    "退回重办": "Alt+C",
    "异议退回": "Alt+Y",
    "申请延期": "Alt+E",
    "准予延期": "Alt+Z",
    "不准延期": "Alt+N",
    "督办": "Alt+U",
    "提级": "Alt+T",
    "作废": "Alt+V",
}
"""Each step has a key of its own, which is the same wherever it is offered."""

_SAID: dict[LetterMoveKind, str] = {"退回重办": "退回重办…", "反馈": "写反馈单", "督办": "督办…"}
_ANSWER = "写明办理的过程和结果，保存后取得文号，随交换包送给发文单位。"
_URGE = "已填好原来的事由、措施和逾期天数，核对以后签发。"
_DRAFT = "签发以前可以修改；签发以后内容不能再改。"


class LetterCard(QWidget):
    """Shows one letter of a case. `changed` carries the case as a step left it.

    `ready` gives the case as it is saved, after saving what was typed around the card; None if that cannot be.
    """

    changed = Signal(object)

    def __init__(self, context: Context, notice: Notice, ready: Callable[[], Case | None]) -> None:
        super().__init__()
        self._context, self._notice, self._ready = context, notice, ready
        self._case: Case | None = None
        self._letter: Letter | None = None
        self._following: LetterMoveKind | None = None
        self._search = Slices(self)
        self.title, self.told, self.links = heading("", "head"), heading("", "fact"), heading("", "fact")
        for label in (self.told, self.links):
            label.setTextFormat(Qt.TextFormat.RichText)
        self.late = heading("", "fault")
        kinds: tuple[LetterMoveKind, ...] = choices(LetterMoveKind)  # type: ignore[assignment]
        self.steps = {kind: button(_SAID.get(kind, kind), partial(self.step, kind), key=KEYS[kind]) for kind in kinds}
        self.edit_button = button("修改草稿", self.edit, key="Alt+G")
        self.drop_button = button("删去草稿", self.drop, key="Alt+Del")
        self.row = ButtonRow((*self.steps.values(), self.edit_button, self.drop_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, self.late, self.row, self.told, heading("办理经过", "label"), self.links):
            column.addWidget(part)
        column.addStretch(1)
        self.show_letter(None, "")

    def show_letter(self, case: Case | None, letter_id: str) -> None:
        """Show the letter of the case, or nothing."""
        self._search.rest()
        self._case = case
        self._letter = next((one for one in case.letters if one.id == letter_id), None) if case and letter_id else None
        self.setVisible(self._letter is not None)
        if case is None or self._letter is None:
            return
        letter, now = self._letter, course(self._letter, case.moves)
        self.title.setText(visible(f"{letter.kind}　{letter.number or '（签发后编号）'}　{now.state}"))
        late = days_overdue(letter, case.moves, self._context.desk.today())
        self.late.setText(f"✕ 已逾期{late}天" if late else "")
        self.late.setVisible(bool(late))
        self.told.setText(_facts(case, letter))
        self.links.setText(_chain(chain(case, letter)))
        self._offer(case, letter, draft=now.state in (LetterState.DRAFT, LetterState.SUBMITTED))

    def _offer(self, case: Case, letter: Letter, *, draft: bool) -> None:
        from desktop.services import letter_homes, letters
        from desktop.services.stations import own_names

        desk = self._context.desk
        may = letter_homes.may_write(desk, case.id)
        legal = letters.legal_moves(desk, case, letter) if may else ()
        for kind, made in self.steps.items():
            made.setVisible(kind in legal)
        mine = may and draft and letter.issuer in (None, *own_names(desk))
        for made in (self.edit_button, self.drop_button):
            made.setVisible(mine)
        self.row.setVisible(bool(legal) or mine)
        self._mark(next_move(legal, pressing=is_pressing(case, letter, desk.today())))
        self.row.fit()

    def _mark(self, following: LetterMoveKind | None) -> None:
        """Let the button of the move that comes next stand out."""
        self._following = following
        for kind, made in self.steps.items():
            role = "main" if kind == following else ""
            if (made.property("role") or "") != role:
                made.setProperty("role", role)
                made.style().polish(made)

    def reveal(self) -> bool:
        """Put the cursor on the button of the move that comes next, or on the first one; False where nothing is to be done."""
        offered = [made for made in (*self.steps.values(), self.edit_button) if self._letter and not made.isHidden()]
        wanted = self.steps[self._following] if self._following else None
        first = wanted if wanted in offered else next(iter(offered), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the cursor."""
        if not enter_presses(event):
            super().keyPressEvent(event)

    # --- steps ---

    def step(self, kind: LetterMoveKind) -> None:
        """Do a step after asking what it needs."""
        from desktop.services import letter_box

        if self.steps[kind].isHidden():
            return
        case = self._now()
        letter = self._letter
        if case is None or letter is None:
            return
        if kind == "签发":
            self._notice.done("正在查找是否发过同一线索……")
            steps = letter_box.looking(self._context.desk, case, letter)
            self._search.start(steps, partial(self._issue, case, letter), self._notice.refused)
            return
        dialogs: dict[str, Callable[[Case, Letter], ActDialog | None]] = {"反馈": self._answer, "督办": self._urge}
        dialog = dialogs.get(kind, partial(self._move, kind=kind))(case, letter)
        if dialog is not None:
            self._ask(dialog, f"已登记：{kind}。")

    def edit(self) -> None:
        """Change a letter that is not issued."""
        from desktop.services import letters

        case, letter = self._now(), self._letter
        if case is None or letter is None:
            return
        desk = self._context.desk
        names = [kind.name for kind in letters.kinds(desk)]
        offices = letters.addressees(desk)
        self._ask(
            letter_dialog(
                self,
                "修改草稿",
                letter,
                lambda value: letters.draft(desk, case.id, value),
                told=_DRAFT,
                yes="保存",
                offices=offices,
                kinds=names,
            ),
            "草稿已保存。",
        )

    def drop(self) -> None:
        """Take out a letter that is not issued."""
        from desktop.services import letters

        case, letter = self._now(), self._letter
        if case and letter and self._context.asker.confirm(self, "要删去这份草稿吗？", "删去"):
            saved = self._notice.attempt(lambda: letters.discard(self._context.desk, case.id, letter.id))
            if saved:
                self.changed.emit(saved.case)
                self._notice.done("草稿已删去。")

    def _move(self, case: Case, letter: Letter, *, kind: LetterMoveKind) -> ActDialog:
        from desktop.services import letters

        desk = self._context.desk
        now = course(letter, case.moves)
        until = now.asked.until if kind == "准予延期" and now.asked else None
        by = letter.signer if kind == "签发" else desk.operator
        move = LetterMove(kind=kind, on=desk.today(), by=by, until=until)

        def act(value: LetterMove) -> object:
            note, who = value.note or "", value.by or ""
            return letters.move(desk, case.id, letter.id, kind, on=value.on, by=who, note=note, until=value.until)

        return move_dialog(self, kind, move, act)

    def _answer(self, case: Case, letter: Letter) -> ActDialog | None:
        from desktop.services import letters
        from desktop.services.letters import NoSuchKind

        desk = self._context.desk
        try:
            reply = letters.blank_answer(desk, case, letter)
        except NoSuchKind:  # the office's set has no such slip: what came is written down
            return self._move(case, letter, kind="反馈")
        reply = msgspec.structs.replace(reply, issued_on=desk.today())

        def act(value: Letter) -> object:
            return letters.answer(desk, case.id, letter.id, value)

        return letter_dialog(self, f"反馈{letter.number or ''}", reply, act, told=_ANSWER, yes="签发并反馈")

    def _urge(self, case: Case, letter: Letter) -> ActDialog | None:
        from desktop.services import letters

        desk = self._context.desk
        order = self._notice.attempt(lambda: letters.blank_supervision(desk, case, letter))
        if order is None:
            return None
        order = msgspec.structs.replace(order, issued_on=desk.today())

        def act(value: Letter) -> object:
            return letters.supervise(desk, case.id, letter.id, value)

        title = f"第{order.supervision}次督办{letter.number or ''}"
        return letter_dialog(self, title, order, act, told=_URGE, yes="签发督办单", offices=letters.addressees(desk))

    def _issue(self, case: Case, letter: Letter, found: "list[Line]") -> None:
        """Ask for the issue, first whether the letter goes out although the same clue went out before (domain.md 1.5 rule 6)."""
        self._notice.hide()
        if not found or self._context.asker.confirm(self, repeated(found), "仍要签发"):
            self._ask(self._move(case, letter, kind="签发"), "已登记：签发。")

    def _ask(self, dialog: ActDialog, done: str) -> None:
        if self._letter and self._case:
            dialog.keep(self._context, f"{self._case.id}:{self._letter.id}")
        accepted = self._context.asker.accepted(dialog)
        dialog.deleteLater()
        if accepted and self._case:
            from desktop.services import letter_homes

            self.changed.emit(letter_homes.load(self._context.desk, self._case.id))
            self._notice.done(done)

    def _now(self) -> Case | None:
        """The case as it is saved, and the letter in it as it now stands."""
        case = self._ready()
        if case and self._letter:
            self._letter = next((one for one in case.letters if one.id == self._letter.id), None)
        return case


def enter_presses(event: QKeyEvent) -> bool:
    """Whether this was Enter alone on a button, which is pressed by it."""
    at = QApplication.focusWidget()
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not enter or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not isinstance(at, QPushButton):
        return False
    at.click()
    return True


def repeated(found: "list[Line]") -> str:
    """The warning that the same clue was sent before."""
    lines = [f"{line.number}（{line.recipient}，{chinese(line.issued_on)}，{line.state}）{line.title}" for line in found[:5]]
    more = f"\n……共{len(found)}份" if len(found) > 5 else ""
    return "最近三十天已经发过同一线索：\n" + "\n".join(lines) + more + "\n仍要签发吗？"


def _facts(case: Case, letter: Letter) -> str:
    now = course(letter, case.moves)
    limit = f"{chinese(now.deadline)}" + (f"（原为{chinese(letter.due_on)}）" if now.deadline != letter.due_on and letter.due_on else "")
    lines = [
        ("发文", letter.issuer or ""),
        ("主送", letter.to or ""),
        ("事项", letter.title or case.title),
        ("时限", limit if now.deadline else ""),
        ("责任人", "　".join(part for part in (letter.responsible, letter.responsible_phone) if part)),
        ("事由", letter.matter or ""),
        ("措施", "；".join(letter.measures)),
        ("结果", letter.result or ""),
        ("督办", f"{now.supervised}次" + ("，已提级" if now.escalated else "") if now.supervised else ""),
        ("申请", _asked(now.asked)),
        ("提示", "还没有签收" if now.state in NOT_RECEIVED else ""),
    ]
    return _table((name, text) for name, text in lines if text)


def _asked(move: LetterMove | None) -> str:
    return f"申请延期到{chinese(move.until)}：{move.note or ''}" if move else ""


def _chain(links: list[Link]) -> str:
    told = [(chinese(link.on) or "日期不明", _told(link)) for link in links]
    return _table(told) if told else "还没有办理记录。"


def _told(link: Link) -> str:
    who = "　".join(part for part in (link.office, link.by) if part)
    return "\n".join(part for part in (link.what, who, link.note) if part)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = (
        f"<tr><td style='white-space:nowrap;color:{COLOURS['soft']}'>{escaped(name)}</td>"
        f"<td>{escaped(text).replace(chr(10), '<br>')}</td></tr>"
        for name, text in rows
    )
    return f"<table cellspacing=5>{''.join(cells)}</table>"
