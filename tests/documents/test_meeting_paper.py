"""会商材料 and 会商纪要 on paper: all that was decided, no ID number, tables over many pages."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings

from desktop.documents.fonts import MissingCharacterError
from desktop.documents.form_file import FormError
from desktop.documents.forms import shipped
from desktop.documents.meeting_paper import FOLDER, Paper, letter, pages, render
from desktop.domain.letter import Letter
from desktop.domain.meeting import Attendee, Figures, Followup, Item, Meeting, Unit
from desktop.domain.office import Office
from desktop.domain.refused import Refused
from desktop.resources import resource
from tests.store.made_cases import made

DAY = date(2026, 3, 2)
OFFICE = "关上街道综治中心"
HARD = "<b>{{ 7*7 }}䶮与𬭎&amp;邻里纠纷"
ID_NUMBER = "53019919851103004X"
ITEM = Item(
    case="1" * 32,
    number="〔2026〕关上人调字第12号",
    title=HARD,
    risk="中",
    status="已受理",
    registered_on=date(2026, 2, 27),
    due_on=date(2026, 3, 29),
    facts=f"两家因滴水争吵，张三（{ID_NUMBER}）报警。",
    reasons=("中风险", "新登记"),
    previous="2026-02-23周研判：继续调解",
)
DECIDED = msgspec.structs.replace(
    ITEM,
    opinion="情况可能升级",
    measures=("上门走访", "组织调解"),
    decided_risk="高",
    decision="任务单",
    wrote="任务单",
    unit="石桥村",
    person="杨主任",
    limit=date(2026, 3, 9),
    decided_on=DAY,
)
UNIT = Unit(name="石桥村", issued=2, overdue=1)
MEETING = Meeting(
    kind="周研判",
    since=date(2026, 2, 24),
    until=DAY,
    held_on=DAY,
    place="二楼会议室",
    host="李政法",
    recorder="杨娟",
    attendees=(
        Attendee(group="2", role="政法委员", name="李政法", body="街道党工委", phone="13900000000", present=True),
        Attendee(group="N", role="妇联"),
    ),
    items=(ITEM,),
    followups=(Followup(case="2" * 32, title="旧的纠纷", decision="督办单", unit="柳林村", limit=DAY, done=False, state="草稿，逾期3天"),),
    figures=Figures(
        new=3,
        ended=1,
        open=12,
        high=2,
        middle=4,
        low=5,
        unrated=1,
        overdue=2,
        letters_overdue=1,
        units=(Unit(name="石桥村", issued=2, overdue=1),),
    ),
)
PAPER = Paper(MEETING, OFFICE)
AFTER = Paper(
    msgspec.structs.replace(MEETING, items=(DECIDED, ITEM), minutes="会议强调，压实责任。\n会议要求，按时反馈。"),
    OFFICE,
    (Letter(kind="任务单", number="关上综治任〔2026〕7号", to="石桥村", title="关于邻里纠纷的任务单", due_on=date(2026, 3, 9)),),
)


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_the_pack_before_the_meeting() -> None:
    (text,) = texts(render("会商材料", PAPER))
    for words in (
        "周研判会商材料",
        "2026年2月24日至2026年3月2日",
        "本期新登记3件，其中已办结1件",
        "高风险2件",
        "旧的纠纷",
        "未落实：草稿，逾期3天",
        "〔2026〕关上人调字第12号",
        "中风险、新登记",
        "2026-02-23周研判：继续调解",
        "签到",
        "妇联",
    ):
        assert words in text, words
    assert "<b>{{7*7}}䶮与𬭎&amp;" in text
    assert "13900000000" not in text


def test_the_minutes_after_it() -> None:
    (text,) = texts(render("会商纪要", AFTER))
    for words in ("周研判会商纪要", "会议强调，压实责任。", "情况可能升级", "上门走访", "石桥村", "2026.3.9前", "主持人（签名）"):
        assert words in text, words
    assert "李政法（政法委员）" in text
    assert "关上综治任〔2026〕7号" in text
    assert "会议研判纠纷2件，议定1件" in text


@pytest.mark.parametrize("kind", ["会商材料", "会商纪要"])
def test_no_id_number_of_a_person_is_printed(kind: str) -> None:
    told = msgspec.structs.replace(AFTER.meeting, minutes=f"张三{ID_NUMBER}", host=ID_NUMBER)
    found = "".join(texts(render(kind, AFTER._replace(meeting=told))))  # type: ignore[arg-type]
    assert ID_NUMBER not in found
    assert "身份证号码略" in found


def test_the_same_meeting_gives_the_same_bytes() -> None:
    assert render("会商材料", PAPER) == render("会商材料", PAPER)


def test_two_hundred_disputes_flow_over_pages_with_their_labels() -> None:
    items = tuple(msgspec.structs.replace(DECIDED, case=f"{at:032x}", title=f"第{at}件纠纷", facts="述" * 160) for at in range(1, 201))
    crowd = msgspec.structs.replace(MEETING, items=items, more=1234)
    found = texts(render("会商材料", Paper(crowd, OFFICE)))
    assert len(found) > 10
    assert "另有1234件" in found[0]
    assert all("编号和名称" in page for page in found[1:-1])
    joined = "".join(found)
    assert all(f"第{at}件纠纷" in joined for at in (1, 77, 200))
    minutes = "".join(texts(render("会商纪要", Paper(crowd, OFFICE))))
    assert "第200件纠纷" in minutes
    assert "记录人（签名）" in minutes


def test_an_empty_meeting() -> None:
    plain = Paper(Meeting(kind="季分析", since=DAY, until=DAY, held_on=DAY), OFFICE)
    assert "没有需要上会的纠纷" in "".join(texts(render("会商材料", plain)))
    assert "没有议定具体事项" in "".join(texts(render("会商纪要", plain)))


def test_a_character_in_no_font_is_refused_by_name() -> None:
    with pytest.raises(MissingCharacterError):
        pages("会商材料", PAPER._replace(meeting=msgspec.structs.replace(MEETING, place="\ue000")))


def test_an_office_s_own_form_takes_the_place(tmp_path: Path) -> None:
    shipped_form = resource("forms", FOLDER, "会商材料.toml").read_text(encoding="utf-8")
    own = tmp_path / FOLDER / "会商材料.toml"
    own.parent.mkdir()
    own.write_text(shipped_form.replace("一、议程", "一、会议安排"), encoding="utf-8")
    assert "会议安排" in "".join(texts(render("会商材料", PAPER, [tmp_path])))
    own.write_text(shipped_form.replace("{{ place }}", "{{ plaice }}"), encoding="utf-8")
    with pytest.raises(FormError, match=r"会商材料\.toml”第"):
        render("会商材料", PAPER, [tmp_path])


def test_a_letter_of_no_case() -> None:
    one = Letter(
        kind="提示函",
        number="关上综治函〔2026〕2号",
        issuer=OFFICE,
        to="关上街道某社区",
        title="关于防范家庭纠纷升级的提示函",
        matter="近三个月家庭纠纷上升。",
        measures=("加强走访",),
        issued_on=DAY,
        due_on=date(2026, 3, 17),
        responsible="杨主任",
        signer="李政法",
    )
    office = Office(id="0" * 32, level="镇", name=OFFICE, series="关上")
    text = "".join(texts(letter(one, "提示函", office, shipped())))
    for words in ("关上综治函〔2026〕2号", "关于防范家庭纠纷升级的提示函", "近三个月家庭纠纷上升。", "加强走访"):
        assert words in text
    assert "其他纠纷" not in text


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(made(Meeting))
def test_any_meeting_prints_or_is_refused(meeting: Meeting) -> None:
    """Whatever was typed: a PDF, or one sentence (a character that no font has)."""
    for kind in ("会商材料", "会商纪要"):
        with suppress(Refused):
            assert render(kind, Paper(meeting, OFFICE)).startswith(b"%PDF")
