"""受理审查: what is asked when a dispute comes in, and what follows from the answers (domain.md 3.18, 4.4).

The questions are data in words that a villager understands. Answers propose; the operator decides, and what law bars is refused
when the case is saved (`course`).
"""

from collections.abc import Collection
from typing import Literal

import msgspec

from desktop.domain.codes import IntakeDecision, Source

OUTSIDE = "不属于本委员会受理范围"
ONLY_AUTHORITIES = "法律、法规规定只能由专门机关管辖处理，或者禁止采用民间调解方式解决"
ALREADY_TAKEN = "人民法院、公安机关或者其他行政机关已经受理或者解决"
UNWILLING = "另一方当事人不同意调解"
UNCLEAR = "没有明确的被申请人或者调解请求"
NO_PAPERS = "未按要求提交材料和事实依据"
REASONS = (UNWILLING, OUTSIDE, UNCLEAR, NO_PAPERS, ONLY_AUTHORITIES, ALREADY_TAKEN)
"""The reasons of a refusal as the notice prints them with boxes to tick (resources/forms/不予受理通知书.toml)."""

WAYS = ("法律援助", "仲裁", "行政裁决", "行政复议", "诉讼", "公安")
"""Where the parties may be shown the way to (domain.md 4.4; the routes of 山丹)."""

_ORDER_22_1 = "司法部令第75号第二十二条第一项"
_ORDER_22_2 = "司法部令第75号第二十二条第二项"
_ACT_17 = "人民调解法第十七条"


class Question(msgspec.Struct, frozen=True):
    """A question of the intake. `code` stands in the case file and never changes.

    `bars`: a yes keeps the committee from taking the dispute, for the `reason`; otherwise a yes only says that another way is better.
    `ways` are what the parties are then told of, `law` the rule. From one of the `sources` the dispute comes to the committee all the
    same (委托): the question is then not asked.
    """

    code: str
    text: str
    bars: bool
    ways: tuple[str, ...]
    law: str
    reason: str | None = None
    sources: frozenset[Source] = frozenset()


QUESTIONS = (
    Question(
        "crime",
        "有人被打成轻伤以上，或者涉嫌偷、抢、骗、强奸、贩毒等犯罪吗？",
        bars=True,
        ways=("公安",),
        law=_ORDER_22_1,
        reason=ONLY_AUTHORITIES,
        sources=frozenset({"公安机关委托移送", "法院委托移送", "检察院委托移送"}),  # the civil compensation alone (domain.md 4.4)
    ),
    Question(
        "violence",
        "是家里人打人、恐吓，正在发生或者还会再发生吗？",
        bars=True,
        ways=("公安", "法律援助"),
        law="反家庭暴力法第十三条、第二十三条",
        reason=ONLY_AUTHORITIES,
    ),
    Question(
        "authority",
        "是不服政府、公安等机关的处罚、许可、征收决定吗？",
        bars=True,
        ways=("行政复议", "诉讼"),
        law=_ORDER_22_1,
        reason=ONLY_AUTHORITIES,
    ),
    Question(
        "illegal_building",
        "要的是认定违法建筑归谁、该不该拆吗？",
        bars=True,
        ways=("行政裁决",),
        law=_ORDER_22_1,
        reason=ONLY_AUTHORITIES,
    ),
    Question(
        "court",
        "法院或者仲裁机构已经立案，或者已经判决、裁决了吗？",
        bars=True,
        ways=("诉讼",),
        law=_ORDER_22_2,
        reason=ALREADY_TAKEN,
        sources=frozenset({"法院委托移送"}),
    ),
    Question(
        "police",
        "公安机关已经受理，或者已经处理了吗？",
        bars=True,
        ways=("公安",),
        law=_ORDER_22_2,
        reason=ALREADY_TAKEN,
        sources=frozenset({"公安机关委托移送", "110警情", "检察院委托移送"}),
    ),
    Question(
        "office",
        "别的政府部门已经受理，或者已经处理了吗？",
        bars=True,
        ways=("行政复议",),
        law=_ORDER_22_2,
        reason=ALREADY_TAKEN,
        sources=frozenset({"其他部门委托移送", "信访部门委托移送", "政府部门指定", "上级交办", "12345热线"}),
    ),
    Question(
        "not_civil", "争的不是民事权利义务，例如要求查处、举报、信访吗？", bars=True, ways=("行政复议",), law=_ORDER_22_1, reason=OUTSIDE
    ),
    Question("unwilling", "有一方明确说不愿意调解吗？", bars=True, ways=("仲裁", "诉讼"), law=_ACT_17, reason=UNWILLING),
    Question("nobody", "说不清要跟谁调解，或者要解决什么吗？", bars=True, ways=("法律援助",), law="地方受理办法", reason=UNCLEAR),
    Question(
        "labour",
        "是劳动合同、工资、社保的争议，当事人愿意直接申请仲裁吗？",
        bars=False,
        ways=("仲裁",),
        law="劳动争议调解仲裁法第五条",
    ),
    Question(
        "ownership",
        "争的是山林、土地归谁所有，要政府确认权属吗？",
        bars=False,
        ways=("行政裁决",),
        law="土地管理法第十四条、森林法第二十二条",
    ),
    Question("poor", "当事人生活困难，又需要请律师吗？", bars=False, ways=("法律援助",), law="法律援助法第三十一条"),
)
"""In the order in which they are asked; those that bar first."""

_BY_CODE = {question.code: question for question in QUESTIONS}


class Proposal(msgspec.Struct, frozen=True):
    """What follows from the answers: the decision, the reason of a refusal, the ways to tell of, and a sentence for each yes."""

    decision: IntakeDecision
    reason: str | None = None
    guided_to: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


def question(code: str) -> Question | None:
    """The question with the code; None for one that another edition of the program asks."""
    return _BY_CODE.get(code)


def questions_for(source: str | None) -> tuple[Question, ...]:
    """What is asked about a dispute from the source."""
    return tuple(one for one in QUESTIONS if source not in one.sources)


def decide(answers: Collection[str], source: str | None = None) -> Proposal:
    """The proposal for the codes of the questions that were answered with yes.

    One that bars means 不予受理 for the reason of the first such; one that only guides means 引导; none means 受理.
    """
    yes = [one for one in questions_for(source) if one.code in answers]
    ways = tuple(dict.fromkeys(way for one in yes for way in one.ways))
    because = tuple(f"{one.text.rstrip('？')}：是（{one.law}）" for one in yes)
    barring = [one for one in yes if one.bars]
    if barring:
        return Proposal("不予受理", barring[0].reason, ways, because)
    return Proposal("引导", None, ways, because) if yes else Proposal("受理")


Consequence = Literal["不得受理", "可以引导"]


def consequence(one: Question) -> Consequence:
    """What a yes means, in a word."""
    return "不得受理" if one.bars else "可以引导"
