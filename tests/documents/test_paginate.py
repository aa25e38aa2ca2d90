"""Strips onto pages."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.look import Look
from desktop.documents.mark import Rule, Text
from desktop.documents.paginate import PageOfStrips, marks_of, paginate
from desktop.documents.rows import Cell, Padding, row
from desktop.documents.strip import Frame, Strip, bound_to_next, kept, new_page, tightened, without_orphans

ROOM = 100.0
LOOK = Look(font="仿宋", size=10, leading=10)


def on_pages(strips: list[Strip]) -> list[list[float]]:
    return [[strip.height for _, strip in page.strips] for page in paginate(strips, lambda _: ROOM)]


def test_a_full_page_ends() -> None:
    assert on_pages([Strip(40.0), Strip(60.0), Strip(1.0)]) == [[40.0, 60.0], [1.0]]


def test_what_stays_together_moves_together() -> None:
    assert on_pages([Strip(40.0), *kept([Strip(30.0), Strip(31.0)])]) == [[40.0], [30.0, 31.0]]


def test_what_is_higher_than_a_page_breaks_where_the_page_is_full() -> None:
    assert on_pages([Strip(40.0), *kept([Strip(30.0) for _ in range(5)])]) == [[40.0, 30.0, 30.0], [30.0, 30.0, 30.0]]


def test_space_is_left_out_at_the_top_of_a_page() -> None:
    assert on_pages([Strip(100.0), Strip(5.0, blank=True), Strip(7.0)]) == [[100.0], [7.0]]


def test_labels_are_repeated() -> None:
    head = (Strip(10.0),)
    assert on_pages([*head, *(Strip(40.0, head=head) for _ in range(4))]) == [[10.0, 40.0, 40.0], [10.0, 40.0, 40.0]]


def test_the_first_page_may_be_shorter() -> None:
    pages = paginate([Strip(40.0) for _ in range(4)], lambda n: 50.0 if n == 0 else ROOM)
    assert [len(page.strips) for page in pages] == [1, 2, 1]


def test_no_line_of_a_paragraph_stands_alone() -> None:
    lines = without_orphans([Strip(10.0) for _ in range(4)])
    assert on_pages([Strip(70.0), *lines]) == [[70.0, 10.0, 10.0], [10.0, 10.0]]
    assert on_pages([Strip(85.0), *lines]) == [[85.0], [10.0] * 4]


def test_binding_counts_lines_and_not_space() -> None:
    bound = bound_to_next([Strip(1.0), Strip(2.0), Strip(3.0, blank=True), Strip(4.0)], 2)
    assert [strip.keep for strip in bound] == [False, True, True, True]


@given(st.lists(st.tuples(st.floats(1, 60), st.booleans(), st.booleans()), max_size=40))
def test_nothing_is_lost_and_no_page_overflows(parts: list[tuple[float, bool, bool]]) -> None:
    strips = [Strip(height, keep=keep, blank=blank) for height, keep, blank in parts]
    pages = paginate(strips, lambda _: ROOM)
    placed = [strip for page in pages for _, strip in page.strips if not strip.blank]
    assert placed == [strip for strip in strips if not strip.blank]
    assert all(page.used <= ROOM + 1e-6 for page in pages)


def long_row() -> list[Strip]:
    return row([Cell(0.0, 40.0, "栏目", LOOK, "center", label=True), Cell(40.0, 108.0, "字" * 300, LOOK)], padding=Padding())


def test_a_long_row_is_framed_and_labelled_on_every_page() -> None:
    pages = [marks_of(page, 0.0, 0.0) for page in paginate(long_row(), lambda _: ROOM)]
    assert len(pages) == 4
    for marks in pages:
        assert [mark.line.ink for mark in marks if isinstance(mark, Text)].count("栏目") == 1
        assert len([mark for mark in marks if isinstance(mark, Rule) and mark.x1 == mark.x2]) == 3


def test_a_label_stands_in_the_middle_of_its_row() -> None:
    page = PageOfStrips()
    for strip in long_row()[:9]:
        page.add(strip)
    label = next(mark for mark in marks_of(page, 0.0, 0.0) if isinstance(mark, Text) and mark.line.ink == "栏目")
    assert abs(label.y - LOOK.baseline + LOOK.leading / 2 - page.used / 2) < 1e-6


def test_a_new_page_begins_where_it_is_asked_for() -> None:
    assert on_pages([Strip(40.0), *new_page(), Strip(5.0, blank=True), Strip(7.0)]) == [[40.0], [7.0]]
    assert on_pages([*new_page(), Strip(7.0), *new_page(), *new_page(), Strip(8.0)]) == [[7.0], [8.0]]


def test_tighter_strips_keep_their_marks_in_the_middle_and_tables_as_they_are() -> None:
    mark, frame = Rule(0.0, 10.0, 5.0, 10.0), Frame((0.0, 5.0))
    text, cell = tightened([Strip(20.0, (mark,)), Strip(20.0, (mark,), frame=frame)], 0.8)
    assert (text.height, text.marks) == (16.0, (Rule(0.0, 8.0, 5.0, 8.0),))
    assert (cell.height, cell.marks) == (20.0, (mark,))


@given(st.integers(4, 40), st.integers(0, 90))
def test_a_label_has_room_on_every_page_that_a_long_row_runs_over(lines: int, above: int) -> None:
    """A label of three lines is never higher than the part of its row that stands beside it."""
    cells = [Cell(0.0, 30.0, "一\n二\n三", LOOK, label=True), Cell(30.0, 30.0, "字\n" * lines + "末", LOOK)]
    for page in paginate([Strip(float(above)), *row(cells, padding=Padding(top=2.0))], lambda _: ROOM):
        height = sum(strip.height for _, strip in page.strips if strip.frame)
        assert height == 0 or height >= 3 * LOOK.leading
