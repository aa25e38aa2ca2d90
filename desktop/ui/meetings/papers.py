"""The papers of a meeting, ready to be previewed."""

from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.letter import Letter
from desktop.domain.meeting import Meeting
from desktop.ui.paper.dialog import Paper

if TYPE_CHECKING:
    from desktop.documents.meeting_paper import Kind
    from desktop.services.desk import Desk
    from desktop.services.preview import Shown

LETTER_COPIES = 2
"""One for the receiver, one for the file."""


def papers_of(desk: "Desk", meeting: Meeting) -> list[Paper]:
    """会商材料 and 会商纪要, and the letters of the meeting; of the material a copy for each who is invited."""
    from desktop.services.meeting_papers import MINUTES, PACK

    invited = sum(bool(one.name) for one in meeting.attendees)
    made = [
        Paper(PACK, PACK, partial(_shown, desk, meeting, PACK), max(invited, 1)),
        Paper(MINUTES, MINUTES, partial(_shown, desk, meeting, MINUTES)),
    ]
    return [*made, *(letter_paper(desk, one) for one in (*meeting.letters, *meeting.replies))]


def letter_paper(desk: "Desk", letter: Letter) -> Paper:
    """A letter of the meeting itself."""
    return Paper(f"{letter.kind}{letter.number or '（草稿）'}", letter.kind, partial(_letter_shown, desk, letter), LETTER_COPIES)


def _shown(desk: "Desk", meeting: Meeting, kind: "Kind") -> "Shown":
    """The paper, made off the window's thread: the cases are read on a connection of its own."""
    from desktop.services import meeting_papers
    from desktop.services.preview import Shown

    with desk.beside() as beside:
        return Shown(meeting_papers.render(beside, meeting, kind))


def _letter_shown(desk: "Desk", letter: Letter) -> "Shown":
    from desktop.services import meeting_papers
    from desktop.services.preview import Shown

    return Shown(meeting_papers.render_letter(desk, letter))
