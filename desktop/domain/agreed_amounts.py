"""Whether the amounts in the clauses of an agreement and those to be performed are the same (domain.md 3.11)."""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate, pairwise

import msgspec

from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.amount_words import Amount, amounts, unreadable
from desktop.domain.codes import Repeat
from desktop.domain.finding import Finding, SentenceRule, by_rules, sentences
from desktop.domain.money import Fen, capitals, format_yuan

_CONTENT = "人民调解法第二十九条（协议内容）"
_UNCLEAR = "民诉法解释第三百五十八条（内容不明确的不予确认）"
_BOTH_WRITINGS = "调解协议书填写要求（金额同时写数字和大写）"

_RULES = (
    SentenceRule(
        re.compile(
            r"[0-9零一二三四五六七八九十百千万亿]+(?:余|多|来)[百千万亿]?元|[几数上][百千万]+元|元(?:左右|上下)|约[0-9.,一二三四五六七八九十百千万]+元"
        ),
        "“{found}”不是确定的数额，将来无法执行，请写明确切金额。",
        _UNCLEAR,
    ),
)

_PAYING = re.compile(
    "支付|给付|付给|付清|付款|赔偿|赔付|补偿|补助|补足|补发|返还|退还|退回|退款|偿还|归还|还款|还清|结清|缴清|寄|汇|转账|给予|承担|负担|交付"
)
_NOT_OWED = re.compile(
    "放弃|免除|减免|减少|不再|无需|不需|扣除|抵扣|抵销|已(?:经)?(?:由)?[^，,]{0,8}(?:支付|付|给付|履行|赔偿|垫付|退还|返还|偿还|归还|结清|领取|收到)|"
    "原(?:价|欠|定|约定|合同)|总价|价值|合同(?:价|金额|约定|总额)|保险|本金为|(?:不超过|不低于|高于|低于|超过)"
)
_CONDITIONAL = re.compile("如(?!期|实|数)|若(?!干)|逾期|违约|否则|倘")
_RATE_BEFORE = re.compile(r"每(?!一?(?:个?月|年|个?季|个?学期|半年|个?星期|周|人|户|期|次|家|笔|名))[^0-9，,]{1,6}$|单价[^0-9，,]{0,6}$")
_RATE_AFTER = re.compile(r"\s*(?:[/／每]|(?:的?(?:标准|单价))?(?:结算|计算|计付|计))")
_EACH_BEFORE = re.compile(r"[每各][^0-9，,]{0,10}$")
_ELSEWHERE = re.compile("附表|清单|明细|名单|台账|履行计划")
_BESIDE = re.compile(r"[\s（）()\[\]【】〔〕:：,，、/]*(?:(?:人民币|大写|小写|金额|即|计|为)[\s（）()\[\]【】〔〕:：,，]*)*")
_LONGEST_RUN = 24
"""So many amounts of one clause are tried as parts of a sum; no clause of real life has more."""

_HEAD = 40
"""So many characters before an amount say what it is for."""


class _Mention(msgspec.Struct, frozen=True):
    """An amount of a clause: whether it reads as something to be paid, and the words that make it one of several (`每月`, `每人`)."""

    clause: int
    fen: Fen
    owed: bool
    each: str


def findings(agreement: Agreement) -> Iterator[Finding]:
    """Amounts that differ, are missing on one side, or are written in two ways that disagree."""
    for index, clause in enumerate(agreement.clauses):
        yield from _of_writing(f"agreement.clauses[{index}]", clause.text)
    if agreement.clauses:
        yield from _of_sums(agreement)


def times(obligation: Obligation) -> int:
    """How often an obligation falls due: 1, or for a repeated one every period from `due_on` to `until`, both included."""
    first, until, repeat = obligation.due_on, obligation.until, obligation.repeat
    if not (first and until and repeat) or until < first:
        return 1
    if repeat == "每周":
        return (until - first).days // 7 + 1
    months = (until.year - first.year) * 12 + until.month - first.month
    return (months - (until.day < _day_in(first.day, until))) // _MONTHS[repeat] + 1


_MONTHS: dict[Repeat, int] = {"每月": 1, "每季": 3, "每年": 12}


def _day_in(day: int, month: date) -> int:
    return min(day, calendar.monthrange(month.year, month.month)[1])


def _of_writing(path: str, text: str) -> Iterator[Finding]:
    """Figures against capitals, capitals that say nothing, amounts that are none."""
    for one, other in pairwise(amounts(text)):
        if one.writing != other.writing and one.fen != other.fen and _is_beside(text[one.end : other.start]):
            figures = one if one.writing == "数字" else other
            words = other if figures is one else one
            yield Finding(path, _writing_message(text, figures, words), _BOTH_WRITINGS)
    for word in unreadable(text):
        yield Finding(path, f"大写金额“{word}”写法不对，读不出数额，请照数字重写。", _BOTH_WRITINGS)
    yield from by_rules(_RULES, path, text)


def _writing_message(text: str, figures: Amount, words: Amount) -> str:
    right = f"人民币{capitals(figures.fen)}"
    return f"“{text[figures.start : figures.end]}”和“{text[words.start : words.end]}”不是同一数额，请核对；数字无误的，大写应为“{right}”。"


def _is_beside(gap: str) -> bool:
    """Whether what stands between two amounts makes the second the other spelling of the first."""
    named = not gap.strip() or any(mark in gap for mark in ("（", "(", "【", "[", "〔", "大写", "小写", "人民币", "即"))
    return len(gap) <= 16 and named and bool(_BESIDE.fullmatch(gap))


def _mentions(agreement: Agreement) -> list[_Mention]:
    found: list[_Mention] = []
    for index, clause in enumerate(agreement.clauses):
        for sentence in sentences(clause.text):
            found += _in_sentence(index, sentence)
    return found


def _in_sentence(clause: int, sentence: str) -> Iterator[_Mention]:
    owed = bool(_PAYING.search(sentence)) and not _CONDITIONAL.search(sentence)
    before: Amount | None = None
    for amount in amounts(sentence):
        again = bool(before and before.writing != amount.writing and _is_beside(sentence[before.end : amount.start]))
        if not (again and before and before.fen == amount.fen):
            head = re.split("[，,]", sentence[max(0, amount.start - _HEAD) : amount.start])[-1]
            rate = _RATE_BEFORE.search(head) or _RATE_AFTER.match(sentence, amount.end)
            each = _EACH_BEFORE.search(head)
            yield _Mention(clause, amount.fen, owed and not (again or rate or _NOT_OWED.search(head)), each[0] if each else "")
        before = amount


def _of_sums(agreement: Agreement) -> Iterator[Finding]:
    mentions = _mentions(agreement)
    due = [(index, obligation) for index, obligation in enumerate(agreement.obligations) if obligation.amount is not None]
    written = {mention.fen for mention in mentions}
    unwritten = _unwritten(due, written, mentions, agreement)
    unowned = _unowned(mentions, due)
    if unwritten and unowned and mentions:
        yield Finding("agreement.obligations", _difference(due, unowned), _CONTENT)
        return
    for index, obligation in unwritten:
        yield Finding(f"agreement.obligations[{index}].amount", _UNWRITTEN.format(_yuan(obligation.amount or 0)), _CONTENT)
    for mention in unowned:
        message = _difference(due, [mention]) if due else _UNOWNED.format(_yuan(mention.fen))
        yield Finding(f"agreement.clauses[{mention.clause}]", message, _CONTENT)
    yield from _of_repeats(agreement, mentions)


_UNWRITTEN = "履行事项要付{}，条款中没有写明这个数额，请在条款中写明或者改正履行事项。"
_UNOWNED = "条款写明支付{}，没有登记对应的履行事项，请登记由谁、在何时、怎样支付。"


def _difference(due: list[tuple[int, Obligation]], unowned: list[_Mention]) -> str:
    total, named = sum(_full(obligation) for _, obligation in due), "、".join(dict.fromkeys(_yuan(m.fen) for m in unowned))
    return f"履行事项合计{_yuan(total)}，条款中写的是{named}，两处对不上，请核对分期金额和条款。"


def _yuan(fen: Fen) -> str:
    return f"{format_yuan(fen)}元"


def _full(obligation: Obligation) -> Fen:
    return (obligation.amount or 0) * times(obligation)


def _sums(due: list[tuple[int, Obligation]]) -> Iterator[tuple[Fen, Sequence[int]]]:
    """Sums of obligations that a clause may name, with the places in `due` that they are made of.

    All in a row from one place to another, and those of one payer, one payee, one pair of them, or one day.
    """
    runs = [0, *accumulate(_full(obligation) for _, obligation in due)]
    for start in range(len(due)):
        for end in range(start + 1, len(due) + 1):
            yield runs[end] - runs[start], range(start, end)
    for key in (("payer",), ("payee",), ("payer", "payee"), ("due_on",)):
        groups: dict[tuple[object, ...], list[int]] = {}
        for place, (_, obligation) in enumerate(due):
            groups.setdefault(tuple(getattr(obligation, name) for name in key), []).append(place)
        for places in groups.values():
            yield sum(_full(due[place][1]) for place in places), places


def _unwritten(
    due: list[tuple[int, Obligation]], written: set[Fen], mentions: list[_Mention], agreement: Agreement
) -> list[tuple[int, Obligation]]:
    """Obligations whose amount no clause names, alone, in a sum or as one of several."""
    if any(_ELSEWHERE.search(clause.text) for clause in agreement.clauses) and not mentions:
        return []
    found = {place for place, (_, obligation) in enumerate(due) if obligation.amount in written}
    for total, places in _sums(due):
        if total in written:
            found.update(places)
    each = [mention.fen for mention in mentions if mention.each and mention.fen]
    rest = [part for place, part in enumerate(due) if place not in found]
    return [(index, obligation) for index, obligation in rest if not any((obligation.amount or 0) % fen == 0 for fen in each)]


def _unowned(mentions: list[_Mention], due: list[tuple[int, Obligation]]) -> list[_Mention]:
    """Amounts to be paid by a clause that no obligation, no sum of them and no part of a clause's own sum explains."""
    sums = {total for total, _ in _sums(due)} | {obligation.amount for _, obligation in due}
    known = [mention.fen in sums or (bool(mention.each) and _divides(mention.fen, sums)) for mention in mentions]
    for clause in {mention.clause for mention, is_known in zip(mentions, known, strict=True) if mention.owed and not is_known}:
        _learn_parts([place for place, mention in enumerate(mentions) if mention.clause == clause], mentions, known)
    return [mention for mention, is_known in zip(mentions, known, strict=True) if mention.owed and not is_known]


def _divides(fen: Fen, sums: set[Fen | None]) -> bool:
    return fen > 0 and any(total and total % fen == 0 for total in sums)


def _learn_parts(places: list[int], mentions: list[_Mention], known: list[bool]) -> None:
    """In one clause: the parts of a known sum are known, and so is the sum of a row of parts of which one is known."""
    places = places[:_LONGEST_RUN]
    for start in range(len(places)):
        for end in range(start + 2, len(places) + 1):
            run = places[start:end]
            total = sum(mentions[place].fen for place in run)
            wholes = [place for place in places if place not in run and mentions[place].fen == total]
            if wholes and any(known[place] for place in (*run, *wholes)):
                for place in (*run, *wholes):
                    known[place] = True


_PERIODS = re.compile("每(?:一|个|一个)?(?:月|年|季|周|星期)")


def _of_repeats(agreement: Agreement, mentions: list[_Mention]) -> Iterator[Finding]:
    """A clause says 每月, the one obligation of that amount does not repeat."""
    for mention in mentions:
        period = _PERIODS.search(mention.each)
        alike = [(index, obligation) for index, obligation in enumerate(agreement.obligations) if obligation.amount == mention.fen]
        if period and len(alike) == 1 and alike[0][1].repeat is None:
            message = f"条款写的是“{period[0]}”履行，履行事项只登记了一次，请登记重复的周期和截止日期。"
            yield Finding(f"agreement.obligations[{alike[0][0]}].repeat", message, _CONTENT)
