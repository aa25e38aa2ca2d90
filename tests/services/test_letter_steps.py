"""Letters between real offices: the township issues, the village signs and answers, bundles carry both ways (domain.md 1.5)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.agreement import Agreement
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.letter_chain import chain
from desktop.domain.letter_course import LetterLocked, course, days_overdue, state
from desktop.domain.letter_rules import IllegalMove, Side
from desktop.domain.refused import Refused
from desktop.domain.visit import Visit
from desktop.services import cases, letter_box, letters
from desktop.services.desk import Desk
from desktop.services.letters import Incomplete, NoSuchKind, UnknownLetter
from tests.domain.samples import accepted
from tests.services.offices import COUNTY, NOW, STONE, TOWN, WILLOW
from tests.services.test_handover import carry, doubts, exchange_all
from tests.services.test_letters import use

Offices = dict[str, Desk]
TODAY = NOW.date()


@pytest.fixture
def case(offices: Offices, tmp_path: Path) -> Case:
    """A case of the township; every office knows the directory."""
    made = cases.register(offices[TOWN], accepted(type="合同", risk="中"))
    exchange_all(offices, tmp_path)
    return cases.load(offices[TOWN], made.id)


def order(desk: Desk, case: Case, to: str = "石桥村", **more: Any) -> Letter:
    blank = letters.blank(desk, case, "任务单", to)
    known: dict[str, Any] = {
        "matter": "滴水争吵，有激化苗头",
        "measures": ("上门走访",),
        "responsible": "石桥村书记",
        "signer": "李红",
    } | more
    return msgspec.structs.replace(blank, **known)


def issued(desk: Desk, case: Case, **more: Any) -> tuple[Case, Letter]:
    after = letters.issue(desk, case.id, order(desk, case, **more)).case
    return after, after.letters[-1]


def at(desk: Desk, case: Case, number: int = 0) -> str:
    now = cases.load(desk, case.id)
    return str(state(now.letters[number], now.moves))


def test_an_order_goes_down_and_its_answer_comes_up(offices: Offices, case: Case, tmp_path: Path) -> None:
    town, village = offices[TOWN], offices[STONE]
    after, letter = issued(town, case)
    assert letter.number == "青石综治任〔2026〕1号"
    assert (letter.issuer, letter.due_on) == ("青石镇综治中心", TODAY + timedelta(days=7))
    assert village.office.id in after.assigned
    exchange_all(offices, tmp_path)
    assert [line.number for line in letter_box.lines(village, "收到的", "未办结")] == [letter.number]
    got = cases.load(village, case.id)
    assert letters.legal_moves(village, got, got.letters[0]) == ("签收", "异议退回")
    letters.move(village, case.id, letter.id, "签收")
    letters.move(village, case.id, letter.id, "开始办理", note="已到现场")
    now = cases.load(village, case.id)
    reply = letters.blank_answer(village, now, letter)
    assert (reply.replies_to, reply.to, reply.kind) == (letter.number, "青石镇综治中心", "反馈单")
    reply = msgspec.structs.replace(reply, result="化解成功", measures=("已走访两次",), signer="王书记", agreement_number="〔2026〕2号")
    answered = letters.answer(village, case.id, letter.id, reply).case
    assert answered.letters[1].number == "石桥综治馈〔2026〕1号"
    assert at(village, case) == "已反馈"
    exchange_all(offices, tmp_path)
    assert [at(desk, case) for desk in (town, village, offices[COUNTY])] == ["已反馈"] * 3
    letters.move(town, case.id, letter.id, "认可销号")
    exchange_all(offices, tmp_path)
    assert [at(village, case), at(village, case, 1)] == ["已销号", "已签收"]
    told = [(link.what, link.office) for link in chain(cases.load(offices[COUNTY], case.id), letter)]
    assert told == [
        ("签发", "青石镇综治中心"),
        ("签收", "石桥村"),
        ("开始办理", "石桥村"),
        ("反馈", "石桥村"),
        ("认可销号", "青石镇综治中心"),
        ("反馈单 石桥综治馈〔2026〕1号", "石桥村"),
    ]
    assert all(doubts(desk, case) == set() for desk in (town, village, offices[COUNTY]))


def test_two_offices_act_at_once_and_both_moves_stand(offices: Offices, case: Case, tmp_path: Path) -> None:
    town, village = offices[TOWN], offices[STONE]
    _, letter = issued(town, case)
    exchange_all(offices, tmp_path)
    letters.move(village, case.id, letter.id, "签收")
    letters.supervise(town, case.id, letter.id)
    letters.move(village, case.id, letter.id, "申请延期", note="当事人外出", until=TODAY + timedelta(days=20))
    exchange_all(offices, tmp_path)
    for desk in (town, village):
        now = cases.load(desk, case.id)
        found = course(now.letters[0], now.moves)
        assert (found.state, found.supervised, found.asked is not None) == ("已签收", 1, True)
        assert doubts(desk, case) == set()
    letters.move(town, case.id, letter.id, "准予延期", until=TODAY + timedelta(days=20))
    letters.move(village, case.id, letter.id, "异议退回", note="不属本村")
    exchange_all(offices, tmp_path)
    assert {at(town, case), at(village, case)} == {"已退回"}
    letters.move(town, case.id, letter.id, "退回重办", note="当事人户籍在石桥", until=TODAY + timedelta(days=30))
    line = letter_box.lines(town, "发出的", "未办结")[-1]
    assert (line.state, line.due_on) == ("办理中", TODAY + timedelta(days=30))


def test_each_office_does_what_is_its_own(offices: Offices, case: Case, tmp_path: Path) -> None:
    _, letter = issued(offices[TOWN], case)
    exchange_all(offices, tmp_path)
    found = {code: letters.sides(desk, letter) for code, desk in offices.items()}
    assert found == {TOWN: {Side.ISSUER}, STONE: {Side.ADDRESSEE}, COUNTY: {Side.SUPERIOR}, WILLOW: frozenset()}
    for code, kind in ((TOWN, "签收"), (COUNTY, "签收"), (STONE, "督办")):
        with pytest.raises(IllegalMove, match="登记，请等它办理。"):
            letters.move(offices[code], case.id, letter.id, kind)  # type: ignore[arg-type]


def test_one_click_urges_with_the_earlier_text(offices: Offices, case: Case, tmp_path: Path) -> None:
    town, village = offices[TOWN], offices[STONE]
    due = TODAY - timedelta(days=5)
    _, letter = issued(town, case, due_on=due, issued_on=TODAY - timedelta(days=12))
    after = letters.supervise(town, case.id, letter.id).case
    urge = after.letters[1]
    assert (urge.kind, urge.number, urge.replies_to) == ("督办单", "青石综治督〔2026〕1号", letter.number)
    assert (urge.overdue_days, urge.supervision, urge.first_due_on, urge.due_on) == (5, 1, due, TODAY + timedelta(days=3))
    assert urge.measures == letter.measures
    assert urge.matter is not None
    assert "已逾期5天" in urge.matter
    assert (urge.matter.endswith("有激化苗头"), urge.responsible, urge.signer, urge.reason) == (True, "石桥村书记", "李红", "逾期未反馈")
    assert letters.blank_supervision(town, after, letter).supervision == 2
    exchange_all(offices, tmp_path)
    letters.move(village, case.id, letter.id, "签收")
    reply = letters.blank_answer(village, cases.load(village, case.id), letter)
    reply = msgspec.structs.replace(reply, result="稳控", measures=("每日走访",), signer="王书记")
    letters.answer(village, case.id, letter.id, reply)
    assert [at(village, case, number) for number in (0, 1)] == ["已反馈", "已反馈"]
    exchange_all(offices, tmp_path)
    letters.move(town, case.id, urge.id, "认可销号")
    assert [at(town, case, number) for number in (0, 1, 2)] == ["已销号", "已销号", "已签收"]


def test_escalation_comes_after_urging_and_void_keeps_the_number(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    _, letter = issued(desk, made, to="某局")
    with pytest.raises(IllegalMove, match="请先督办"):
        letters.move(desk, made.id, letter.id, "提级", note="无回音")
    letters.supervise(desk, made.id, letter.id)
    letters.move(desk, made.id, letter.id, "提级", note="无回音")
    letters.move(desk, made.id, letter.id, "作废", note="发错单位")
    after, again = issued(desk, cases.load(desk, made.id), to="某局")
    assert (after.letters[0].number, at(desk, made)) == (letter.number, "已作废")
    assert again.number == "石桥综治任〔2026〕2号"


def test_what_a_partner_says_on_paper_is_written_down_here(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted(type="合同")).id)
    _, letter = issued(desk, made, to="某住建局")
    for kind in ("送达", "签收", "反馈", "认可销号"):
        letters.move(desk, made.id, letter.id, kind, by="某局经办人")
    assert at(desk, made) == "已销号"


def test_closing_asks_for_agreement_and_visit(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    _, letter = issued(desk, made, to="某局")
    letters.move(desk, made.id, letter.id, "签收")
    now = cases.load(desk, made.id)
    reply = msgspec.structs.replace(letters.blank_answer(desk, now, letter), measures=("调解",), signer="王", result="化解成功")
    letters.answer(desk, made.id, letter.id, reply)
    with pytest.raises(IllegalMove, match="登记调解协议或者口头协议、登记一次有日期的回访。"):
        letters.move(desk, made.id, letter.id, "认可销号")
    now = cases.load(desk, made.id)
    signed = msgspec.structs.replace(now, informed_on=TODAY, agreement=Agreement(form="口头", signed_on=TODAY), visits=(Visit(on=TODAY),))
    cases.save(desk, now, signed)
    letters.move(desk, made.id, letter.id, "认可销号")
    assert at(desk, made) == "已销号"


@pytest.mark.parametrize(("kind", "expected"), [("阶段", "办理中"), ("申请延期", "已签收"), ("申请退回", "已退回"), ("办结", "已反馈")])
def test_what_a_slip_asks_for_moves_the_letter(desk: Desk, kind: str, expected: str) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    _, letter = issued(desk, made, to="某局")
    letters.move(desk, made.id, letter.id, "签收")
    blank = letters.blank_answer(desk, cases.load(desk, made.id), letter)
    more = {"answer_kind": kind, "measures": ("走访",), "signer": "王", "next_steps": "当事人外出", "extend_to": date(2026, 4, 1)}
    letters.answer(desk, made.id, letter.id, msgspec.structs.replace(blank, **more))
    assert at(desk, made) == expected
    now = cases.load(desk, made.id)
    assert (course(letter, now.moves).asked is not None) == (kind == "申请延期")


def test_a_draft_is_kept_sent_to_its_signer_and_issued(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    draft = letters.draft(desk, made.id, letters.blank(desk, made, "任务单", "某局")).case.letters[0]
    assert (draft.number, draft.issuer) == (None, desk.office.name)
    letters.move(desk, made.id, draft.id, "送签")
    with pytest.raises(IllegalMove, match="签发以前请填写措施、责任人、签发人。"):
        letters.move(desk, made.id, draft.id, "签发")
    letters.draft(desk, made.id, msgspec.structs.replace(draft, measures=("走访",), responsible="张", signer="李"))
    after = letters.move(desk, made.id, draft.id, "签发").case
    assert (after.letters[0].number, after.letters[0].issued_on) == ("石桥综治任〔2026〕1号", TODAY)
    assert [move.kind for move in after.moves] == ["送签", "签发"]
    with pytest.raises(LetterLocked, match="已经签发"):
        letters.draft(desk, made.id, msgspec.structs.replace(after.letters[0], title="改"))
    with pytest.raises(LetterLocked, match="已经签发"):
        letters.discard(desk, made.id, draft.id)


def test_a_draft_can_be_thrown_away(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    draft = letters.draft(desk, made.id, letters.blank(desk, made, "提示函")).case.letters[0]
    assert letters.discard(desk, made.id, draft.id).case.letters == ()
    with pytest.raises(UnknownLetter, match=r"请.*。$"):
        letters.move(desk, made.id, draft.id, "送签")


def test_a_refused_step_leaves_nothing(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    _, letter = issued(desk, made, to="某局")
    before = cases.load(desk, made.id)
    with pytest.raises(IllegalMove):
        letters.answer(desk, made.id, letter.id, letters.blank_answer(desk, before, letter))
    with pytest.raises(IllegalMove):
        letters.supervise(desk, made.id, letter.id, msgspec.structs.replace(letters.blank_supervision(desk, before, letter), to=None))
    assert cases.load(desk, made.id) == before


@pytest.mark.parametrize(("risk", "degree", "days"), [(None, "简单", 1), (None, "一般", 7), ("低", "复杂", 20), ("高", "复杂", 1)])
def test_the_limit_follows_the_degree(desk: Desk, risk: str | None, degree: str, days: int) -> None:
    made = accepted(risk=risk)
    assert letters.blank(desk, made, "任务单", degree=degree).due_on == TODAY + timedelta(days=days)  # type: ignore[arg-type]
    assert letters.blank(desk, made, "提示函", degree=degree).due_on == TODAY + timedelta(days=15)  # type: ignore[arg-type]


def test_other_sets_of_letters_urge_and_answer_by_their_own_names(desk: Desk) -> None:
    use(desk, "六单")
    made = cases.load(desk, cases.register(desk, accepted()).id)
    with pytest.raises(NoSuchKind, match=r"任务单.*。$"):
        letters.blank(desk, made, "任务单")
    letter = msgspec.structs.replace(order_of(desk, made, "派单"), id="a" * 32)
    assert letters.blank_supervision(desk, made, letter).kind == "督单"
    assert letters.blank_answer(desk, made, letter).kind == "结单"
    use(desk, "B")
    with pytest.raises(NoSuchKind, match=r"反馈单.*。$"):
        letters.blank_answer(desk, made, letter)


def order_of(desk: Desk, case: Case, kind: str) -> Letter:
    return letters.blank(desk, case, kind, "某局")


def test_a_letter_that_came_on_paper_is_registered(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    paper = Letter(kind="任务单", issuer="某县政法委", number="政法任〔2026〕3号", due_on=TODAY)
    with pytest.raises(Incomplete, match=r"请.*。$"):
        letters.take_in(desk, made.id, msgspec.structs.replace(paper, number=None))
    after = letters.take_in(desk, made.id, paper).case
    assert (after.letters[0].number, after.letters[0].to, at(desk, made)) == (paper.number, desk.office.name, "已签收")
    assert letters.sides(desk, after.letters[0]) == {Side.ISSUER, Side.ADDRESSEE}
    assert [line.number for line in letter_box.lines(desk, "收到的", "未办结")] == [paper.number]


def test_who_got_a_letter_notes_what_its_issuer_said_and_undoes_nothing(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    paper = Letter(kind="任务单", issuer="某县政法委", number="政法任〔2026〕3号", due_on=TODAY)
    case = letters.take_in(desk, made.id, paper).case
    letter = case.letters[0]
    assert letters.legal_moves(desk, case, letter) == ("开始办理", "反馈", "异议退回", "申请延期")
    for kind in ("督办", "提级", "作废"):
        with pytest.raises(IllegalMove, match=f"“{kind}”由发文单位办理.*。$"):
            letters.move(desk, made.id, letter.id, kind, note="写错了")
    with pytest.raises(IllegalMove, match=r"“督办”由发文单位办理.*。$"):
        letters.supervise(desk, made.id, letter.id)
    until = TODAY + timedelta(days=5)
    letters.move(desk, made.id, letter.id, "申请延期", note="等鉴定", until=until)
    letters.move(desk, made.id, letter.id, "准予延期", note="县政法委王主任来电", until=until)
    letters.move(desk, made.id, letter.id, "反馈", note="已化解")
    letters.move(desk, made.id, letter.id, "退回重办", note="请补材料")
    letters.move(desk, made.id, letter.id, "反馈", note="材料已补")
    assert letters.legal_moves(desk, cases.load(desk, made.id), letter) == ("认可销号", "退回重办")


@pytest.mark.parametrize(
    ("issued_on", "on", "sentence"),
    [
        (TODAY + timedelta(days=1), None, "签发日期.*还没有到"),
        (TODAY, TODAY + timedelta(days=1), "日期.*还没有到"),
        (TODAY, TODAY - timedelta(days=1), "不能早于来文的签发日期"),
    ],
)
def test_a_letter_on_paper_has_days_that_can_be(desk: Desk, issued_on: date, on: date | None, sentence: str) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    paper = Letter(kind="任务单", issuer="某县政法委", number="政法任〔2026〕3号", issued_on=issued_on)
    with pytest.raises(Refused, match=rf"{sentence}.*。$"):
        letters.take_in(desk, made.id, paper, on)
    assert cases.load(desk, made.id).letters == ()


def test_nothing_is_issued_or_done_on_a_day_to_come(offices: Offices, case: Case) -> None:
    town, tomorrow = offices[TOWN], TODAY + timedelta(days=1)
    paper = order(town, case)
    with pytest.raises(IllegalMove, match=r"签发日期2026年3月3日还没有到.*。$"):
        letters.issue(town, case.id, paper, on=tomorrow)
    dated = msgspec.structs.replace(paper, issued_on=tomorrow)
    with pytest.raises(IllegalMove, match=r"签发日期2026年3月3日还没有到.*。$"):
        cases.save(town, case, msgspec.structs.replace(case, letters=(dated,)))
    kept = cases.save(town, case, msgspec.structs.replace(case, letters=(msgspec.structs.replace(dated, signer=None),))).case
    assert kept.letters[0].number is None  # not whole: a draft
    after, letter = issued(town, kept)
    with pytest.raises(IllegalMove, match=r"日期2026年3月3日还没有到.*。$"):
        letters.move(town, after.id, letter.id, "送达", on=tomorrow)
    assert cases.load(town, case.id).moves == after.moves


def test_the_same_clue_is_not_sent_twice_without_a_word(desk: Desk) -> None:
    parties = tuple(msgspec.structs.replace(party, phone=f"1390000000{n}") for n, party in enumerate(accepted().parties))
    first = cases.load(desk, cases.register(desk, accepted(parties=parties)).id)
    other = cases.load(desk, cases.register(desk, accepted(type="合同", summary="另一件事", parties=parties[:1])).id)
    _, letter = issued(desk, first, to="某局")
    again = order(desk, other, to="某局")
    assert [line.number for line in letter_box.repeats(desk, other, again)] == [letter.number]
    assert [line.number for line in letter_box.repeats(desk, first, order(desk, first, to="某局"))] == [letter.number]
    assert letter_box.repeats(desk, first, order(desk, first, to="别的局")) == []
    assert letter_box.repeats(desk, other, letters.blank_supervision(desk, first, letter)) == []
    letters.move(desk, first.id, letter.id, "作废", note="发错")
    assert letter_box.repeats(desk, other, again) == []


def test_the_circular_tells_how_many_clues_went_out_again(desk: Desk) -> None:
    """Three orders, one of them about the same case to the same unit for the second time: 1 ÷ 3."""
    first = cases.load(desk, cases.register(desk, accepted()).id)
    parties = (msgspec.structs.replace(first.parties[0], name="欧阳建国", phone="13900000009"),)
    other = cases.load(desk, cases.register(desk, accepted(type="合同", summary="另一件事", place="别处", parties=parties)).id)
    issued(desk, first, to="某局")
    issued(desk, cases.load(desk, first.id), to="某局")
    issued(desk, other, to="某局")
    told = letter_box.monthly(desk, TODAY)
    assert (told.pushed, told.repeated, told.repeat_rate) == (3, 1, "33.3%")


def test_repeats_are_looked_for_in_small_steps(desk: Desk) -> None:
    made, other = (cases.load(desk, cases.register(desk, accepted()).id) for _ in range(2))
    issued(desk, made, to="某局")
    looking = letter_box.looking(desk, other, order(desk, other, to="某局"))
    steps = sum(1 for _ in looking)
    assert steps > 2 * 10  # each day around that of the registration is one


def test_an_old_letter_repeats_nothing(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted()).id)
    issued(desk, made, to="某局", issued_on=TODAY - timedelta(days=letter_box.REPEAT_DAYS + 1))
    assert letter_box.repeats(desk, made, order(desk, made, to="某局")) == []


def test_the_circular_of_a_month_is_counted_and_printed(offices: Offices, case: Case, tmp_path: Path) -> None:
    town, village = offices[TOWN], offices[STONE]
    _, one = issued(town, case)
    _, two = issued(town, cases.load(town, case.id), to="柳林村", issued_on=date(2026, 2, 3), due_on=date(2026, 2, 10))
    exchange_all(offices, tmp_path)
    letters.move(village, case.id, one.id, "签收")
    carry(village, town, tmp_path)
    march = letter_box.monthly(town, TODAY)
    assert [row[:3] for row in march.rows] == [("石桥村", 1, 1)]
    february = letter_box.monthly(town, date(2026, 2, 28))
    assert [(row.unit, row.late, row.late_days) for row in february.rows] == [("柳林村", 1, 20)]
    path = tmp_path / "通报.pdf"
    letter_box.write(february, path)
    assert path.read_bytes().startswith(b"%PDF")
    assert days_overdue(two, cases.load(town, case.id).moves, TODAY) == 20
    late = letter_box.lines(town, "发出的", "逾期")
    assert [(line.number, letter_box.days_late(town, line)) for line in late] == [(two.number, 20)]


def test_letters_are_addressed_to_offices_of_the_directory(offices: Offices, desk: Desk) -> None:
    assert letters.addressees(offices[COUNTY]) == ["青石镇综治中心", "石桥村", "柳林村"]
    assert letters.addressees(desk) == []
