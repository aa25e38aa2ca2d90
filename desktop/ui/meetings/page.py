"""研判会商: the meetings of this office; prepare one, decide about its disputes, print its papers."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.meeting import Meeting, MeetingKind
from desktop.domain.refused import Refused
from desktop.ui.ask import Leave
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.empty_state import EmptyState
from desktop.ui.entry.dates import chinese
from desktop.ui.meetings import unsaved
from desktop.ui.meetings.papers import letter_paper, papers_of
from desktop.ui.meetings.sheet import AGENDA, LETTERS, MeetingSheet
from desktop.ui.meetings.unsaved import Kept
from desktop.ui.page import Page
from desktop.ui.paper.dialog import Paper, PreviewDialog
from desktop.ui.theme import em
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.meetings import Heading

KEYS: dict[MeetingKind, str] = {"日研判": "Ctrl+D", "周研判": "Ctrl+W", "月会商": "Ctrl+M", "季分析": "Ctrl+J"}
"""They prepare a meeting of the kind."""

DRAFT_DELAY = 1500
"""Milliseconds after the last key before what was typed is kept as a draft."""

_BESIDE, _ROOMY = 46, 60
"""From so many ems on something stands beside the list of meetings, and from so many on the list beside the meeting that is open."""


class MeetingsPage(Page):
    """The page of meetings. `wanted_case` asks for a case (its id, the path of a field), `wanted` for another page."""

    wanted_case = Signal(str, str)
    wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        from desktop.services import meetings

        self._context, self._meetings = context, meetings
        self._shown: Meeting | None = None
        self._headings: list[Heading] = []
        self._busy = False
        self.notice, self.list, self.title = Notice(), QListWidget(), heading("", "title")
        self.list.setAccessibleName("历次会商")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        self.sheet: MeetingSheet | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_DELAY)
        self._timer.timeout.connect(lambda: self.notice.attempt(self.keep_draft))
        self._build()
        self.refresh()

    # --- building ---

    def _build(self) -> None:
        self.prepare_buttons = [
            button(f"准备{kind}", partial(self.prepare, kind), key=key, role="main" if kind == "周研判" else "")
            for kind, key in KEYS.items()
        ]
        self.back_button = button("返回列表", self.close_meeting, key="Esc", drawing="back")
        self._actions = ButtonRow(
            (
                button("保存", self.save, key="Ctrl+S", role="main", drawing="save"),
                button("打印材料", lambda: self.preview(0), key="Ctrl+P", drawing="print"),
                button("打印纪要", lambda: self.preview(1), key="Ctrl+Shift+P", drawing="print"),
                button("删去这次会商", self.drop, key="Ctrl+F8", drawing="remove"),
                self.back_button,
            )
        )
        self._nothing = EmptyState()
        self._prepare_row = ButtonRow(self.prepare_buttons)
        right = QWidget()
        self._right = QVBoxLayout(right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self.title)
        self._right.addWidget(self._actions)
        self.stack.addWidget(self._nothing)
        self.stack.addWidget(right)
        row = QHBoxLayout()
        row.addWidget(self.list, 2)
        row.addWidget(self.stack, 9)
        column = QVBoxLayout(self)
        column.addWidget(self._prepare_row)
        column.addWidget(self.notice)
        column.addLayout(row, 1)
        self.list.itemActivated.connect(lambda _: self._open_chosen())
        self.list.itemClicked.connect(lambda _: self._open_chosen())

    def _sheet(self) -> MeetingSheet | None:
        """The form of a meeting, made when it is first wanted; None, and why, if the office's own kinds of letters cannot be read."""
        if self.sheet is None:
            from desktop.services import letters

            desk = self._context.desk
            found = self.notice.attempt(lambda: (self._meetings.steps(desk), letters.kinds(desk)))
            if found is None:
                return None
            aside = [kind.name for kind in found[1] if kind.style == "函"] or [kind.name for kind in found[1]]
            self.sheet = sheet = MeetingSheet(found[0], aside, self._right.parentWidget())
            self._right.addWidget(sheet, 1)
            sheet.changed.connect(self._timer.start)
            sheet.agenda.decided.connect(self.decide)
            sheet.agenda.asked.connect(self.add)
            sheet.agenda.left_out.connect(self.leave_out)
            sheet.agenda.opened.connect(self._open_case)
            sheet.issue_asked.connect(self.issue)
            sheet.letter_asked.connect(self.print_letter)
        return self.sheet

    # --- the list ---

    def refresh(self) -> None:
        """Show the meetings as they now are."""
        self._headings = self._meetings.listed(self._context.desk)
        self.list.clear()
        self.list.addItems([f"{chinese(one.held_on)}　{one.kind}" for one in self._headings])
        shown = self._shown.id if self._shown else ""
        self.list.setCurrentRow(next((row for row, one in enumerate(self._headings) if one.id == shown), 0 if self._headings else -1))
        if self._headings:
            self._nothing.say("选一次会商", "按 Enter 打开；或者按上面的按钮准备新的一次。")
        else:
            self._nothing.say("还没有会商", "按上面的按钮准备一次：议题从纠纷里自动列出，\n高风险、逾期、重复、到期和新登记的都在。")
        self._fit()

    def _open_chosen(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._headings) and (self._shown is None or self._headings[row].id != self._shown.id) and self.may_leave():
            self.open(self._headings[row].id)

    def open(self, meeting_id: str) -> None:
        """Show the meeting, with what was typed and not saved laid over it."""
        meeting = self.notice.attempt(lambda: self._meetings.load(self._context.desk, meeting_id))
        if meeting is None:
            return
        self.notice.hide()
        kept = unsaved.kept(self._context.desk, meeting)
        if self._show(meeting, kept.meeting if kept else None) and kept is not None and self.sheet is not None:
            self.sheet.put_back(kept.texts)
            self.notice.done("已恢复上次没有保存的内容，请核对后保存。")

    def show_letters(self) -> None:
        """Show the letters of the meeting that is open."""
        if self._shown is not None and self.sheet is not None:
            self.sheet.show_tab(LETTERS)

    def _show(self, meeting: Meeting, typed: Meeting | None = None) -> bool:
        """Show the meeting, or what was typed of it; False where the form of a meeting cannot be made."""
        sheet = self._sheet()
        if sheet is None:
            return False
        self._timer.stop()
        self._shown = meeting
        self.title.setText(visible(meeting.title))
        sheet.offer_letter(self._meetings.draft_letter(self._context.desk, meeting, sheet.letter_kind))
        sheet.show_meeting(typed or meeting, meeting)
        self.stack.setCurrentIndex(1)
        self._fit()
        return True

    def close_meeting(self) -> None:
        """Go back: from the fields of an item to the agenda, from the meeting to the list if nothing is lost by it."""
        if self.sheet is not None and self.sheet.agenda.leave_item():
            return
        if self.may_leave():
            self._forget()

    def _forget(self) -> None:
        self._shown = None
        self.stack.setCurrentIndex(0)
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- preparing ---

    def prepare(self, kind: MeetingKind) -> None:
        """Prepare a meeting of the kind for today, off the window's thread, and keep it."""
        if self._busy or not self.may_leave():
            return
        self._busy = True
        self.notice.done(f"正在准备{kind}……")
        from desktop.services import meetings

        desk = self._context.desk

        def work() -> Meeting:
            with desk.beside() as beside:
                return meetings.prepare(beside, kind, desk.today())

        self._context.worker.start(work, self._on_prepared, self._on_refused)
        QTimer.singleShot(0, self, self._sheet)  # meanwhile

    def _on_prepared(self, meeting: Meeting) -> None:
        self._busy = False
        saved = self.notice.attempt(lambda: self._meetings.save(self._context.desk, meeting))
        if saved is None:
            return
        shown = self._show(saved)
        self.refresh()
        if not shown:
            return
        more = f"，另有 {saved.more:,} 件没有列入" if saved.more else ""
        self.notice.done(f"{saved.title}已备好，议题 {len(saved.items)} 件{more}。")
        if self.sheet:
            self.sheet.show_tab(AGENDA)

    def _on_refused(self, sentence: str) -> None:
        self._busy = False
        self.notice.refused(sentence)

    # --- what is typed ---

    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self._shown is not None and self.sheet is not None and self.sheet.unsaved()

    def save(self) -> bool:
        """Save what was typed; False, and why, if that cannot be."""
        if self._collected() is None:
            return False
        return self._keep(self._meetings.save, "已保存。")

    def keep_draft(self) -> None:
        """Keep what was typed and is not saved."""
        self._timer.stop()
        if self._shown is not None and self.sheet is not None and self.unsaved():
            unsaved.keep(self._context.desk, Kept(self.sheet.collect(), self.sheet.half_typed()))

    def may_leave(self) -> bool:
        """True when nothing would be lost: saved, nothing to save, or said to drop it."""
        if not self.unsaved():
            return True
        answer = self._context.asker.leave(self, "这次会商有没保存的内容，要保存吗？")
        if answer is Leave.SAVE:
            return self.save()
        if answer is Leave.DROP and self._shown is not None:
            self._drop_draft(self._shown)
            if self.sheet is not None:
                self._show(self._meetings.load(self._context.desk, self._shown.id))
        return answer is Leave.DROP

    def rest(self) -> None:
        self._timer.stop()

    def _collected(self) -> Meeting | None:
        """The meeting as typed; None, and the cursor where something is wrong."""
        sheet = self.sheet
        if sheet is None or self._shown is None:
            return None
        faults = sheet.faults(strict=True)
        if faults:
            tab, fault = faults[0]
            self.notice.refused(f"还不能保存：{fault.sentence}")
            sheet.reveal(tab, fault.path)
            return None
        return sheet.collect()

    def _keep(self, work: Callable[["Desk", Meeting], Meeting], told: str) -> bool:
        """Do something with the meeting as typed that also keeps it."""
        meeting = self._collected()
        kept = self.notice.attempt(lambda: work(self._context.desk, meeting)) if meeting else None
        if kept is not None:
            self._take(kept, told)
        return kept is not None

    def _take(self, kept: Meeting, told: str) -> None:
        """Show the meeting as it was just kept."""
        self._drop_draft(kept)
        self._show(kept)
        self.notice.done(told)

    def _drop_draft(self, meeting: Meeting) -> None:
        self._timer.stop()
        unsaved.drop(self._context.desk, meeting)

    # --- deciding ---

    def decide(self, case_id: str, step: str) -> None:
        """Write the decision to the case; where something is missing, the cursor goes there."""
        from desktop.services.decisions import Undecided

        sheet, meeting = self.sheet, self._collected()
        if sheet is None or meeting is None or not self._still(meeting, case_id, step):
            return
        try:
            kept = self._meetings.decide(self._context.desk, meeting, case_id)
        except Undecided as missing:
            self.notice.refused(str(missing))
            sheet.agenda.edit(missing.field)
            return
        except Refused as error:
            self.notice.refused(str(error))
            return
        item = kept.item(case_id)
        letter = f"{step}草稿已放入这件纠纷的三单一函，签发后编号。" if item.letter else ""
        self._take(kept, f"“{item.title}”已议定：{step}。{letter}")
        sheet.agenda.choose_next(case_id)

    def _still(self, meeting: Meeting, case_id: str, step: str) -> bool:
        """Whether another decision than the one that was written is wanted; asked, because it takes back what that wrote."""
        wrote = meeting.item(case_id).wrote
        if not wrote or wrote == step:
            return True
        question = f"这件纠纷已经议定为“{wrote}”并写入，改为“{step}”？原来写入的草稿或者去向一起撤下。"
        return self._context.asker.confirm(self, question, f"改为{step}")

    def add(self, number: str) -> None:
        """Put the case of that number on the agenda."""
        add, save = self._meetings.add, self._meetings.save
        if self._keep(lambda desk, meeting: save(desk, add(desk, meeting, number)), "已加入议题。") and self.sheet:
            self.sheet.agenda.number.show_value(None)
            self.sheet.agenda.choose(len(self.sheet.agenda.items()) - 1)

    def leave_out(self, case_id: str) -> None:
        """Take the case from the agenda."""
        without, save = self._meetings.without, self._meetings.save
        self._keep(lambda desk, meeting: save(desk, without(meeting, case_id)), "已移出议题。")

    def issue(self, row: int) -> None:
        """Give the meeting's own letter its number, after asking; what has a number is not changed any more."""
        lacking = self._meetings.lacking(self._context.desk, self.sheet.collect().letters[row]) if self.sheet else ""
        if lacking:
            self.notice.refused(lacking)
        elif self._context.asker.confirm(self, "签发这份文书？签发后编号，内容不能再改。", "签发"):
            self._keep(lambda desk, meeting: self._meetings.issue(desk, meeting, row), "已签发编号，可以打印。")

    def drop(self) -> None:
        """Take the meeting out, after asking."""
        meeting = self._shown
        if meeting is None or not self._context.asker.confirm(self, f"删去{meeting.title}？议题和纪要一起删去，不能恢复。", "删去"):
            return
        if self.notice.attempt(lambda: self._meetings.drop(self._context.desk, meeting) or True):
            self._drop_draft(meeting)
            self._forget()
            self.notice.done("已删去。")

    def _open_case(self, case_id: str) -> None:
        if self.may_leave():
            self.wanted_case.emit(case_id, "")

    # --- paper ---

    def preview(self, first: int) -> None:
        """Show the papers of the meeting as they will be printed, after saving it."""
        if self._shown is not None and (not self.unsaved() or self.save()):
            stored = self._meetings.load(self._context.desk, self._shown.id)  # with what urges and answers its letters by now
            self._open_preview(papers_of(self._context.desk, stored), first)

    def print_letter(self, row: int) -> None:
        """Show a letter of the meeting as it will be printed, after saving it."""
        if self._shown is not None and (not self.unsaved() or self.save()):
            self._open_preview([letter_paper(self._context.desk, self._shown.letters[row])], 0)

    def _open_preview(self, papers: list[Paper], first: int) -> None:
        title = self._shown.title if self._shown else ""
        self.dialog = PreviewDialog(self, self._context, papers, title, first)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.resize(self.window().size())
        self.dialog.open()

    # --- the room ---

    def _fit(self) -> None:
        """A meeting has all the width as long as it needs it."""
        opened, ems = self._shown is not None, self.width() / em(self)
        beside = ems > _BESIDE
        self.list.setVisible(bool(self._headings) and (ems > _ROOMY or not opened))
        self.stack.setVisible(beside or opened or not self._headings)
        self._prepare_row.setVisible(beside or not opened)
