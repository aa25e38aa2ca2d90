"""Every form of every sample and of cases that are hard to print: nothing lost, nothing invented, nothing against the rules."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec
import pypdfium2
import pytest

from desktop.documents.form import Form
from desktop.documents.forms import shipped
from desktop.documents.linebreak import NO_END, NO_START
from desktop.documents.mark import MM, Mark, Text
from desktop.documents.occasion import has_happened
from desktop.documents.paper import Contents, ContentsRow, Subject, kinds, layout, pages, render, subjects, with_running_numbers
from desktop.documents.pdf import About, draw
from desktop.domain.agreement import Outcome
from desktop.domain.case import Case
from desktop.domain.case_file import read_case
from desktop.domain.course_records import Plan, Routing, Support
from desktop.domain.dossier import Confirmation, DeliveryAddress, Extension, Filing
from desktop.domain.office import Office
from desktop.domain.party import Agent, Party
from desktop.domain.session import Evidence, Session
from desktop.domain.visit import Visit
from desktop.resources import resource

SAMPLES = [path.stem for path in sorted(resource("samples").glob("*.json"))]
NASTY = ["case", "bare_case", "huge_case", "whole_case", "empty_case", "rare_case", "markup_case", "twelve_parties"]
RARE = "䶮𬭎㛃𪩘𠮷"
MARKUP = "<b>&amp;{{ 7*7 }}{% if %}</b>"
_PAGE_NUMBER = re.compile(r"— \d+ —")


def joined(text: str) -> str:
    return "".join(text.replace("\ufeff", "").split())


def inks(made: list[list[Mark]]) -> list[str]:
    return [mark.line.ink for page in made for mark in page if isinstance(mark, Text) and mark.line.ink]


def printed(made: list[list[Mark]]) -> str:
    return joined("".join(inks(made)))


def papers(case: Case) -> Iterator[tuple[Form, Subject | None]]:
    """Every form that can be printed of the case, with each of its subjects, of many the first and the last."""
    for form in (shipped().form(kind) for kind in kinds()):
        found = subjects(form, case)
        if found or form.about != "letter":
            yield from ((form, subject) for subject in ((*found[:2], *found[-1:]) if len(found) > 3 else found or (None,)))


def printable(case: Case) -> Iterator[tuple[Form, Subject | None]]:
    """Those papers of the case that do not claim what has not happened."""
    return (one for one in papers(case) if has_happened(one[0], case))


def sample(name: str) -> Case:
    return read_case(resource("samples", f"{name}.json").read_bytes())


@pytest.fixture
def whole_case(case: Case) -> Case:
    """Everything that a dossier may hold."""
    evidence = Evidence(name="租赁合同复印件", provider="杨自立", kind="书证", pages=6)
    survey = Session(kind="调查记录", started_at="2025-03-15T09:00", ended_at="2025-03-15T11:30", place="展销区", evidence=(evidence,))
    text = "双方陈述了争议事实，经质证无异议，已告知不履行的后果。"
    meeting = Session(
        kind="调解记录", started_at="2025-03-17T14:30", place="调解室", participants=("张某",), record=text, result="达成协议"
    )
    first = msgspec.structs.replace(meeting, record=None, result="择期再调", started_at="2025-03-16T09:00")
    delivery = DeliveryAddress(address="某路16号前台", recipient="何敏", phone="08710000005", postcode="653100", electronic="a@example.cn")
    company = msgspec.structs.replace(case.parties[2], delivery=delivery)
    return msgspec.structs.replace(
        case,
        parties=(*case.parties[:2], company),
        sessions=(survey, first, meeting),
        visits=(
            Visit(on=date(2025, 4, 7), method="电话", party="杨自立", performance="全部履行", satisfaction="满意", note="退款已到账。"),
        ),
        extension=Extension(until=date(2025, 5, 14), reason="等待鉴定", agreed_on=date(2025, 4, 10)),
        confirmation=Confirmation(court="玉溪市红塔区人民法院", applied_on=date(2025, 3, 20), case_number="（2025）云0402调确1号"),
        plan=Plan(leader="王建军", members=("张敏", "李勇"), text="每日走访，情况随时报告。", made_on=date(2025, 3, 15)),
        routings=(Routing(kind="上报", to=("云溪县综治中心",), reason="跨区域。", on=date(2025, 3, 16), by="杨娟"),),
        supports=(Support(kind="心理疏导", provider="街道社工站", on=date(2025, 3, 16), result="情绪平稳"),),
        filing=Filing(
            filed_by="赵明", filed_on=date(2025, 4, 20), checked_by="段文清", retention="长期", remark="无", explanation="收条为复印件。"
        ),
    )


@pytest.fixture
def empty_case() -> Case:
    """Nothing but what no case is without."""
    return Case(type="其他", registered_on=date(2025, 1, 2), summary="", parties=())


@pytest.fixture
def rare_case(whole_case: Case) -> Case:
    parties = tuple(msgspec.structs.replace(party, name=party.name + RARE) for party in whole_case.parties)
    return msgspec.structs.replace(whole_case, number=f"〔2025〕{RARE}第1号", parties=parties)


@pytest.fixture
def markup_case(whole_case: Case) -> Case:
    parties = tuple(msgspec.structs.replace(party, name=MARKUP, address=MARKUP) for party in whole_case.parties)
    return msgspec.structs.replace(whole_case, parties=parties, summary=MARKUP + "\u202e甲\x07乙", place=MARKUP, claims=(MARKUP,))


@pytest.fixture
def twelve_parties(whole_case: Case) -> Case:
    people = tuple(
        Party(
            role="申请人" if n < 7 else "被申请人",
            kind="自然人",
            name=f"王某{n}",
            agent=Agent(name=f"律师{n}", kind="律师"),
            guardian="监护人",
        )
        for n in range(12)
    )
    return msgspec.structs.replace(whole_case, parties=people)


@pytest.fixture(params=SAMPLES + NASTY)
def any_case(request: pytest.FixtureRequest) -> Case:
    if request.param in NASTY:
        case: Case = request.getfixturevalue(request.param)
        return case
    return sample(request.param)


def test_no_line_of_any_form_breaks_against_the_rules(any_case: Case, office: Office) -> None:
    lines = [line for form, subject in papers(any_case) for line in inks(pages(form.name, any_case, office, subject=subject))]
    assert [line for line in lines if line[0] in NO_START and not _PAGE_NUMBER.fullmatch(line) and len(line) > 1] == []
    assert [line for line in lines if line[-1] in NO_END] == []


def test_nothing_stands_outside_the_page(any_case: Case, office: Office) -> None:
    for form, subject in papers(any_case):
        for page in pages(form.name, any_case, office, subject=subject):
            for mark in page:
                if isinstance(mark, Text):
                    right = mark.x + mark.line.justified_width + mark.tracking * len(mark.line.ink)
                    assert 18 * MM <= mark.x <= right <= 192 * MM, (form.name, mark.line.text)
                    assert 15 * MM <= mark.y <= 285 * MM, (form.name, mark.line.text)
                else:
                    assert 18 * MM <= mark.x1 <= mark.x2 <= 192 * MM, form.name


def test_no_word_of_the_program_reaches_the_paper(any_case: Case, office: Office) -> None:
    for form, subject in papers(any_case):
        text = printed(pages(form.name, any_case, office, subject=subject))
        assert not re.search(r"None|undefined|True|False|\[\]", text), form.name
        assert any(character not in "（）" and ord(character) > 0x4E00 for character in text), form.name


@pytest.mark.parametrize("name", [*SAMPLES, "rare_case", "markup_case", "empty_case"])
def test_the_text_of_every_file_is_the_text_of_its_paper(request: pytest.FixtureRequest, name: str, office: Office) -> None:
    """Read by PDFium; once by Poppler too."""
    case: Case = request.getfixturevalue(name) if name in NASTY else sample(name)
    for form, subject in printable(case):
        pdf, source = render(form.name, case, office, subject=subject), printed(pages(form.name, case, office, subject=subject))
        document = pypdfium2.PdfDocument(pdf)
        read = "".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        assert Counter(joined(read)) == Counter(source), form.name
        if name == "rare_case" and shutil.which("pdftotext"):
            read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode("utf-8")
            assert Counter(joined(read)) == Counter(source), form.name


def test_the_same_case_gives_the_same_bytes(whole_case: Case, office: Office) -> None:
    for form, subject in printable(whole_case):
        assert render(form.name, whole_case, office, subject=subject) == render(form.name, whole_case, office, subject=subject), form.name


def test_nothing_is_filled_in_that_has_not_happened(bare_case: Case, office: Office) -> None:
    """Of a dispute that was only registered no box is ticked and no day stands but that of its registration."""
    for form, subject in papers(bare_case):
        text = printed(pages(form.name, bare_case, office, subject=subject))
        assert "☑" not in text, form.name
        assert set(re.findall(r"\d{4}年\d+月\d+日", text)) <= {"2025年1月2日"}, form.name


def test_markup_and_templates_in_names_are_text(markup_case: Case, office: Office) -> None:
    text = "".join(printed(pages(form.name, markup_case, office, subject=subject)) for form, subject in papers(markup_case))
    assert joined(MARKUP) in text
    assert "甲乙" in text
    assert "\u202e" not in text


PERSON = ["杨自立", "女", "彝族", "39", "个体经营", "13900000002", "玉溪市红塔区某街道某村27号"]
COMPANY = ["玉溪某某商务服务有限公司", "91530199MA6K00004R", "周建华　法定代表人", "08710000004", "玉溪市红塔区某路16号"]
AGREED = ["被申请人退还租金共计人民币14400元。", "人民币伍仟贰佰元整（￥5200.00元）", "2025年3月31日前"]
NUMBER, TITLE = "〔2025〕关上人调字第12号", "杨自立等与玉溪某某商务服务有限公司合同纠纷"
HELD = {
    "卷宗封面": [
        "关上街道人民调解委员会",
        TITLE,
        NUMBER,
        "段文清、马丽琼",
        "自2025年3月15日",
        "至2025年3月17日",
        "赵明",
        "2025年4月20日",
        "☑长期",
    ],
    "申请书": [
        *PERSON,
        *COMPANY,
        "退还展位租赁费用人民币36000元",
        "现自愿申请人民调解委员会进行调解",
        "申请人一杨自立（签名盖章或按指印）",
    ],
    "权利义务告知书": [
        "不收取任何费用",
        "接受调解、拒绝调解或者要求终止调解",
        "三十日内共同向人民法院申请司法确认",
        "委托代理人何敏（签名）",
    ],
    "当事人身份证明": ["普秀芬", "□居民身份证", "□营业执照"],
    "授权委托书": [*COMPANY, "何敏", "单位工作人员", "☑代为承认、变更和放弃调解请求", "□代为申请调解或者要求终止调解", "□特别授权"],
    "调查记录": ["2025年3月15日9时0分至11时30分", "展销区", "调查人（签名）"],
    "证据材料": ["租赁合同复印件", "书证", "杨自立", "6", "□原件"],
    "调解记录": [
        "（第一次）",
        "2025年3月16日9时0分",
        "□申请人一杨自立",
        "☑择期再调",
        "张某",
        "人民调解员段文清（签名）",
        "双方陈述的争议事实：",
    ],
    "调解协议书": [*PERSON, *COMPANY, *AGREED, NUMBER, "本协议一式四份"],
    "口头协议登记表": [*PERSON, *COMPANY, *AGREED, NUMBER, "口头协议达成日期：2025年3月17日"],
    "履行凭证": [*AGREED[1:], "人民币肆仟陆佰元伍角（￥4600.50元）", "粘贴处"],
    "回访记录": ["杨自立", NUMBER, TITLE, "2025年4月7日", "☑电话", "☑全部履行", "☑满意", "□激化", "退款已到账。"],
    "司法确认申请书": [
        *("申请人三名称" + COMPANY[0], "53019919851103004X", "玉溪市红塔区人民法院", NUMBER, AGREED[0], "没有恶意串通、规避法律的行为"),
        *("申请人三玉溪某某商务服务有限公司（盖章）", "2025年3月20日"),
    ],
    "送达地址确认书": ["申请人一　杨自立", "（2025）云0402调确1号"],
    "卷宗情况说明": ["收条为复印件。", "赵明", "段文清", "2025年4月20日"],
    "结案报告表": [
        NUMBER,
        "2025年4月20日",
        "段文清、马丽琼",
        "2025年3月14日",
        "2025年4月7日",
        "当事人申请",
        *PERSON[-2:],
        AGREED[0],
        "全部履行，满意",
    ],
    "受理通知书": ["（存根）", "骑缝　" + NUMBER, "杨自立：", "决定于2025年3月14日受理", "与玉溪某某商务服务有限公司之间的合同纠纷"],
    "不予受理通知书": ["（存根）", "骑缝　" + NUMBER, "□另一方当事人不同意调解", "□诉讼"],
    "终止调解告知书": ["（存根）", "骑缝　" + NUMBER, "□仲裁", "现终止调解"],
    "延期调解同意书": ["届满", "2025年4月14日", "等待鉴定", "2025年5月14日", "2025年4月10日"],
    "邀请函": ["张某：", "2025年3月17日14时30分", "调解室", "回　执"],
    "委托移送函": [TITLE, "□跨区域", "杨自立、普秀芬、玉溪某某商务服务有限公司", "回执　" + NUMBER],
    "回复函": [TITLE, "2025年3月17日达成书面协议。", AGREED[0], "全部履行"],
    "专家咨询申请书": [TITLE, "咨询事项", "回执　" + NUMBER],
    "封底": ["本卷宗共＿＿＿＿页", "赵明", "段文清"],
}


@pytest.mark.parametrize("kind", HELD)
def test_a_form_holds_its_fields(kind: str, whole_case: Case, office: Office) -> None:
    chosen = whole_case.sessions[2] if kind == "邀请函" else None
    text = printed(pages(kind, whole_case, office, subject=chosen))
    assert [value for value in HELD[kind] if joined(value) not in text] == []


def test_every_form_is_tried_for_its_fields() -> None:
    assert set(HELD) | {"卷内目录", "受理登记表", "任务单", "督办单", "反馈单", "提示函", "上报函", "一案一策"} == set(kinds())


def test_id_numbers_stand_only_where_a_court_or_an_agent_needs_them(whole_case: Case, office: Office) -> None:
    people = tuple(msgspec.structs.replace(party, agent=Agent(name="何敏", id_number="53019919880506902X")) for party in whole_case.parties)
    case = msgspec.structs.replace(whole_case, parties=people)
    with_numbers = {
        form.name
        for form, subject in papers(case)
        if re.search("53019919851103004X|53019919880506902X", printed(pages(form.name, case, office, subject=subject)))
    }
    assert with_numbers == {"授权委托书", "司法确认申请书"}


def test_before_a_court_all_parties_apply(whole_case: Case, office: Office) -> None:
    for kind in ("司法确认申请书", "送达地址确认书"):
        for form, subject in papers(whole_case):
            if form.name == kind:
                assert "被申请人玉溪" not in printed(pages(kind, whole_case, office, subject=subject))


def test_a_delivery_address_is_that_of_its_party(whole_case: Case, office: Office) -> None:
    company, nobody = (printed(pages("送达地址确认书", whole_case, office, subject=whole_case.parties[i])) for i in (2, 0))
    for value in ("某路16号前台", "何敏", "08710000005", "653100", "a@example.cn"):
        assert value in company
        assert value not in nobody


def test_powers_in_other_words_are_printed_in_those_words(whole_case: Case, office: Office) -> None:
    agent = Agent(name="何敏", authority=("代为参加调解，签署调解文书",))
    case = msgspec.structs.replace(whole_case, parties=(msgspec.structs.replace(whole_case.parties[0], agent=agent),))
    text = printed(pages("授权委托书", case, office))
    assert text.count("☑") == 1
    assert "☑其他委托事项：代为参加调解，签署调解文书" in text


@pytest.mark.parametrize(
    ("kind", "outcome", "ticked"),
    [
        (
            "不予受理通知书",
            Outcome(kind="不予受理", reason="不属于本委员会受理范围", advised=("诉讼",)),
            ["☑不属于本委员会受理范围", "☑诉讼"],
        ),
        ("不予受理通知书", Outcome(kind="不予受理", reason="涉及行政处罚"), ["☑其他：涉及行政处罚"]),
        (
            "终止调解告知书",
            Outcome(kind="调解不成", on=date(2025, 4, 1), advised=("仲裁", "信访")),
            ["☑仲裁", "☑其他：信访", "2025年4月1日"],
        ),
        ("委托移送函", Outcome(kind="移送", reason="跨区域"), ["☑跨区域"]),
    ],
)
def test_a_reason_is_ticked_word_for_word(whole_case: Case, office: Office, kind: str, outcome: Outcome, ticked: list[str]) -> None:
    case = msgspec.structs.replace(whole_case, agreement=None, outcome=outcome)
    text = printed(pages(kind, case, office))
    assert [value for value in ticked if value not in text] == []
    assert text.count("☑") == sum(value.startswith("☑") for value in ticked)


def test_meetings_are_numbered_and_visits_are_their_own(whole_case: Case, office: Office) -> None:
    second = pages("调解记录", whole_case, office, subject=whole_case.sessions[2])
    assert "（第二次）" in printed(second)
    assert "补记" not in printed(second)
    assert "（第＿＿＿＿次）" in printed(pages("调解记录", msgspec.structs.replace(whole_case, sessions=()), office))


def test_contents_come_from_the_assembled_dossier(whole_case: Case, office: Office) -> None:
    contents = Contents(rows=tuple(ContentsRow(f"材料{n}", f"{n}-{n + 1}", "复印件") for n in range(1, 60)), pages=118)
    made = pages("卷内目录", whole_case, office, contents=contents)
    text = printed(made)
    assert len(made) > 1
    assert all("文书名称" in "".join(inks([page])) for page in made)
    assert "59材料5959-60复印件" in text
    assert "本卷宗共118页" in printed(pages("封底", whole_case, office, contents=contents))


def test_running_numbers_stand_in_the_outer_upper_corner(whole_case: Case, office: Office) -> None:
    made = [*pages("申请书", whole_case, office), *pages("调解协议书", whole_case, office)]
    texts = ["", *(str(n) for n in range(1, len(made)))]
    numbered = with_running_numbers(made, texts, duplex=True)
    assert [len(after) - len(before) for before, after in zip(made, numbered, strict=True)] == [bool(text) for text in texts]
    back, front = (page[-1] for page in numbered[1:3])
    assert isinstance(back, Text)
    assert isinstance(front, Text)
    assert back.x < 30 * MM < 180 * MM < front.x
    assert back.y < 20 * MM
    assert draw(numbered, About("卷宗", "甲", "乙")).startswith(b"%PDF")
    with pytest.raises(ValueError, match="zip"):
        with_running_numbers(made, [])


def test_own_numbers_may_be_left_out(whole_case: Case, office: Office) -> None:
    with_own, without = (inks(pages("调解协议书", whole_case, office, own_numbers=own)) for own in (True, False))
    assert any(re.fullmatch("第1页　共[12]页", line) for line in with_own)
    assert not any("共1页" in line or "共2页" in line for line in without)


@pytest.mark.parametrize("name", ["03", "04", "05"])
def test_an_agreement_of_two_parties_stands_on_one_page(name: str, office: Office) -> None:
    path = next(resource("samples").glob(f"{name}*.json"))
    assert len(layout("调解协议书", read_case(path.read_bytes()), office)) == 1


def test_an_oral_agreement_is_registered(case: Case, office: Office) -> None:
    assert case.agreement
    oral = msgspec.structs.replace(case, agreement=msgspec.structs.replace(case.agreement, form="口头"))
    text = printed(layout("调解协议书", oral, office))
    assert "人民调解口头协议登记表" in text
    assert "本协议一式" not in text
