import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.domain.agreement import Outcome
from desktop.domain.case_file import MAX_BYTES, write_case
from desktop.domain.course import IllegalStep
from desktop.domain.course_records import Conclusion
from desktop.domain.letter import Letter
from desktop.domain.visit import Visit
from desktop.exchange.device import NotEnrolled, UnknownStation
from desktop.services import cases, handover, past
from desktop.services.cases import AmbiguousNumber, NamedFileRefused, Saved, UnknownNumber, UnreadableFile
from desktop.services.desk import Desk
from desktop.store.casebook import TooMuchAtOnce, UnknownCase
from tests.domain.samples import PATHS, accepted, document, packed, sample
from tests.services.offices import STONE, WILLOW
from tests.store.dump import dump

ORDER = Letter(
    kind="任务单", to="柳林村", measures=("走访",), due_on=date(2026, 3, 9), responsible="村主任", signer="镇长", issued_on=date(2026, 3, 2)
)


def _written(path: Path, content: object) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else packed(content))
    return path


def test_a_registered_case_has_a_number_and_an_owner(desk: Desk) -> None:
    registered = cases.register(desk, sample("03"))
    case = cases.load(desk, registered.id)
    assert registered.number == case.number == "〔2025〕石桥人调字第1号"
    assert (case.registered_by, case.owner) == ("石桥村", desk.office.id)
    assert registered.warnings == []
    assert len(registered.id) == 32


def test_numbers_run_by_the_year_of_registration(desk: Desk) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2025, 1, 1), date(2026, 3, 1)]
    numbers = [cases.register(desk, accepted(registered_on=day)).number for day in days]
    assert numbers == [f"〔{year}〕石桥人调字第{n}号" for year, n in ((2025, 1), (2026, 1), (2025, 2), (2026, 2))]


def test_letters_are_numbered_by_kind_and_year_when_they_are_whole(desk: Desk) -> None:
    letters = (ORDER, ORDER, msgspec.structs.replace(ORDER, kind="提示函"), msgspec.structs.replace(ORDER, issued_on=date(2025, 12, 30)))
    unsigned = msgspec.structs.replace(ORDER, signer=None)
    case = cases.load(desk, cases.register(desk, accepted(letters=(*letters, unsigned))).id)
    numbers = [letter.number for letter in case.letters]
    assert numbers == ["石桥综治任〔2026〕1号", "石桥综治任〔2026〕2号", "石桥综治函〔2026〕1号", "石桥综治任〔2025〕1号", None]
    assert [letter.issuer for letter in case.letters] == ["石桥村"] * 5
    signed = msgspec.structs.replace(case, letters=(*case.letters[:4], msgspec.structs.replace(case.letters[4], signer="镇长")))
    saved = cases.save(desk, case, signed).case
    assert saved.letters[4].number == "石桥综治任〔2026〕3号"
    again = cases.save(desk, saved, msgspec.structs.replace(saved, summary="别的")).case
    assert [letter.number for letter in again.letters] == [*numbers[:4], "石桥综治任〔2026〕3号"]


@pytest.mark.parametrize("number", PATHS)
def test_a_registered_sample_is_the_sample_field_by_field(desk: Desk, number: str) -> None:
    (registered,) = cases.register_files(desk, [PATHS[number]])
    assert json.loads(write_case(cases.find(desk, registered.number))) == document(number)


def test_files_are_registered_together(desk: Desk) -> None:
    registered = cases.register_files(desk, list(PATHS.values()))
    assert len({case.id for case in registered}) == len({case.number for case in registered}) == 5
    assert cases.count(desk) == 5
    assert [len(case.warnings) for case in registered] == [0, 1, 0, 0, 0]


BAD = {
    "不是JSON.json": b"{",
    "多一栏.json": packed(document("03") | {"x": 1}),
    "类型.json": packed(document("03") | {"people_count": "2"}),
    "日期.json": packed(document("03") | {"registered_on": "2025-02-30"}),
    "太多.json": packed(document("03") | {"summary": "大" * 1_400_000}),
    "太大.json": b" " * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_of_several_files_all_are_registered_or_none(desk: Desk, tmp_path: Path, name: str) -> None:
    bad = _written(tmp_path / name, BAD[name])
    before = dump(desk.database)
    with pytest.raises(NamedFileRefused) as caught:
        cases.register_files(desk, [PATHS["01"], bad, PATHS["03"]])
    assert str(caught.value).count("。") == 1
    assert name in str(caught.value)
    assert dump(desk.database) == before
    assert cases.register_files(desk, [PATHS["03"]])[0].number == "〔2025〕石桥人调字第1号"


@pytest.mark.parametrize("name", ["没有.json", ".", "没有/更没有.json"])
def test_a_file_that_cannot_be_read_is_named(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"。$"):
        cases.register_files(desk, [PATHS["01"], tmp_path / name])
    assert cases.count(desk) == 0


def test_a_case_that_no_other_office_could_read_is_not_saved(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted()).id)
    before = dump(desk.database)
    with pytest.raises(TooMuchAtOnce, match=r"。$"):
        cases.save(desk, case, msgspec.structs.replace(case, summary="大" * 1_400_000))
    assert dump(desk.database) == before


def test_a_save_writes_what_differs_and_tells_what_is_doubtful(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted()).id)
    saved = cases.save(desk, case, msgspec.structs.replace(case, people_count=5))
    assert isinstance(saved, Saved)
    assert saved.case == cases.load(desk, case.id)
    assert [doubt.path for doubt in saved.warnings] == ["people_count"]
    nothing = dump(desk.database)
    assert cases.save(desk, saved.case, saved.case).case == saved.case
    assert dump(desk.database) == nothing


def test_an_illegal_step_is_refused_and_nothing_is_written(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, sample("03")).id)
    before = dump(desk.database)
    withdrawn = msgspec.structs.replace(case, outcome=Outcome(kind="撤回"), letters=(ORDER,))
    with pytest.raises(IllegalStep, match=r"。$"):
        cases.save(desk, case, withdrawn)
    assert dump(desk.database) == before


def test_the_timeline_tells_what_was_done(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted()).id)
    steps = (
        {"place": "田边", "amount": 5000},
        {"visits": (Visit(party="张三"),)},
        {"letters": (ORDER,)},
        {"outcome": Outcome(kind="撤回", reason="和好")},
        {"parties": case.parties[:1]},
        {"conclusion": Conclusion(on=date(2026, 3, 2))},
        {"closed_on": date(2026, 3, 2)},
    )
    for step in steps:
        case = cases.save(desk, case, msgspec.structs.replace(case, **step)).case
    events = past.timeline(desk, case.id)
    assert [event.text for event in events] == [
        "登记纠纷",
        "修改涉及金额、发生地点",
        "回访张三",
        "签发任务单石桥综治任〔2026〕1号，主送柳林村",
        "当事人撤回：和好",
        "删去当事人“李四”",
        "结案",
        "归档",
    ]
    assert {(event.office, event.operator, event.at) for event in events} == {("石桥村", "杨娟", "2026-03-02T09:30:00+08:00")}


@pytest.mark.parametrize("spell", ["{}", " {} ", "id"])
def test_a_case_is_found_by_its_number_or_id(desk: Desk, spell: str) -> None:
    registered = cases.register(desk, sample("03"))
    found = cases.find(desk, registered.id if spell == "id" else spell.format(registered.number))
    assert found.id == registered.id


@pytest.mark.parametrize("number", ["", "〔2025〕石桥人调字第2号", "石桥", "'", "%", "0" * 31, "Z" * 32])
def test_an_unknown_number_is_refused(desk: Desk, number: str) -> None:
    cases.register(desk, sample("03"))
    with pytest.raises(UnknownNumber, match=r"。$"):
        cases.find(desk, number)


def test_an_unknown_id_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownCase, match=r"。$"):
        cases.find(desk, "0" * 32)


def test_a_number_that_two_offices_gave_is_refused_with_both_ids(desk: Desk) -> None:
    one, other = (cases.load(desk, cases.register(desk, accepted()).id) for _ in range(2))
    cases.save(desk, other, msgspec.structs.replace(other, number=one.number))
    with pytest.raises(AmbiguousNumber) as caught:
        cases.find(desk, one.number or "")
    assert one.id in str(caught.value)
    assert other.id in str(caught.value)
    assert cases.find(desk, other.id).id == other.id


def test_the_list(desk: Desk) -> None:
    cases.register_files(desk, list(PATHS.values()))
    everything = cases.rows(desk)
    assert len(everything) == 5
    assert [row.registered_on for row in everything] == sorted((row.registered_on for row in everything), reverse=True)
    assert [row.title for row in cases.rows(desk, "普家顺")] == ["普家顺与李文学山林土地纠纷"]
    assert [row.title for row in cases.rows(desk, "文学 田埂")] == ["普家顺与李文学山林土地纠纷"]
    assert cases.rows(desk, "文学 漏水") == []
    assert cases.rows(desk, offset=1, limit=2) == everything[1:3]
    assert cases.count(desk, "0000034") == 1


def test_help_is_asked_by_code(offices: dict[str, Desk]) -> None:
    desk = offices[WILLOW]
    case = cases.load(desk, cases.register(desk, accepted()).id)
    saved = handover.assign(desk, case, STONE).case
    assert saved.assigned == (offices[STONE].office.id,)
    assert handover.assign(desk, saved, STONE).case.assigned == saved.assigned
    with pytest.raises(UnknownStation, match=r"。$"):
        handover.assign(desk, saved, "000")
    assert past.timeline(desk, case.id)[-1].text == "请石桥村协办"


def test_help_needs_enrolment(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted()).id)
    with pytest.raises(NotEnrolled, match=r"。$"):
        handover.assign(desk, case, "101")


def test_next_thing_and_doubts_go_by_the_clock_of_the_desk(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted(registered_on=date(2026, 3, 3))).id)
    assert [doubt.path for doubt in cases.doubts(desk, case)] == ["registered_on"]
    assert cases.next_thing(desk, case).field == "intake.barred"


def test_a_form_that_is_behind_cannot_do_what_the_case_forbids_by_now(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, sample("03")).id)
    stale = made
    ends = Conclusion(on=desk.today(), note="已履行")
    concluded = msgspec.structs.replace(made, conclusion=ends, visits=(*made.visits, Visit(on=desk.today())))
    now = cases.save(desk, made, concluded).case
    cases.save(desk, now, msgspec.structs.replace(now, closed_on=desk.today()))
    with pytest.raises(IllegalStep, match="重新打开"):
        cases.save(desk, stale, msgspec.structs.replace(stale, summary="改掉"))
    assert cases.load(desk, made.id).summary == made.summary
    assert cases.load(desk, made.id).closed_on == desk.today()
