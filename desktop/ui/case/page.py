"""One case: enter it, see where it stands, carry it to the signed agreement, print it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Literal, cast

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal

from desktop.domain.case import Case
from desktop.domain.course import step
from desktop.domain.lacking import still_lacking
from desktop.domain.laid_over import differences, laid_over
from desktop.domain.refused import Refused
from desktop.services import drafts
from desktop.services.desk import Desk
from desktop.services.drafts import Typed
from desktop.ui.ask import Leave
from desktop.ui.case.asked_page import AskedPage
from desktop.ui.case.course_steps import still_open
from desktop.ui.case.drafting import Drafting, put_texts, tab_of, texts_of
from desktop.ui.case.fields import STEP_FIELDS
from desktop.ui.case.remarks import notes, remarks
from desktop.ui.case.stepping import Stepping, told_of
from desktop.ui.case.view import AGREEMENT_TAB, LETTERS_TAB
from desktop.ui.context import Context
from desktop.ui.entry.inputs import Fault
from desktop.ui.paper.dialog import PreviewDialog

CHECK_DELAY = 300
"""Milliseconds after the last key before the doubts are looked for again."""


def blank_case(today: date, operator: str) -> Case:
    """What a new case starts from; who enters it is as a rule who mediates it."""
    return Case(type="", registered_on=today, summary="", parties=(), mediators=(operator,) if operator else ())  # type: ignore[arg-type]  # not chosen yet


def blank_of(desk: Desk) -> Case:
    """A new case of the office, today; an operator without a name of his own is nobody."""
    return blank_case(desk.today(), "" if desk.operator == desk.office.name else desk.operator)


class CasePage(AskedPage):
    """The page of one case. `saved` carries its id, `left` asks to go back to the list."""

    saved = Signal(str)
    left = Signal()

    def __init__(self, context: Context, *, bit_by_bit: bool = False) -> None:
        super().__init__(context, blank_of(context.desk), bit_by_bit=bit_by_bit)

    def _made(self, blank: Case) -> Iterator[Literal[False]]:
        from desktop.services import cases, past

        yield from super()._made(blank)
        context = self._context
        self._before = blank
        self._cases, self._past = cases, past
        self.drafting = Drafting(context, lambda: (self._before, self.typed()))
        self.stepping = Stepping(self, self.tabs, self.undo_row)
        self._held = False
        with suppress(Refused):  # a disk that is full is told where somebody saves
            drafts.tidy(context.desk)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_DELAY)
        self._timer.timeout.connect(self._check)
        self._connect()

    def _connect(self) -> None:
        self.tabs.typed.connect(self._timer.start)
        self.tabs.typed.connect(self.drafting.touch)
        self.drafting.kept.connect(self._say_kept)
        self.drafting.failed.connect(self._say_not_kept)
        self.tabs.typed.connect(self.stepping.touch)
        self.tabs.typed.connect(self.strip.rest)
        self.stepping.stepped.connect(self._on_stepped)
        self.strip.wanted.connect(lambda name: self.open_draft(name) if self.may_leave() else None)
        self.strip.given_up.connect(self._give_up)
        self.tabs.currentChanged.connect(self._on_tab)
        self.scans.busy.connect(self._hold)
        self.scans.changed.connect(self._take_over)
        self.doubts.settled.connect(self._take_over)
        self.doubles.changed.connect(self._take_over)
        self.doubles.opened.connect(lambda case_id: self.open(case_id) if self.may_leave() else None)
        self.scans.wanted.connect(lambda row: self.papers.show_scans(self._before, row))
        self.papers.sealed.connect(self._take_over)
        self.handover.changed.connect(self._take_over)
        self.course.changed.connect(self._take_over)
        self.letters.changed.connect(self._take_over)

    # --- showing ---

    def show_new(self) -> None:
        """Begin a new case; what was begun and not saved before is offered."""
        self.show_case(blank_of(self._context.desk))
        self.tabs.show_tab(0)
        self.strip.offer_others(self.drafting.name)

    def copy_former(self) -> None:
        """Choose a former case; what is taken over of it stands in the form, not saved, and can be undone."""
        from desktop.ui.case.former_dialog import FormerDialog

        dialog = FormerDialog(self, self._context)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._take_former)
        dialog.open()

    def _take_former(self, made: Case) -> None:
        self.stepping.note(self.typed())
        self.put(Typed(made))
        self.stepping.note(self.typed(), "照旧案新建")
        self._on_stepped()

    def open(self, case_id: str, path: str = "") -> None:
        """Show the case of the id, with what was typed and not saved; the cursor in the field of the path, or on the tab of its step."""
        resumed = drafts.resume(self._context.desk, drafts.name_of(case_id))
        if resumed:
            self._show_resumed(resumed)
        else:
            self.show_case(self._cases.load(self._context.desk, case_id))
        if path:
            self.reveal(path)
        else:
            self.tabs.rest_on(tab_of(STEP_FIELDS[step(self._before)]) or 0)

    def open_draft(self, name: str) -> None:
        """Go on with a draft, of a case or of a new one."""
        resumed = self.notice.attempt(lambda: drafts.resume(self._context.desk, name))
        if resumed and resumed.draft.case:
            self.open(resumed.draft.case)
        elif resumed:
            self._show_resumed(resumed)
            self.tabs.rest_on(0)

    def _show_resumed(self, resumed: drafts.Resumed) -> None:
        self._put_away()
        self._show(resumed.before)
        self.drafting.begin(resumed.draft.name, drafts.kept(self._context.desk, resumed.draft.name))
        self.stepping.begin(resumed.draft.name, resumed.before)
        self.put(resumed.typed)
        self.stepping.note(self.typed(), "接着写草稿")
        self._check()
        self.strip.tell(resumed)
        self._say_kept(resumed.draft.at[11:16])

    def show_case(self, case: Case) -> None:
        """Show the case as it is saved, with the steps that were taken in it since the office was opened."""
        self._put_away()
        self._show(case)
        self.drafting.begin(drafts.name_of(case.id))
        if self.stepping.begin(self.drafting.name, case):
            self.stepping.note(self.typed(), "不要草稿")  # if it was given up elsewhere
        self._check()

    def _put_away(self) -> None:
        self.stepping.put_away(self.drafting.name, self._before)

    def _show(self, case: Case) -> None:
        self._history = False
        self._fit()
        self._before = case
        self.strip.hide()
        self.notice.hide()
        self.doubts.show_case(case)
        self.doubles.show_case(case)
        self._offer_words()
        self.tabs.show_case(case)
        may_write = self.handover.show_case(case)
        self.tabs.set_reading(only=not may_write or case.closed_on is not None, but=still_open(case) if may_write else None)
        self.save_button.setEnabled(may_write)
        self.course.show_case(case, may_write=may_write)
        self.letters.show_case(case)
        self.former_button.setVisible(not case.id)
        self.timeline.show_events(self._past.timeline(self._context.desk, case.id) if case.id else ())

    def _offer_words(self) -> None:
        from desktop.services import hazards, letters

        self.tabs.offer_hazards(hazards.names(self._context.desk))
        kinds = self.notice.attempt(lambda: letters.kinds(self._context.desk))
        if kinds:
            self.tabs.offer_letter_kinds([kind.name for kind in kinds])

    def case_id(self) -> str:
        """The id of the case that is shown; empty while it is new."""
        return self._before.id

    def draft_key(self) -> str:
        """By what the drafts of dialogs about the case are known."""
        return drafts.key_of(self.drafting.name)

    # --- what is typed ---

    def faults(self, *, strict: bool) -> list[Fault]:
        """What cannot be used; strict: also what is missing."""
        return self.tabs.faults(strict=strict)

    def typed(self) -> Typed:
        """What stands in the form, usable or not."""
        return Typed(self.collect(), texts_of(self.tabs))

    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.collect() != self._before or bool(self.faults(strict=False))

    def save(self) -> bool:
        """Save what was typed; False if it was refused, which is then said beside the field or at the top."""
        self.notice.hide()
        faults = self.faults(strict=True)
        if faults:
            self.notice.refused(f"还不能保存：{faults[0].sentence}")
            self.tabs.reveal(faults[0].path)
            return False
        after = self.collect()
        if after == self._before and after.id:
            self.notice.done("没有改动，不用保存。")
            return True
        self.stepping.note(Typed(after))
        former = self._before
        found = self.notice.attempt(lambda: self._store(after))
        if found is None:
            self.drafting.touch()
            return False
        self._show_saved(found)
        self.stepping.steps.saved(former, found)
        self._check()
        self.notice.done(f"已保存，卷号 {found.number}。")
        self.saved.emit(found.id)
        return True

    def _store(self, after: Case) -> Case:
        """Save, and end the draft, in one transaction."""
        desk = self._context.desk
        self.drafting.finish()
        with desk.database.atomic():
            drafts.drop(desk, self.drafting.name)
            if self._before.id:
                return self._cases.save(desk, self._before, after).case
            made = self._cases.register(desk, after)
            drafts.registered(desk, self.draft_key(), made.id)
            return self._cases.load(desk, made.id)

    def _show_saved(self, case: Case) -> None:
        self._show(case)
        self.drafting.begin(drafts.name_of(case.id))

    def rest(self) -> None:
        self._timer.stop()
        self.living.rest()
        self.doubles.rest()
        self.drafting.close()

    def keep_draft(self) -> None:
        self.drafting.keep_now()

    def _ready(self) -> Case | None:
        """The case as it is saved, after saving what was typed; None, and why, if that cannot be."""
        if (self.unsaved() or not self._before.id) and not self.save():
            return None
        return self._before

    def _take_over(self, case: Case, step: str = "") -> None:
        """Show the case as something else than the form has saved it: a scan was added, a paper sealed, a step of the course taken."""
        former, typed = self._before, self.typed()
        seen = any(self.tabs.knows(path) for path in differences(former, case))
        self._show_saved(case)
        if step:
            self.stepping.steps.saved(former, case, step)
            self.put(Typed(laid_over(former, typed.case, case).case, typed.texts))
        elif seen:
            self.stepping.carry_over(former, case)
        else:
            self.stepping.steps.follow(self.typed())
        self._check()
        self.saved.emit(case.id)

    def _hold(self, busy: bool) -> None:
        """Let nothing be done here while the worker writes to the case."""
        self._timer.stop()
        self._held = busy
        self.setEnabled(not busy)

    def may_leave(self) -> bool:
        """True when nothing would be lost: what was typed is kept as a draft. Only where it cannot be kept is the operator asked."""
        if self._held:
            self.notice.refused("正在放入附件，请等它做完再离开。")
            return False
        try:
            self.keep_draft()
        except Refused as error:
            answer = self._context.asker.leave(self, f"{error}没有保存的内容也没有留存，要保存吗？")
            return self.save() if answer is Leave.SAVE else answer is Leave.DROP
        return True

    def leave(self) -> None:
        """Go back to the list if nothing is lost by it."""
        if self.may_leave():
            self.left.emit()

    def preview(self) -> None:
        """Show the papers of the case as they will be printed, after saving it: paper and case always agree."""
        case = self._ready()
        if case is None:
            return
        kind = {AGREEMENT_TAB: "调解协议书", LETTERS_TAB: case.letters[0].kind if case.letters else ""}.get(self.tabs.currentIndex(), "")
        self._check()  # nothing is left to be looked up while the dialog works with the case
        self.papers.show_papers(case, kind)

    @property
    def dialog(self) -> PreviewDialog:
        """The preview that was opened last."""
        return cast("PreviewDialog", self.papers.dialog)

    # --- drafts ---

    def _say_kept(self, at: str) -> None:
        self.undo_row.kept.setText(f"草稿已留存 {at}" if at else "")

    def _say_not_kept(self, sentence: str) -> None:
        self.undo_row.kept.setText("！草稿还没有留存")
        self.notice.refused(f"{sentence}草稿还没有留存，每秒会再试一次。")

    def _give_up(self) -> None:
        """Go back from the draft to what is saved; that can be undone."""
        self.stepping.note(self.typed())
        self.put(Typed(self._before))
        self.stepping.note(self.typed(), "不要草稿")
        self.drafting.keep_soon()
        self._check()

    # --- steps back and forth ---

    def put(self, typed: Typed, path: str = "") -> None:
        """Let the form hold this, the cursor in the field of the path; what no field shows stays as it is saved."""
        shown = {name: getattr(typed.case, name) for name in typed.case.__struct_fields__ if self.tabs.knows(name)}
        self.tabs.show_case(msgspec.structs.replace(self._before, **shown))
        put_texts(self.tabs, typed.texts)
        if path:
            self.tabs.reveal(path)

    def may_write(self) -> bool:
        """Whether this office may change the case."""
        return self.save_button.isEnabled()

    def unsave(self, name: str, former: Case, saved: Case, *, again: bool = False) -> bool:
        """Give the fields of a save their former values back, as a new change, or do it again; what was typed stays in the form."""
        from desktop.services.unsaving import save_again, unsave

        does = save_again if again else unsave
        found = self.notice.attempt(lambda: does(self._context.desk, former, saved, self._before))
        if found is None:
            return False
        self._show_saved(found)
        self.notice.done(told_of(name, again=again))
        self.saved.emit(found.id)
        return True

    def _on_stepped(self) -> None:
        self.drafting.touch()
        self._check()

    # --- following ---

    def _check(self) -> None:
        """Look at the case as typed: header, next thing, doubts, and the living page."""
        self._timer.stop()
        typed = self.typed()
        case, desk = typed.case, self._context.desk
        self.stepping.note(typed)
        self.header.show_case(case, unsaved=case != self._before or bool(typed.texts))
        self.doubles.follow(case)
        found = remarks(self._cases.doubts(desk, case), self._cases.findings(desk, case))
        self.tabs.show_notes(notes(found))
        self.side.show_remarks(found, self.tabs.knows)
        following = self._cases.next_thing(self._context.desk, case)
        for part in (self.side, self.next_line):
            part.show_next(following.text, following.field)
        self.side.show_missing(still_lacking(case), self.tabs.knows)
        self.living.show_case(case)
        self.tabs.suggest([party.name for party in case.parties if party.name])

    def _on_tab(self, _number: int) -> None:
        self._history = False
        self._fit()
        self.living.show_case(self.collect())
