"""Every paper, from a case to the bytes: nothing lost, nothing cut, nothing against the rules of line breaking."""

import shutil
import subprocess
import sys
from collections import Counter
from datetime import date

import msgspec
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.documents.characters import printable
from desktop.documents.fonts import MissingCharacterError
from desktop.documents.linebreak import NO_END, NO_START
from desktop.documents.mark import MM, Mark, Rule, Text
from desktop.documents.paper import NoLetterError, layout, render
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.office import Office
from desktop.domain.party import Party
from desktop.resources import resource

KINDS = ("调解协议书", "受理登记表", "任务单", "督办单", "反馈单", "提示函")
RARE = "䶮𬭎㛃𪩘𠮷"
CASES = ["case", "bare_case", "huge_case"]


def joined(text: str) -> str:
    return "".join(text.replace("\ufeff", "").split())


def texts(page: list[Mark]) -> list[Text]:
    return [mark for mark in page if isinstance(mark, Text)]


def printed(pages: list[list[Mark]]) -> str:
    return joined("".join(mark.line.ink for page in pages for mark in texts(page)))


def by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    read = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return read


def by_poppler(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode("utf-8")


@pytest.fixture(params=CASES)
def any_case(request: pytest.FixtureRequest) -> Case:
    case: Case = request.getfixturevalue(request.param)
    return case


@pytest.fixture
def rare_case(case: Case) -> Case:
    """Characters beyond the common fonts in names, titles and numbers."""
    parties = tuple(msgspec.structs.replace(party, name=party.name + RARE) for party in case.parties)
    letters = tuple(msgspec.structs.replace(one, title=f"关于{RARE}的函") for one in case.letters)
    return msgspec.structs.replace(case, number=f"〔2025〕{RARE}第1号", parties=parties, letters=letters)


def assert_text_survives(kind: str, case: Case, office: Office) -> None:
    pdf, source = render(kind, case, office), printed(layout(kind, case, office))
    readers = [by_pdfium] + [by_poppler] * (shutil.which("pdftotext") is not None)
    for reader in readers:
        assert Counter(joined(reader(pdf))) == Counter(source), reader.__name__


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_of_the_file_is_the_text_of_the_paper(kind: str, any_case: Case, office: Office) -> None:
    assert_text_survives(kind, any_case, office)


@pytest.mark.parametrize("kind", KINDS)
def test_rare_names_can_be_searched_and_copied(kind: str, rare_case: Case, office: Office) -> None:
    assert_text_survives(kind, rare_case, office)
    assert set(RARE) <= set(by_pdfium(render(kind, rare_case, office)))


def test_an_agreement_holds_everything_that_was_agreed(case: Case, office: Office) -> None:
    text = printed(layout("调解协议书", case, office))
    assert case.agreement
    wanted = [case.number, case.summary, case.agreement.facts, *(clause.text for clause in case.agreement.clauses)]
    wanted += [value for party in case.parties for value in (party.name, party.phone, party.address, party.credit_code) if value]
    wanted += [
        "申请人一姓名杨自立性别女民族彝族年龄39",
        "委托代理人何敏",
        "本协议一式四份",
        "关上街道人民调解委员会（印章）",
        "2025年3月17日",
    ]
    wanted += ["人民币伍仟贰佰元整（￥5200.00元）", "人民币肆仟陆佰元伍角", "2025年3月31日前", "2025年3月17日"]
    assert [value for value in wanted if value and value not in text] == []


def test_a_register_holds_the_application(case: Case, office: Office) -> None:
    text = printed(layout("受理登记表", case, office))
    wanted = ["2025年3月14日，关上街道人民调解委员会依当事人申请", "合同纠纷", "☑当事人申请", case.summary, *case.claims, "登记人赵明"]
    assert [value for value in wanted if value not in text] == []


@pytest.mark.parametrize("kind", KINDS[2:])
def test_a_letter_holds_its_fields(kind: str, case: Case, office: Office) -> None:
    letter = next(one for one in case.letters if one.kind == kind)
    text = printed(layout(kind, case, office, letter=letter))
    wanted = [letter.number, letter.to, letter.title, letter.matter, *letter.measures]
    assert [value for value in wanted if value and value not in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_id_numbers_are_not_printed(kind: str, case: Case, office: Office) -> None:
    assert "53019919851103004X" not in printed(layout(kind, case, office))


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_value_is_a_blank(kind: str, bare_case: Case, office: Office) -> None:
    text = printed(layout(kind, bare_case, office))
    assert "None" not in text
    assert "张三" in text
    assert "漏水。" in text or kind in ("反馈单", "提示函")


@pytest.mark.parametrize("kind", KINDS)
def test_no_line_breaks_against_the_rules(kind: str, any_case: Case, office: Office) -> None:
    lines = [mark.line.ink for page in layout(kind, any_case, office) for mark in texts(page) if mark.line.ink]
    own = ("（签名）", "（签名盖章）", "—", "☑", "□")  # begin with a mark because the form says so
    assert [line for line in lines if line[0] in NO_START and not line.startswith(own)] == []
    assert [line for line in lines if line[-1] in NO_END] == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stands_outside_the_page(kind: str, any_case: Case, office: Office) -> None:
    for page in layout(kind, any_case, office):
        for mark in texts(page):
            assert mark.x >= 18 * MM
            assert mark.x + mark.line.justified_width + mark.tracking * len(mark.line.ink) <= 192 * MM, mark.line.text
            assert 15 * MM <= mark.y <= 285 * MM


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_case_gives_the_same_bytes(kind: str, case: Case, office: Office) -> None:
    assert render(kind, case, office) == render(kind, case, office)


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_embedded(kind: str, case: Case, office: Office) -> None:
    pdf = render(kind, case, office)
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/CIDFontType2") == pdf.count(b"/ToUnicode") > 0


def test_the_file_says_what_it_is(case: Case, office: Office) -> None:
    document = pypdfium2.PdfDocument(render("调解协议书", case, office))
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"] == "人民调解协议书〔2025〕关上人调字第12号"
    assert about["Author"] == "关上街道人民调解委员会"
    assert about["Subject"] == case.title
    assert b"/Lang (zh-CN)" in render("调解协议书", case, office)


def test_markup_and_templates_in_a_name_are_text(case: Case, office: Office) -> None:
    name = "<b>&amp;{{ 7*7 }}{% if %}</b>"
    parties = (msgspec.structs.replace(case.parties[0], name=name), *case.parties[1:])
    text = printed(layout("调解协议书", msgspec.structs.replace(case, parties=parties), office))
    assert joined(name) in text


def test_control_and_direction_characters_never_reach_the_paper(case: Case, office: Office) -> None:
    summary = "甲\u202e乙\u200b丙\x07丁\ufeff戊\r\n己\t庚"
    text = printed(layout("调解协议书", msgspec.structs.replace(case, summary=summary), office))
    assert "甲乙丙丁戊己庚" in text


def test_a_character_in_no_font_is_refused_by_name(case: Case, office: Office) -> None:
    parties = (msgspec.structs.replace(case.parties[0], name="王\U00031350"), *case.parties[1:])
    with pytest.raises(MissingCharacterError, match=r"姓名或者名称中的“\U00031350”（U\+31350）"):
        render("调解协议书", msgspec.structs.replace(case, parties=parties), office)


def printed_or_refused(case: Case, office: Office) -> str | MissingCharacterError:
    try:
        return printed(layout("调解协议书", case, office))
    except MissingCharacterError as error:
        return error


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_every_character_of_a_name_is_printed_or_refused(case: Case, office: Office, name: str) -> None:
    parties = (msgspec.structs.replace(case.parties[0], name=f"王{name}"), *case.parties[1:])
    outcome = printed_or_refused(msgspec.structs.replace(case, parties=parties), office)
    if isinstance(outcome, str):
        assert joined(f"王{printable(name)}") in outcome
    else:
        assert outcome.character in name
        assert f"U+{ord(outcome.character):04X}" in str(outcome)


def test_reportlab_and_jinja_are_loaded_when_they_are_needed(case: Case, office: Office) -> None:
    """They cost start-up time: the first sheet loads ReportLab, and shipped forms need no Jinja2 at all."""
    code = """
import sys, msgspec
from desktop.documents.forms import shipped
from desktop.documents.occasion import has_happened
from desktop.documents.paper import kinds, render
from desktop.domain.case import Case
from desktop.domain.office import Office
assert not {"reportlab", "jinja2"} & set(sys.modules)
case, office = (msgspec.json.decode(line, type=kind) for line, kind in zip(sys.stdin.buffer, (Case, Office)))
for kind in kinds():
    if has_happened(shipped().form(kind), case):
        render(kind, case, office)
assert not {"jinja2", "reportlab.platypus"} & set(sys.modules)
"""
    lines = msgspec.json.encode(case) + b"\n" + msgspec.json.encode(office) + b"\n"
    subprocess.run([sys.executable, "-c", code], input=lines, cwd=resource().parent, check=True)


def test_a_letter_that_is_not_there_is_refused(case: Case, office: Office) -> None:
    with pytest.raises(NoLetterError, match="还没有提示函"):
        render("提示函", msgspec.structs.replace(case, letters=()), office)


def body_texts(page: list[Mark]) -> list[str]:
    return [mark.line.ink for mark in texts(page) if mark.line.ink]


def test_a_signature_never_stands_alone(case: Case, office: Office) -> None:
    """For every length of the facts, two lines of the body at least stand above the signatures."""
    assert case.agreement
    for length in range(0, 700, 35):
        agreement = msgspec.structs.replace(case.agreement, facts="争" * length)
        last = layout("调解协议书", msgspec.structs.replace(case, agreement=agreement), office)[-1]
        lines = sorted((mark.y, mark.line.ink) for mark in texts(last) if mark.line.ink)
        first = next(y for y, text in lines if "（签名盖章或按指印）" in text)
        assert len({round(y) for y, _ in lines if y < first}) >= 2
        assert any("（印章）" in text for _, text in lines)


def test_sixty_signatures_run_over_pages(case: Case, office: Office) -> None:
    parties = tuple(Party(role="申请人", kind="自然人", name=f"王{n:04d}") for n in range(300))
    text = printed(layout("调解协议书", msgspec.structs.replace(case, parties=parties), office))
    assert all(text.count(party.name) >= 2 for party in parties)


def test_every_party_stands_on_the_paper(huge_case: Case, office: Office) -> None:
    text = printed(layout("调解协议书", huge_case, office))
    assert all(text.count(party.name) >= 2 for party in huge_case.parties)
    assert "一式三十三份" in text


def test_table_labels_are_repeated_on_each_page(huge_case: Case, office: Office) -> None:
    pages = layout("调解协议书", huge_case, office)
    with_instalments = [page for page in pages if any("银行转账" in text for text in body_texts(page))]
    assert len(with_instalments) > 1
    assert all("履行方式" in body_texts(page) for page in with_instalments)


def test_a_long_cell_repeats_its_label(huge_case: Case, office: Office) -> None:
    pages = layout("任务单", huge_case, office)
    labelled = [page for page in pages if "工作任务" in body_texts(page)]
    assert len(labelled) > 1


def test_a_minors_guardian_and_every_agent_are_printed(case: Case, office: Office) -> None:
    minor = msgspec.structs.replace(case.parties[0], guardian="杨国庆（父亲）", agent=case.parties[2].agent)
    text = printed(layout("调解协议书", msgspec.structs.replace(case, parties=(minor, *case.parties[1:])), office))
    assert "法定代理人（监护人）杨国庆（父亲）" in text
    assert "申请人一的监护人杨国庆（父亲）（签名）" in text
    assert "申请人一的委托代理人何敏（签名）" in text


def test_an_advisory_letter_follows_the_letter_form(case: Case, office: Office) -> None:
    """信函格式, GB/T 9704-2012 10.1: organ 30 mm from the top, double rules 170 mm wide, the second 20 mm above the foot."""
    page = layout("提示函", case, office)[0]
    organ = next(mark for mark in texts(page) if mark.colour == "red")
    assert organ.y - 0.88 * organ.size == pytest.approx(30 * MM)
    rules = [mark for mark in page if isinstance(mark, Rule)]
    assert [round((rule.x2 - rule.x1) / MM) for rule in rules] == [170] * 4
    assert rules[0].y1 - (30 * MM + organ.size) == pytest.approx(4 * MM)
    assert rules[-1].y1 == pytest.approx(277 * MM)
    assert rules[0].width > rules[1].width
    assert rules[2].width < rules[3].width
    assert not any("页" in text or "—" in text for text in body_texts(page))


def test_pages_of_a_letter_are_numbered_from_the_second(huge_case: Case, office: Office) -> None:
    pages = layout("提示函", huge_case, office)
    assert ["— 2 —" in body_texts(page) for page in pages[:3]] == [False, True, False]
    assert "— 3 —" in body_texts(pages[2])


def test_a_letter_is_chosen(case: Case, office: Office) -> None:
    letter = Letter(kind="任务单", to="另一社区", issued_on=date(2025, 5, 1))
    assert "另一社区" in printed(layout("任务单", case, office, letter=letter))
