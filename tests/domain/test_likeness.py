"""Likely doubles: retellings of the samples by another office are shown, cases that only look alike are not."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.likeness import LIKELY, Likeness, digits, folded, gist, likeness
from desktop.domain.party import Party
from tests.domain.samples import PATHS, accepted, sample
from tests.store.made_cases import cases

RETOLD = {
    "01": [
        "三家商户称展销活动人流量少、设施不到位，要求商务公司退租金，公司不同意退。",
        "杨自立等三人租用展位参加展销会，认为宣传与实际不符。",
    ],
    "02": ["采果工人与果业公司因装果每筐单价1.2元还是1元发生争执，三十余人聚集。"],
    "03": [
        "普家顺与李文学两家的田相邻，普家顺反映李文学犁地时把田埂往他家这边移了半米左右，双方争吵。",
        "接报警：浦贝村村民因地界问题发生口角，民警到场劝解，未动手。一方称对方将田埂移动0.5米。",
        "李文学家犁田多占了普家的地，要求恢复田埂。",
    ],
    "04": ["夫妻二人因外出打工、孩子上学问题吵架。"],
    "05": ["楼上楼下因漏水发生纠纷，楼下住户三次报警，楼上住户扬言拼命。"],
}
"""The samples as another office would write them down."""

HERE = Party(role="申请人", kind="自然人", name="普家顺", id_number="53019919620719069X", phone="13900000034")
THERE = Party(role="被申请人", kind="自然人", name="李文学", id_number="530199195812010719", phone="13900000035")
EMPLOYER = Party(role="被申请人", kind="组织", name="华宁果业公司", phone="08710000033")
WAGES = "工人反映在公司做工，工资一直没有发，多次催要没有结果，要求公司马上付清。"
PLACE = "易门县浦贝乡浦贝村三组"
TEXT = "两户村民因田埂地界发生纠纷，一方认为邻户翻耕时将田埂向内移了约半米。"


def compared(one: Case, other: Case) -> Likeness:
    return likeness(gist(one), gist(other))


def quarrel(*parties: Party, **fields: Any) -> Case:
    return accepted(**{"summary": TEXT, "place": PLACE, "parties": parties or (HERE, THERE), **fields})


def without(party: Party, *names: str, **fields: Any) -> Party:
    return msgspec.structs.replace(party, **dict.fromkeys(names), **fields)


def named(party: Party, name: str) -> Party:
    return without(party, "id_number", "phone", name=name)


@pytest.mark.parametrize(("number", "text"), [(number, text) for number, texts in RETOLD.items() for text in texts])
def test_a_retelling_by_another_office_is_likely(number: str, text: str) -> None:
    first = sample(number)
    swapped = tuple(without(p, role="申请人" if p.role == "被申请人" else "被申请人") for p in reversed(first.parties))
    later = first.registered_on + timedelta(4)
    second = msgspec.structs.replace(
        first, summary=text, type="其他", place=None, occurred_on=None, amount=None, parties=swapped, registered_on=later
    )
    assert compared(first, second).score >= LIKELY
    no_numbers = tuple(without(p, "id_number", "phone") for p in first.parties)
    assert compared(first, msgspec.structs.replace(second, parties=no_numbers, place=first.place, type=first.type)).score >= LIKELY


def test_the_samples_have_nothing_to_do_with_each_other() -> None:
    assert [compared(sample(a), sample(b)).score for a, b in combinations(PATHS, 2)] == [0] * 10


DAY = quarrel().registered_on
NEAR = DAY + timedelta(3)
LIKE: dict[str, tuple[Case, Case]] = {
    "the same numbers, an x in lower case": (
        quarrel(),
        quarrel(without(HERE, id_number="53019919620719069x"), THERE, summary="占地。", place=None),
    ),
    "numbers typed with blanks and wide digits": (quarrel(), quarrel(without(HERE, id_number="530199 19620719 069Ｘ"), THERE, summary="")),
    "only one party known, by telephone": (quarrel(), quarrel(without(HERE, "id_number", name="普某", phone="139-0000-0034"))),
    "both names, two characters wrong": (quarrel(), quarrel(named(HERE, "普加顺"), named(THERE, "李文雪"))),
    "rare characters in both names": (
        quarrel(named(HERE, "𫝆𣲘"), named(THERE, "李㛃")),
        quarrel(named(HERE, "𫝆𣲘"), named(THERE, "李㛃"), registered_on=NEAR, summary="吵架。"),
    ),
    "nobody named, the text handed on as it was": (quarrel(), quarrel(named(HERE, "张某"), named(THERE, "不详"), registered_on=NEAR)),
    "two of twelve parties": (
        quarrel(*(without(HERE, name=f"工人{n:02}", id_number=f"5301991970010100{n:02}", phone=None) for n in range(12)), type="其他"),
        quarrel(*(without(HERE, name=f"工人{n:02}", id_number=f"5301991970010100{n:02}", phone=None) for n in (3, 7)), place=None),
    ),
    "the wife instead of the husband, from the same telephone": (
        quarrel(HERE, named(THERE, "李四光")),
        quarrel(without(HERE, "id_number", name="张桂兰"), named(THERE, "李四光"), summary="田埂地界争吵，要求恢复。", type="其他"),
    ),
    "a crowd with other speakers": (
        quarrel(*(named(HERE, f"甲{c}") for c in "一二三四五"), EMPLOYER, summary=WAGES),
        quarrel(*(named(HERE, f"乙{c}") for c in "一二三四五"), EMPLOYER, summary=WAGES),
    ),
}


@pytest.mark.parametrize("pair", LIKE.values(), ids=LIKE)
def test_likely(pair: tuple[Case, Case]) -> None:
    assert compared(*pair).score >= LIKELY, compared(*pair)
    assert compared(*pair).reasons


UNLIKE: dict[str, tuple[Case, Case]] = {
    "the same two people, another quarrel half a year later": (
        quarrel(),
        quarrel(registered_on=DAY + timedelta(180), summary="因借款三千元没有归还，双方在街上争吵。", type="合同", place="浦贝乡集市"),
    ),
    "ten workers against one employer": (
        quarrel(
            without(HERE, name="王建芬", id_number="530199197001100103", phone="13900000005"),
            EMPLOYER,
            summary=WAGES,
            type="拖欠农民工工资",
        ),
        quarrel(
            without(HERE, name="李有才", id_number="530199197102110132", phone="13900000006"),
            EMPLOYER,
            summary=WAGES,
            type="拖欠农民工工资",
        ),
    ),
    "ten workers without numbers": (
        quarrel(named(HERE, "王建芬"), EMPLOYER, summary=WAGES, amount=500_000),
        quarrel(named(HERE, "李有才"), EMPLOYER, summary=WAGES, amount=720_000),
    ),
    "a common name on the same day": (
        quarrel(named(HERE, "王伟"), THERE, summary="楼上漏水泡坏了天花板，要求赔偿。", place="东街小区"),
        quarrel(named(HERE, "王伟"), named(THERE, "赵敏"), summary="摆摊占道发生推搡，扯坏衣服。", place="西门菜场"),
    ),
    "the same name, other numbers": (
        quarrel(HERE, named(THERE, "李文学")),
        quarrel(without(HERE, id_number="530199197001100103", phone=None), named(THERE, "赵敏"), summary="摆摊占道发生推搡。"),
    ),
    "the same place and day, other people": (
        quarrel(named(HERE, "张三丰"), named(THERE, "李四光"), summary="两家因排水沟争吵，要求疏通。"),
        quarrel(named(HERE, "赵一曼"), named(THERE, "钱学森"), summary="狗咬伤邻居小孩，要求付医药费。"),
    ),
    "the clerk's own telephone for everybody": (
        quarrel(*(without(p, "id_number", phone="13900000099") for p in (HERE, THERE)), summary="占地。"),
        quarrel(
            *(without(p, "id_number", phone="13900000099", name=name) for p, name in ((HERE, "赵一曼"), (THERE, "钱学森"))),
            summary="狗咬伤人。",
        ),
    ),
    "a family's telephone, another quarrel": (
        quarrel(HERE, named(THERE, "李四光"), summary="占地。"),
        quarrel(without(HERE, "id_number", name="普小明"), named(THERE, "钱学森"), summary="狗咬伤人。"),
    ),
    "nobody named, short texts": (
        quarrel(named(HERE, "张某"), named(THERE, "李某"), summary="邻里争吵。"),
        quarrel(named(HERE, "张某"), named(THERE, "李某"), summary="邻里争吵。", place="别处"),
    ),
    "no parties, no texts": (quarrel(parties=(), summary="", place=None), quarrel(parties=(), summary="", place=None)),
}


@pytest.mark.parametrize("pair", UNLIKE.values(), ids=UNLIKE)
def test_only_alike(pair: tuple[Case, Case]) -> None:
    assert compared(*pair).score < LIKELY, compared(*pair)


def test_reasons_are_told_in_plain_words() -> None:
    assert compared(quarrel(), quarrel(without(HERE, phone=None), named(THERE, "李文学"), registered_on=NEAR, amount=None)).reasons == (
        "同一当事人（身份证号码相同）：普家顺",
        "当事人姓名相同：李文学",
        "同一地点、登记相差3天",
        "情况基本相同",
    )
    other = quarrel(without(HERE, "id_number", name="普小明"), without(THERE, "id_number"), place="浦贝村", summary="占田。")
    assert compared(quarrel(), other).reasons == ("同一当事人（电话相同）：普家顺／普小明、李文学", "同一地点、同一天登记")
    met = compared(quarrel(occurred_on=DAY), quarrel(occurred_on=DAY, registered_on=DAY + timedelta(40)))
    assert "同一地点、同一天发生" in met.reasons
    many = quarrel(
        *(without(HERE, name=f"工人{n}", id_number=f"53019919700101000{n}", phone=None) for n in range(5)), summary="", place=None
    )
    assert compared(many, many).reasons == ("同一当事人（身份证号码相同）：工人0、工人1、工人2等5人", "同一天登记")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("139 0000-0034", "13900000034"), ("+86 139 0000 0034", "13900000034"), ("0871-1000004", "08711000004"), ("１１０", ""), ("无", "")],
)
def test_telephone_numbers_are_compared_by_their_digits(typed: str, kept: str) -> None:
    assert digits(typed) == kept


def test_texts_are_compared_without_blanks_and_wide_forms() -> None:
    assert folded(" Ａ组　 3号\n") == "a组3号"
    assert len(folded("长" * 5000)) == 400


@given(cases(), cases())
def test_any_two_cases_can_be_compared_and_order_plays_no_part(one: Case, other: Case) -> None:
    found = compared(one, other)
    assert 0 <= found.score <= 100
    assert found == compared(other, one)


@given(cases(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_case_is_never_less_like_itself_than_later(case: Case, day: date) -> None:
    dated = msgspec.structs.replace(case, occurred_on=None)
    assert compared(dated, dated).score >= compared(dated, msgspec.structs.replace(dated, registered_on=day)).score
