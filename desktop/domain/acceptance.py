"""Disputes that a people's mediation committee may not take, as far as their words show it (domain.md 4.4)."""

import re
from collections.abc import Iterator

from desktop.domain.case import Case
from desktop.domain.codes import Source
from desktop.domain.finding import Finding, SentenceRule, by_rules

_ORDER_22 = "司法部令第75号《人民调解工作若干规定》第二十二条"
_NO_CRIME = re.compile("防止|避免|预防|以免|严防|未构成|不构成|不予立案|转化为")

_MATTERS = (
    SentenceRule(
        re.compile(
            "强奸|抢劫|故意杀人|贩毒|贩卖毒品|(?<!严)重伤|轻伤(?!害?不)|刑事案件|刑事拘留|批准逮捕|涉嫌[^，。；]{0,8}(?:犯罪|罪)|盗窃|诈骗"
        ),
        "写有“{found}”，可能涉及刑事案件，应由公安司法机关处理，请核对；只调解民事赔偿的，请写明。",
        _ORDER_22,
        unless=_NO_CRIME,
    ),
    SentenceRule(
        re.compile(
            "行政(?:处罚|许可|强制|复议|诉讼|赔偿)|(?:征收|征用|补偿安置|处罚)决定书?|不服[^，。；]{0,15}(?:决定|认定|处罚|答复)|(?:违法|违章)(?:建筑|建设)|强制拆除"
        ),
        "写有“{found}”，可能是行政争议，不属于人民调解的范围，请核对；属于的，告知申请行政复议、行政诉讼。",
        _ORDER_22,
    ),
    SentenceRule(
        re.compile("家庭暴力|家暴|人身安全保护令"),
        "写有“{found}”，家庭暴力不能以调解代替处理，请告知报警、告诫书和人身安全保护令，并核对是否应当报告。",
        "反家庭暴力法第十四条、第二十三条",
        unless=re.compile("反家|宣[讲传]|普法|没有|不存在|预防"),
    ),
    SentenceRule(
        re.compile("(?:明确|坚决|书面)(?:表示)?(?:拒绝|不同意|不愿)(?:接受)?调解"),
        "写有“{found}”，当事人一方明确拒绝调解的不得调解，请核对当事人现在的意愿。",
        "人民调解法第十七条",
        unless=re.compile("后来|后又|经劝说|起初|曾"),
    ),
)

_COURT = SentenceRule(
    re.compile(
        "(?:已经?|正在)[^，。；]{0,10}(?:起诉|诉至|立案审理|开庭)|法院(?:已经?|正在)?(?:立案|受理|判决|裁定|审理)|(?<!统)[一二]审(?![核查批议计])|民事判决|仲裁裁决|已经?申请(?:劳动)?仲裁"
    ),
    "写有“{found}”，法院、仲裁已经受理或者解决的，人民调解委员会不得受理，请核对；是委托调解的，请把案件来源改为委托移送。",
    f"{_ORDER_22}第二项",
    unless=re.compile("撤诉|撤回|准备|打算|扬言|要求|不予受理"),
)
_POLICE = SentenceRule(
    re.compile("(?:公安|派出所|公安局|公安机关)[^，。；]{0,4}(?:已经?)?(?:立案|受案|受理|作出[^，。；]{0,6}处罚)|治安案件"),
    "写有“{found}”，公安机关已经受理或者解决的，人民调解委员会不得受理，请核对；是委托调解的，请把案件来源改为委托移送。",
    f"{_ORDER_22}第二项",
    unless=re.compile("防止|避免|预防|不予|引起|未"),
)
_AGENCY = SentenceRule(
    re.compile(
        "(?:监察|监管|自然资源|农业农村|住建|人社|信访)[^，。；]{0,6}(?:局|部门|大队|机构|所)[^，。；]{0,4}已经?(?:立案|受理|处理|裁决|调处)"
    ),
    "写有“{found}”，行政机关已经受理或者解决的，人民调解委员会不得受理，请核对；是委托调解的，请把案件来源改为委托移送。",
    f"{_ORDER_22}第二项",
)

_TAKEN_BY = (
    (_COURT, frozenset[Source]({"法院委托移送"})),
    (_POLICE, frozenset[Source]({"公安机关委托移送", "110警情", "检察院委托移送"})),
    (_AGENCY, frozenset[Source]({"其他部门委托移送", "信访部门委托移送", "政府部门指定", "上级交办"})),
)
"""Who has the dispute already, and the sources from which it comes to the committee all the same."""


def findings(case: Case) -> Iterator[Finding]:
    """Words of the summary, the claims and the facts that show a dispute outside people's mediation. Warnings: only a person can tell."""
    rules = (*_MATTERS, *(rule for rule, sources in _TAKEN_BY if case.source not in sources))
    texts = [("summary", case.summary)] + [(f"claims[{index}]", claim) for index, claim in enumerate(case.claims)]
    if case.agreement and case.agreement.facts:
        texts.append(("agreement.facts", case.agreement.facts))
    for path, text in texts:
        yield from by_rules(rules, path, text)
