"""协议体检: what to look at before an agreement is printed, each with its source (domain.md 3.7, 3.11, 4.1 to 4.4).

Warnings stand beside the paper and never hold it up; only what law forbids (`Finding.grave`) keeps it from being sealed.
"""

import re
from collections.abc import Iterator
from datetime import date

from desktop.domain import acceptance, agreed_amounts, clause_dates, id_number
from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.amount_words import amounts
from desktop.domain.case import Case
from desktop.domain.confirmation_window import ENDED_OTHERWISE
from desktop.domain.deadline import IsWorkingDay, confirmation_deadline
from desktop.domain.finding import Finding, by_rules
from desktop.domain.forbidden import FORBIDDEN, IS_COMMITTEE, NO_FEES, PAID_ON
from desktop.domain.party import Agent, Party, age_on
from desktop.domain.wrong_words import DEPOSIT, doubtful_words, mixed_deposit

_CONTENT = "人民调解法第二十九条（协议书载明的事项）"
_AUTHORITY = "民法典第一百六十五条、第一百七十一条；授权委托书第④、⑤项"
_CONFIRMATION = "人民调解法第三十三条（三十日内共同申请司法确认）"
_WORDING = "调解协议书用语规范"


def findings(case: Case, today: date, is_working_day: IsWorkingDay) -> list[Finding]:
    """Everything to look at before the agreement of the case is printed or sealed, in the order of the paper.

    Without an agreement only whether the committee may take the dispute at all. The same case, day and calendar give the same list;
    no two findings are alike.
    """
    found = list(acceptance.findings(case))
    if case.agreement is not None:
        found += _of_parties(case, today)
        found += _of_content(case, case.agreement)
        found += _of_obligations(case, case.agreement)
        found += agreed_amounts.findings(case.agreement)
        found += _of_texts(case.agreement, today)
        found += _of_confirmation(case, case.agreement, today, is_working_day)
    return list(dict.fromkeys(found))


def _of_parties(case: Case, today: date) -> Iterator[Finding]:
    for role in ("申请人", "被申请人"):
        if not any(party.role == role for party in case.parties):
            yield Finding("parties", f"协议还没有{role}，请登记{role}后再打印。", _CONTENT)
    day = case.agreement.signed_on if case.agreement and case.agreement.signed_on else today
    for index, party in enumerate(case.parties):
        path = f"parties[{index}]"
        if lacking := [(field, words) for field, words, value in _needed(party) if not value]:
            names = "、".join(words for _, words in lacking)
            yield Finding(
                f"{path}.{lacking[0][0]}", f"{party.name.strip() or party.role}的{names}没有填写，协议书上会空着，请补充。", _CONTENT
            )
        yield from _of_minor(path, party, day)
        if party.agent and not _has_special_authority(party.agent):
            yield Finding(f"{path}.agent.authority", _NO_AUTHORITY.format(party.agent.name, party.name), _AUTHORITY)


_NO_AUTHORITY = "代理人{}没有登记特别授权（承认、变更、放弃调解请求，签署调解文书），不能代{}签协议，请补充授权委托书或者由当事人本人签名。"


def _needed(party: Party) -> tuple[tuple[str, str, object], ...]:
    """What the party block of an agreement says (domain.md 3.0): field, words on the paper, value. The occupation may be none."""
    name = ("name", "姓名" if party.kind == "自然人" else "名称", party.name.strip())
    reach = (("phone", "联系方式", party.phone), ("address", "单位或住址", party.address))
    if party.kind == "组织":
        representative = party.legal_representative
        return (name, ("legal_representative", "法定代表人", representative and representative.name.strip()), *reach)
    return (name, ("sex", "性别", party.sex), ("ethnic", "民族", party.ethnic), ("born_on", "出生日期", _born_on(party)), *reach)


def _born_on(party: Party) -> date | None:
    return party.born_on or id_number.birth_date(id_number.normalized(party.id_number or ""))


def _of_minor(path: str, party: Party, day: date) -> Iterator[Finding]:
    born_on = _born_on(party)
    if party.kind != "自然人" or party.guardian or born_on is None or born_on > day:
        return
    if age_on(born_on, day) < 8:
        message = f"{party.name}不满8周岁，自己签订的协议无效，请登记监护人，由监护人代签。"
        yield Finding(f"{path}.guardian", message, "民法典第二十条、第二十三条、第一百四十四条", grave=True)
    elif age_on(born_on, day) < 18:
        message = f"{party.name}未满18周岁，请登记监护人并由监护人签名；已满16周岁、以自己的劳动收入为主要生活来源的，请在协议中写明。"
        yield Finding(f"{path}.guardian", message, "民法典第十八条、第十九条、第二十三条")


_DISPOSAL = re.compile("承认|变更|放弃|④")
_SIGNING = re.compile("签署|签订|签字|签名|⑤")


def _has_special_authority(agent: Agent) -> bool:
    """Whether the agent may dispose of the claims (④) and sign (⑤): both, or 特别授权 in so many words."""
    words = "；".join(agent.authority)
    return "特别授权" in words or bool(_DISPOSAL.search(words) and _SIGNING.search(words))


_PERFORMING = re.compile("支付|给付|赔偿|补偿|返还|退还|偿还|归还|修复|维修|完成|搬离|腾退|拆除|清理|恢复|交付|道歉|重筑|重建|停止|办理")


def _of_content(case: Case, agreement: Agreement) -> Iterator[Finding]:
    """What an agreement must say by law."""
    if not case.mediators:
        yield Finding("mediators", "还没有登记调解员，协议书须由人民调解员签名，请登记。", _CONTENT)
    if not (agreement.facts or "").strip():
        yield Finding("agreement.facts", "纠纷的主要事实、争议事项没有写，请补充。", _CONTENT)
    if not any(clause.text.strip() for clause in agreement.clauses):
        yield Finding("agreement.clauses", "协议没有条款，请补充协议内容。", _CONTENT)
    elif not agreement.obligations and any(_PERFORMING.search(clause.text) and not amounts(clause.text) for clause in agreement.clauses):
        yield Finding("agreement.obligations", "条款要求履行，但没有登记履行事项，请登记由谁在何时怎样履行。", _CONTENT)
    for index, clause in enumerate(agreement.clauses):
        if not clause.text.strip() and len(agreement.clauses) > 1:
            yield Finding(f"agreement.clauses[{index}]", "这一条是空的，请补充内容或者删去。", _CONTENT)


def _of_obligations(case: Case, agreement: Agreement) -> Iterator[Finding]:
    known = _KnownNames(case)
    for index, obligation in enumerate(agreement.obligations):
        path = f"agreement.obligations[{index}]"
        if obligation.due_on is None:
            yield Finding(f"{path}.due_on", "履行事项没有写明期限，请与当事人商定年、月、日后补充。", _CONTENT)
        yield from _of_sides(path, obligation, known)


def _of_sides(path: str, obligation: Obligation, known: "_KnownNames") -> Iterator[Finding]:
    payer, payee = obligation.payer, obligation.payee
    if not payer:
        yield Finding(f"{path}.payer", "履行事项没有写明由谁履行，请补充。", _CONTENT)
    if not payee and obligation.amount is not None:
        yield Finding(f"{path}.payee", "履行事项没有写明付给谁，请补充。", _CONTENT)
    if payer and payer == payee:
        yield Finding(f"{path}.payee", f"履行事项的履行人和接受人都是“{payer}”，请核对。", _CONTENT)
    if payee and IS_COMMITTEE.search(payee) and not PAID_ON.search(f"{payee}{obligation.method or ''}"):
        yield Finding(
            f"{path}.payee", f"不能向“{payee}”付款，人民调解不收取任何费用，请删去；代收代付的，请写明转交给谁。", NO_FEES, grave=True
        )
        payee = None
    for field, words, name in (("payer", "履行人", payer), ("payee", "接受人", payee)):
        if name and (stranger := known.stranger(name)):
            yield Finding(f"{path}.{field}", f"{words}“{stranger}”不在当事人中，请核对姓名或者补登当事人。", _CONTENT)


_AS_A_GROUP = re.compile(
    "(?:全体|各|双方|所有|[0-9一二两三四五六七八九十百]+(?:名|位|个|方))?(?:(?P<role>被?申请人|第三人)(?:[0-9一二三四五六七八九十]+)?|当事人|双方|各方)(?:双方|各方)?"
)
_NOTE = re.compile(r"[（(][^（）()]*[）)]")
_BETWEEN_NAMES = re.compile("[、，,；;\\s]|以及|及其|及|和|与")
_ROUND_NAMES = re.compile("^(?:被?申请人|第三人|监护人|法定代理人)$|共同|分别|各自|等(?:[0-9一二两三四五六七八九十]+[人户方])?$")


class _KnownNames:
    """Whom an obligation may name: the parties, their guardians, and all who have a role (`全体申请人`)."""

    def __init__(self, case: Case) -> None:
        names = {party.name.strip() for party in case.parties} | {(party.guardian or "").strip() for party in case.parties}
        self._names = sorted(names - {""}, key=len, reverse=True)
        self._guardians = [party.guardian for party in case.parties if party.guardian]
        self._roles = {str(party.role) for party in case.parties}

    def stranger(self, text: str) -> str | None:
        """The text without its notes if anyone in it belongs to nobody in the case."""
        text = rest = _NOTE.sub("", text).strip()
        for name in self._names:
            rest = rest.replace(name, "、")
        return None if all(self._knows(part) for part in _BETWEEN_NAMES.split(rest)) else text

    def _knows(self, part: str) -> bool:
        """Whether a part beside the names is a role that somebody has, a guardian's name, or no name at all."""
        group = _AS_A_GROUP.fullmatch(part)
        if group:
            return group["role"] is None or group["role"] in self._roles
        part = _ROUND_NAMES.sub("", part)
        return not part or any(part in guardian for guardian in self._guardians)


def _of_texts(agreement: Agreement, today: date) -> Iterator[Finding]:
    """Forbidden matters, dates and wrong words, in the clauses and in what is to be performed; wrong words in the facts too."""
    clauses = [(f"agreement.clauses[{index}]", clause.text) for index, clause in enumerate(agreement.clauses)]
    acts = [
        (f"agreement.obligations[{index}].{field}", text)
        for index, obligation in enumerate(agreement.obligations)
        for field, text in (("act", obligation.act), ("method", obligation.method))
        if text
    ]
    for path, text in (*clauses, *acts):
        yield from by_rules(FORBIDDEN, path, text)
    for path, text in clauses:
        yield from clause_dates.findings(path, text, agreement.signed_on, today)
    texts = [("agreement.facts", agreement.facts or ""), *clauses, *acts]
    for path, text in texts:
        for word in doubtful_words(text):
            yield Finding(path, f"“{word.found}”可能应为“{word.right}”：{word.why}，请核对。", _WORDING)
    if mixed_deposit(tuple(text for _, text in texts)):
        yield Finding("agreement.clauses", f"协议中既写“定金”又写“订金”，请统一：{DEPOSIT}。", _WORDING)


def _of_confirmation(case: Case, agreement: Agreement, today: date, is_working_day: IsWorkingDay) -> Iterator[Finding]:
    """The window for the joint application, while there is something left to perform."""
    if agreement.signed_on is None or agreement.form == "口头" or case.closed_on:
        return
    limit = confirmation_deadline(agreement.signed_on, is_working_day)
    applied_on = case.confirmation.applied_on if case.confirmation else None
    path, day = "confirmation.applied_on", f"{limit.year}年{limit.month}月{limit.day}日"
    if applied_on:
        if applied_on > limit and case.confirmation and case.confirmation.result not in ENDED_OTHERWISE:
            yield Finding(path, f"司法确认的申请日期晚于期限{day}，法院不予受理，请核对日期。", _CONFIRMATION)
    elif not any(visit.performance == "全部履行" for visit in case.visits):
        yield Finding(path, _window(limit, day, today), _CONFIRMATION)


def _window(limit: date, day: str, today: date) -> str:
    if today > limit:
        return f"申请司法确认的期限{day}已过，协议没有履行的，请督促履行或者告知当事人向法院起诉。"
    left = (limit - today).days
    return f"需要司法确认的，双方最迟{day}共同申请（{f'还有{left}天' if left else '就是今天'}），请告知当事人。"
