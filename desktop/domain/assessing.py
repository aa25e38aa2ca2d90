"""研判: how the risk of a dispute is assessed, by whom, and what a high one obliges to (domain.md 2.7; 人民调解法 Art. 25).

Risk is a property of a dispute, never of a person. Triggers propose; people decide, in three stages (三定).
"""

import re
from collections.abc import Iterable

import msgspec

from desktop.domain.case import Case
from desktop.domain.codes import AssessmentStage, OfficeLevel, Risk

GROUP = 5
"""People from whom on a dispute counts as that of a group (domain.md 2.7, 3.21)."""

STAGES: tuple[AssessmentStage, ...] = ("初定", "议定", "审定")
RISKS: tuple[Risk, ...] = ("低", "中", "高")
RISKY = frozenset({"中", "高"})


class Trigger(msgspec.Struct, frozen=True):
    """A circumstance that makes a dispute 高. `name` stands in the case file among the risk factors; `words` show it in a narrative."""

    name: str
    words: re.Pattern[str] | None = None


_DENIED = re.compile("没有|未曾|并未|不存在|防止|避免|预防|以免")

TRIGGERS = (
    Trigger("扬言伤害他人或者自残", re.compile("扬言|威胁要|要杀|杀了|杀死|砍死|同归于尽|自杀|自残|跳楼|喝农药|不想活")),
    Trigger("持械", re.compile("持[刀棍械枪]|拿(?:着|起)?(?:菜刀|砍刀|刀|棍|铁锹|锄头)|械斗|凶器")),
    Trigger("家庭暴力或者人身安全保护令", re.compile("家庭暴力|家暴|人身安全保护令|殴打(?:妻子|丈夫|孩子|老人)")),
    Trigger("三次以上报警", re.compile("(?:多次|[三四五六七八九3-9]次)报警")),
    Trigger("涉及精神障碍患者", re.compile("精神(?:障碍|分裂|疾病|病|失常)")),
    Trigger("群体5人以上"),
    Trigger("死亡赔偿", re.compile("死亡(?:赔偿|补偿)|致(?:人)?死亡|丧葬费|死者")),
)
"""In the order in which they are shown as ticks."""

_BY_FACTS = "群体5人以上"


class RiskProposal(msgspec.Struct, frozen=True):
    """The level that the facts suggest, and why."""

    risk: Risk
    factors: tuple[str, ...] = ()


def propose(case: Case) -> RiskProposal:
    """What the facts suggest: 高 with the triggers that were ticked or found, 中 where other factors are noted, else 低."""
    ticked = [one.name for one in TRIGGERS if one.name in case.risk_factors]
    found = tuple(dict.fromkeys([*ticked, *triggered(case)]))
    if found:
        return RiskProposal("高", tuple(one.name for one in TRIGGERS if one.name in found))
    return RiskProposal("中", case.risk_factors) if case.risk_factors else RiskProposal("低")


def triggered(case: Case) -> tuple[str, ...]:
    """The triggers that the facts and the narrative of the case show."""
    found = {_BY_FACTS} if case.group or (case.people_count or 0) >= GROUP else set()
    texts = (case.summary, *case.claims, *(session.record or "" for session in case.sessions))
    found.update(one.name for one in TRIGGERS if one.words and any(_shows(one.words, text) for text in texts))
    return tuple(one.name for one in TRIGGERS if one.name in found)


def _shows(words: re.Pattern[str], text: str) -> bool:
    """Whether the words stand in a part of a sentence that does not deny them."""
    return any(words.search(part) and not _DENIED.search(part) for part in re.split("[，。；！？\n,;]", text))


def stages_of(level: OfficeLevel) -> tuple[AssessmentStage, ...]:
    """Who decides which stage: the village and its groups 初定 and 议定, the township and above 审定 too (三定, domain.md 2.7)."""
    return STAGES[:2] if level == "村" else STAGES


def next_stage(case: Case, level: OfficeLevel) -> AssessmentStage:
    """The stage that comes next: after 审定 a new look begins at 议定 again; an office stays with its own stages."""
    done = [one.stage for one in case.assessments if one.stage]
    own = stages_of(level)
    if not done:
        return own[0]
    after = STAGES.index(done[-1]) + 1
    return own[after] if after < len(own) else own[-1] if done[-1] != own[-1] else own[max(len(own) - 2, 0)]


def lacking_before(stages: Iterable[AssessmentStage | None], stage: AssessmentStage) -> AssessmentStage | None:
    """The stage that has to be on record before this one and is not: 议定 follows 初定, 审定 follows 议定.

    A later stage answers for those before it: after 审定 a new look begins at any stage.
    """
    place = STAGES.index(stage)
    before = STAGES[place - 1] if place else None
    return before if before and not {*stages} & {*STAGES[place - 1 :]} else None


def current_risk(case: Case) -> Risk | None:
    """The level that holds: that of the case, otherwise that of its last assessment."""
    return case.risk or next((one.risk for one in reversed(case.assessments) if one.risk), None)


def ever_risky(case: Case) -> bool:
    """Whether the dispute was ever 中 or 高."""
    risks = {case.risk, *(one.risk for one in case.assessments), *(one.risk for one in case.visits)}
    return bool(risks & RISKY)


def must_report(case: Case) -> bool:
    """Whether the police have still to be told: a high risk without a report on record (人民调解法 Art. 25)."""
    return current_risk(case) == "高" and not case.police_reported_at
