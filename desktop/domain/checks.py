"""What is doubtful about a case: shown beside the field, never a wall (design.md section 5)."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

import msgspec

from desktop.domain import credit_code, id_number, session_elements
from desktop.domain.agreement import Agreement
from desktop.domain.case import Case
from desktop.domain.codes import NATIONS
from desktop.domain.labels import words
from desktop.domain.library import BLANK
from desktop.domain.moment import parse_moment
from desktop.domain.money import Fen, capitals, format_yuan
from desktop.domain.party import Party, age_on
from desktop.domain.text import private, unprintable

_FIRST_YEAR = 1950
"""No record that anybody keeps today is older: an earlier year is a slip of the pen."""

_LONGEST_NAME = 50
"""Characters; more is as a rule a line that was pasted into the wrong field."""


class Doubt(msgspec.Struct, frozen=True):
    """A doubtful value: its place in the case file (`parties[0].id_number`) and one Chinese sentence."""

    path: str
    message: str


def doubts(case: Case, today: date) -> list[Doubt]:
    """Everything doubtful about the case on the day, in the order of the case file."""
    checks = (_of_dates, _of_people, _of_risk, _of_parties, _of_sessions, _of_agreement, _of_letters, _of_text)
    return [doubt for check in checks for doubt in check(case, today)]


def _of_dates(case: Case, today: date) -> Iterator[Doubt]:
    if case.registered_on > today:
        yield Doubt("registered_on", "登记日期在今天之后，请核对。")
    if case.registered_on.year < _FIRST_YEAR:
        yield Doubt("registered_on", f"登记日期早于{_FIRST_YEAR}年，请核对年份。")
    if case.occurred_on and case.occurred_on > case.registered_on:
        yield Doubt("occurred_on", "发生日期在登记日期之后，请核对。")
    for index, visit in enumerate(case.visits):
        if visit.on and visit.on > today:
            yield Doubt(f"visits[{index}].on", "回访日期在今天之后，还没有发生的回访不能登记结果，请核对。")


def _of_people(case: Case, today: date) -> Iterator[Doubt]:
    if case.people_count is not None and 0 < len(case.parties) < case.people_count:
        yield Doubt("people_count", f"涉及{case.people_count}人，只登记了{len(case.parties)}名当事人，请核对名单。")
    roles = {party.role for party in case.parties}
    for role in ("申请人", "被申请人"):
        if role not in roles:
            yield Doubt("parties", f"还没有登记{role}。")


def _of_risk(case: Case, today: date) -> Iterator[Doubt]:
    if case.risk == "高" and not case.police_reported_at:
        yield Doubt("police_reported_at", "高风险纠纷可能引起治安案件的，应及时向公安机关报告并记录时间（人民调解法第二十五条）。")


def _of_parties(case: Case, today: date) -> Iterator[Doubt]:
    for index, party in enumerate(case.parties):
        for name, message in _of_party(party, case.registered_on, today):
            yield Doubt(f"parties[{index}].{name}", message)


def _of_party(party: Party, day: date, today: date) -> Iterator[tuple[str, str]]:
    if not party.name.strip():
        yield "name", "当事人的姓名（名称）没有填写，请补充。"
        party = msgspec.structs.replace(party, name=party.role)
    if len(party.name) > _LONGEST_NAME:
        yield "name", "姓名很长，请核对。"
        party = msgspec.structs.replace(party, name=f"{party.name[:12]}…")
    if party.id_number:
        yield from _of_id_number(party, today)
    if party.born_on and party.born_on > today:
        yield "born_on", f"{party.name}的出生日期在今天之后，请核对。"
    if party.born_on and age_on(party.born_on, day) < 18 and not party.guardian:
        yield "guardian", f"{party.name}未满18周岁，请登记监护人（民法典第二十三条）。"
    if party.ethnic and party.ethnic not in NATIONS:
        yield "ethnic", f"“{party.ethnic}”不在56个民族的名称中，请核对。"
    if party.credit_code and (fault := credit_code.fault(party.credit_code)):
        yield "credit_code", fault
    if party.agent and party.agent.id_number and (fault := id_number.fault(party.agent.id_number, today)):
        yield "agent.id_number", f"代理人{party.agent.name}的{fault}"


def _of_id_number(party: Party, today: date) -> Iterator[tuple[str, str]]:
    number = id_number.normalized(party.id_number or "")
    if fault := id_number.fault(number, today):
        yield "id_number", f"{party.name}的{fault}"
        return
    if party.born_on and id_number.birth_date(number) != party.born_on:
        yield "born_on", f"{party.name}的出生日期与身份证号码不一致，请核对。"
    if party.sex and id_number.sex(number) != party.sex:
        yield "sex", f"{party.name}的性别与身份证号码不一致，请核对。"


def _of_sessions(case: Case, today: date) -> Iterator[Doubt]:
    for index, session in enumerate(case.sessions):
        start, end = session.started_at, session.ended_at
        if start and end and parse_moment(end) < parse_moment(start):
            yield Doubt(f"sessions[{index}].ended_at", "结束时间早于开始时间，请核对。")
        if start and parse_moment(start).date() < case.registered_on:
            yield Doubt(f"sessions[{index}].started_at", "记录时间早于登记日期，请核对。")
    for path, message in session_elements.doubts(case.sessions):
        yield Doubt(path, message)


def _of_agreement(case: Case, today: date) -> Iterator[Doubt]:
    if case.agreement and case.agreement.signed_on:
        yield from _of_signed(case, case.agreement, case.agreement.signed_on, today)
    if case.agreement:
        yield from _of_blanks(case.agreement)
        yield from _of_obligations(case.agreement)
        yield from _of_sums(case.agreement)


def _of_blanks(agreement: Agreement) -> Iterator[Doubt]:
    for index, clause in enumerate(agreement.clauses):
        if BLANK in clause.text:
            yield Doubt(f"agreement.clauses[{index}]", f"协议第{index + 1}条还有没填的空（{BLANK}），请填写或者删去。")


def _of_signed(case: Case, agreement: Agreement, signed_on: date, today: date) -> Iterator[Doubt]:
    if case.outcome:
        yield Doubt("outcome", "已签订协议，又登记了没有达成协议的结果，请核对后删去一项。")
    if signed_on > today:
        yield Doubt("agreement.signed_on", "协议日期在今天之后，请核对。")
    if signed_on < case.registered_on:
        yield Doubt("agreement.signed_on", "协议日期早于登记日期，请核对。")
    if not agreement.clauses:
        yield Doubt("agreement.clauses", "协议没有条款，请补充。")
    if not any(session.kind == "调解记录" for session in case.sessions):
        yield Doubt("sessions", "达成协议前应有调解记录（卷宗必备），请补记。")


def _of_obligations(agreement: Agreement) -> Iterator[Doubt]:
    for index, obligation in enumerate(agreement.obligations):
        place = f"agreement.obligations[{index}]"
        if obligation.due_on is None:
            yield Doubt(f"{place}.due_on", "履行事项没有写明期限，请与当事人商定后补充。")
        elif agreement.signed_on and obligation.due_on < agreement.signed_on:
            yield Doubt(f"{place}.due_on", "履行期限早于协议日期，请核对。")
        if obligation.until and obligation.due_on and obligation.until < obligation.due_on:
            yield Doubt(f"{place}.until", "重复履行的截止日期早于首次期限，请核对。")
        if obligation.amount is None and not obligation.act:
            yield Doubt(f"{place}.amount", "履行事项既没有金额也没有行为，请补充。")


def _of_sums(agreement: Agreement) -> Iterator[Doubt]:
    """The amounts to be paid should appear in the clauses, each of them or their sum."""
    amounts = [o.amount for o in agreement.obligations if o.amount is not None and not o.repeat]
    words = "".join(f"{clause.text}\n" for clause in agreement.clauses)
    if not amounts or not words:
        return
    mentioned = _amounts_in(words)
    if not (sum(amounts) in mentioned or mentioned.issuperset(amounts) or capitals(sum(amounts)) in words):
        yield Doubt("agreement.obligations", f"履行金额合计{format_yuan(sum(amounts))}元，条款中没有写明这个数额，请核对。")


def _amounts_in(text: str) -> set[Fen]:
    """Every number of the text taken as yuan: `3,000.00`, `4.05万`."""
    from decimal import Decimal

    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", unicodedata.normalize("NFKC", text.replace("，", "\n")))
    numbers = re.findall(r"([0-9]{1,15}(?:\.[0-9]{1,6})?)(万?)", plain)
    return {int(Decimal(number) * (1_000_000 if unit else 100)) for number, unit in numbers}


def _of_letters(case: Case, today: date) -> Iterator[Doubt]:
    for index, letter in enumerate(case.letters):
        if letter.issued_on and letter.due_on and letter.due_on < letter.issued_on:
            yield Doubt(f"letters[{index}].due_on", "办理时限早于签发日期，请核对。")


def _of_text(case: Case, today: date) -> Iterator[Doubt]:
    for path, text in _texts("", msgspec.to_builtins(case)):
        if marks := unprintable(text.replace("\r\n", "\n")):
            yield Doubt(path, f"{words(path)}中有看不见的字符（{'、'.join(marks)}），打印时会略去，请检查。")
        if marks := private(text):
            yield Doubt(path, f"{words(path)}中有私用区的字（{'、'.join(marks)}），换一台电脑就是别的字，不能打印，请改用规范的字。")


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(f"{path}.{name}" if path else name, part)
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from _texts(f"{path}[{index}]", part)
