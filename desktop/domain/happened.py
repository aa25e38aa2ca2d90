"""What happened in a dispute, in the words of an office: a line for each record that its course leaves (domain.md 1.5, 2.4, 2.7, 3.19).

The words are made from the fields of a record as they are kept, days as ISO texts and amounts in fen, because a change of a history holds
nothing else. What is not known is left out. Of a typed text a line quotes `LONGEST` signs, where a paper does not ask for more.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.domain.codes import LEVEL_NAMES
from desktop.domain.money import format_yuan

Values = Mapping[str, Any]

LONGEST = 24
"""Signs of a reason, an answer or an opinion that a line quotes."""


def cut(text: object, longest: int = LONGEST) -> str:
    """The text on one line, without a mark at its end; a long one ends with …."""
    whole = " ".join(str(text or "").split()).rstrip(_MARKS)
    return whole if len(whole) <= longest else whole[:longest].rstrip(_MARKS) + "…"


_MARKS = "。；，、 "


def decided(intake: Values) -> str:
    """受理, 不予受理 or 引导."""
    if intake.get("decision") == "引导":
        return f"引导当事人通过{_names(intake.get('guided_to')) or '其他途径'}解决"
    if intake.get("decision") == "不予受理":
        return f"决定不予受理{_why(intake.get('reason'))}"
    return f"决定受理{_in_brackets(intake.get('mode'))}"


def assessed(assessment: Values, longest: int = LONGEST) -> str:
    """`初定中风险：积怨较深`; `longest` signs of the opinion."""
    risk = f"{assessment['risk']}风险" if assessment.get("risk") else "风险"
    return f"{assessment.get('stage') or '研判为'}{risk}{_why(assessment.get('opinion'), longest)}"


def routed(routing: Values, longest: int = LONGEST) -> str:
    """`上报云溪县综治中心：跨区域`, `升级到联调室：现场调解不了`; `longest` signs of the reason."""
    to, why, level = _names(routing.get("to")), _why(routing.get("reason"), longest), _level(routing.get("level"))
    match routing.get("kind"):
        case "移送" | "上报" as kind:
            return f"{kind}{to}{why}"
        case "吹哨":
            return f"吹哨请{to or '有关单位'}报到{why}"
        case kind:
            where = f"{level}{_in_brackets(to)}" if level else to
            return f"{kind or '分流'}{f'到{where}' if where else ''}{why}"


def answered(routing: Values) -> str:
    """What those said who were called: `城管中队答复吹哨：已经派人`."""
    return f"{_names(routing.get('to')) or '有关单位'}答复{routing.get('kind') or '分流'}{_why(routing.get('answer'))}"


def planned(plan: Values) -> str:
    """`制定一案一策，包抓领导王建军，专班3人`."""
    members = plan.get("members") or ()
    parts = ("制定一案一策", plan.get("leader") and f"包抓领导{cut(plan['leader'])}", members and f"专班{len(members)}人")
    return "，".join(part for part in parts if part)


def supported(support: Values) -> str:
    """`安排心理疏导（区妇联）`."""
    return f"安排{support.get('kind') or '帮扶'}{_in_brackets(support.get('provider'))}"


def helped(support: Values, longest: int = LONGEST) -> str:
    """What came of the help; `longest` signs of it."""
    return f"{support.get('kind') or '帮扶'}的结果{_why(support.get('result'), longest)}"


def met(session: Values, nth: int) -> str:
    """`第2次调解，没有达成协议`; a survey names who was asked. `nth` counts the mediations from 1."""
    if session.get("kind") == "调查记录":
        return f"向{cut(session['respondent'])}调查" if session.get("respondent") else "进行调查"
    return f"第{nth}次调解{_RESULTS.get(session.get('result') or '', '')}"


_RESULTS = {"达成协议": "，达成协议", "未达成协议": "，没有达成协议", "择期再调": "，择期再调", "终止": "，终止调解"}


def agreed(agreement: Values) -> str:
    """`达成书面协议`."""
    return f"达成{agreement.get('form') or '调解'}协议"


def ended(outcome: Values) -> str:
    """How it ended without an agreement; 稳控 with who is responsible and when it is looked at again."""
    kind, why = outcome.get("kind") or "", _why(outcome.get("reason"))
    if kind == "稳控":
        parts = (f"列入稳控{why}", outcome.get("responsible") and f"责任人{cut(outcome['responsible'])}", _review(outcome.get("review_on")))
        return "，".join(part for part in parts if part)
    return {"撤回": "当事人撤回", "移送": "移送其他单位"}.get(kind, kind) + why


def performed(fulfilment: Values, obligation: Values) -> str:
    """`李四履行5,200.00元`."""
    amount = fulfilment.get("amount")
    what = f"{format_yuan(amount)}元" if isinstance(amount, int) else cut(obligation.get("act"))
    return f"{cut(obligation.get('payer'))}履行{what}"


def visited(visit: Values) -> str:
    """`电话回访杨自立，全部履行`."""
    how = visit["method"] if visit.get("method") in ("上门", "电话") else ""
    found = (visit.get("performance"), visit.get("grievance") and f"积怨{visit['grievance']}")
    return "，".join(filter(None, (f"{how}回访{cut(visit.get('party')) or '当事人'}", *found)))


def confirmed(confirmation: Values) -> str:
    """What the court was asked, or what it decided."""
    if confirmation.get("result"):
        return f"司法确认：{confirmation['result']}"
    return f"向{cut(confirmation.get('court')) or '人民法院'}申请司法确认"


def commissioned(commission: Values) -> str:
    """`登记来文：云溪县人民法院（2026）云委调3号`."""
    return f"登记来文{_why(' '.join(filter(None, (commission.get('sender'), commission.get('number')))))}"


def returned(commission: Values) -> str:
    """`向云溪县人民法院回复结果：调解成功`."""
    return f"向{cut(commission.get('sender')) or '来文单位'}回复结果{_why(commission.get('result'))}"


def concluded(conclusion: Values) -> str:
    """`结案：双方和好`."""
    return f"结案{_why(conclusion.get('note'))}"


def reopened(reopening: Values) -> str:
    """`重新办理：再次争吵`."""
    return f"重新办理{_why(reopening.get('reason'))}"


def extended(extension: Values) -> str:
    """`调解期限延到2026年3月1日：等待鉴定`."""
    return f"调解期限延到{_day(extension.get('until'))}{_why(extension.get('reason'))}"


def letter_name(letter: Values) -> str:
    """`任务单青石综治任〔2025〕1号`."""
    return f"{letter.get('kind') or '函件'}{letter.get('number') or ''}"


def drafted(letter: Values) -> str:
    """`起草任务单，主送石桥村`."""
    return f"起草{letter.get('kind') or '函件'}{_to(letter)}"


def came(letter: Values) -> str:
    """`收到任务单云政法〔2025〕6号（云溪县委政法委）`."""
    return f"收到{letter_name(letter)}{_in_brackets(letter.get('issuer'))}"


def moved(move: Values, letter: Values) -> str:
    """What was done to a letter: `督办任务单青石综治任〔2025〕1号`."""
    name, why = letter_name(letter), _why(move.get("note"))
    until = _day(move.get("until"))
    said: dict[str, str] = {
        "送签": f"送签{name}",
        "签发": f"签发{name}{_to(letter)}",
        "送达": f"{name}已送达{why}",
        "开始办理": f"开始办理{name}{why}",
        "认可销号": f"认可{name}销号{why}",
        "退回重办": f"{name}退回重办{why}",
        "异议退回": f"对{name}提出异议{why}",
        "申请延期": f"申请{name}延期{f'到{until}' if until else ''}{why}",
        "准予延期": f"准予{name}延期{f'到{until}' if until else ''}",
        "不准延期": f"不准{name}延期{why}",
    }
    kind = str(move.get("kind") or "办理")
    return said.get(kind, f"{kind}{name}{why}")


def _to(letter: Values) -> str:
    return f"，主送{cut(letter['to'])}" if letter.get("to") else ""


def _level(level: object) -> str:
    return LEVEL_NAMES[level - 1] if isinstance(level, int) and 1 <= level <= len(LEVEL_NAMES) else ""


def _review(day: object) -> str:
    return f"{_day(day)}复查" if day else ""


def _day(day: object) -> str:
    """An ISO day as it is read; nothing for what is none."""
    try:
        found = date.fromisoformat(str(day))
    except ValueError:
        return ""
    return f"{found.year}年{found.month}月{found.day}日"


def _names(found: object) -> str:
    return cut("、".join(map(str, found))) if isinstance(found, (list, tuple)) else cut(found)


def _why(said: object, longest: int = LONGEST) -> str:
    words = cut(said, longest)
    return f"：{words}" if words else ""


def _in_brackets(said: object) -> str:
    words = cut(said)
    return f"（{words}）" if words else ""
