"""An office, and cases that are hard to print."""

from datetime import date

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.office import Office
from desktop.domain.party import Agent, LegalRepresentative, Party

LONG = (
    "双方于2025年3月8日就“展位租赁”（合同编号：ZL-2025-0308）发生争议，申请人称已付人民币叁万陆仟元整（￥36000.00元），"
    "对方称：“合同第三条、第七条约定明确，不予退还。”"
)


def person(name: str, **more: object) -> Party:
    known = {"role": "申请人", "kind": "自然人", "name": name, "sex": "女", "ethnic": "彝族", "born_on": "1985-11-03"}
    known |= {
        "id_number": "53019919851103004X",
        "occupation": "个体经营",
        "phone": "13900000002",
        "address": "玉溪市红塔区某街道某村27号",
    }
    return msgspec.convert(known | more, Party)


COMPANY = Party(
    role="被申请人",
    kind="组织",
    name="玉溪某某商务服务有限公司",
    credit_code="91530199MA6K00004R",
    legal_representative=LegalRepresentative(name="周建华", title="法定代表人"),
    phone="08710000004",
    address="玉溪市红塔区某路16号",
    agent=Agent(name="何敏", kind="单位工作人员", authority=("代为承认、变更和放弃调解请求",)),
)


def payment(amount: int, day: date) -> Obligation:
    return Obligation(payer=COMPANY.name, payee="杨自立", amount=amount, due_on=day, method="银行转账")


def letter(kind: str, word: str, **more: object) -> Letter:
    number, due_on, issued_on = f"关上综治{word}〔2025〕1号", "2025-03-20", "2025-03-15"
    known = {"kind": kind, "number": number, "due_on": due_on, "issued_on": issued_on, "responsible": "社区书记"}
    return msgspec.convert(known | more, Letter)


def full_case() -> Case:
    clauses = ("被申请人退还租金共计人民币14400元。", "双方就本次租赁再无其他争议。")
    letters = (
        letter("任务单", "任", to="某社区", matter="有激化苗头", measures=("每日走访稳控", "五日内组织联调"), signer="政法委员"),
        letter("督办单", "督", to="某社区", matter="逾期未反馈", measures=("两日内反馈",), replies_to="任务单"),
        letter("反馈单", "馈", to="综治中心", matter="达成协议", measures=("已签订书面协议",), replies_to="督办单"),
        letter("提示函", "函", to="市场监督管理局", matter="展销纠纷多发。", measures=("核验合同",), title="关于规范展销活动的提示函"),
    )
    return Case(
        type="合同",
        number="〔2025〕关上人调字第12号",
        source="当事人申请",
        registered_on=date(2025, 3, 14),
        occurred_on=date(2025, 3, 8),
        place="红塔区某广场",
        summary="三家商户要求退还租赁费用；公司以合同约定为由拒绝，双方僵持不下。",
        claims=("退还展位租赁费用人民币36000元", "赔偿布展损失人民币4500元"),
        risk="中",
        risk_factors=("群体",),
        parties=(person("杨自立"), person("普秀芬"), COMPANY),
        mediators=("段文清", "马丽琼"),
        recorder="赵明",
        agreement=Agreement(
            form="书面",
            signed_on=date(2025, 3, 17),
            facts="展位的供电、雨棚未完全到位。",
            clauses=tuple(Clause(text=text) for text in clauses),
            obligations=(payment(520000, date(2025, 3, 31)), payment(460050, date(2025, 4, 1))),
        ),
        letters=letters,
    )


@pytest.fixture
def office() -> Office:
    return Office(id="0" * 32, level="镇", name="关上街道综治中心", series="关上", committee="关上街道人民调解委员会")


@pytest.fixture
def case() -> Case:
    """A case in which nothing is unknown."""
    return full_case()


@pytest.fixture
def bare_case() -> Case:
    """A case with its required fields only."""
    parties = (Party(role="申请人", kind="自然人", name="张三"), Party(role="被申请人", kind="组织", name="某公司"))
    letters = tuple(Letter(kind=kind) for kind in ("任务单", "督办单", "反馈单", "提示函"))
    return Case(type="邻里", registered_on=date(2025, 1, 2), summary="漏水。", parties=parties, letters=letters)


@pytest.fixture
def huge_case(case: Case) -> Case:
    """32 parties, facts of 5,000 characters, 40 clauses, 24 instalments, long letters."""
    assert case.agreement is not None
    payments = tuple(payment(123456 + i, date(2025 + i // 12, i % 12 + 1, 28)) for i in range(24))
    clauses = tuple(Clause(text=LONG[: 20 + 2 * i] + "。") for i in range(40))
    agreement = msgspec.structs.replace(case.agreement, facts=(LONG * 60)[:4999] + "。", obligations=payments, clauses=clauses)
    letters = tuple(
        msgspec.structs.replace(one, matter=(LONG * 20)[:1500] + "。", measures=tuple(LONG for _ in range(25))) for one in case.letters
    )
    parties = (*(person(f"王建{n}") for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土东西南北"), COMPANY)
    return msgspec.structs.replace(case, parties=parties, agreement=agreement, letters=letters, summary=(LONG * 20)[:1600] + "。")
