"""七个要素: what a record of mediation must have, each without exception ("缺一不可", domain.md 3.10)."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from desktop.domain.codes import SessionResult
from desktop.domain.session import Session


class Element(msgspec.Struct, frozen=True):
    """One element: its code in the record, its short name, its heading in the text, and what to write there."""

    code: str
    name: str
    heading: str
    prompt: str


ELEMENTS = (
    Element("rights", "权利义务告知", "一、告知权利义务", "写明向谁告知了哪些权利义务，各方是否听明白、有没有异议。"),
    Element(
        "rules",
        "原则、方式、身份告知",
        "二、告知调解原则、方式和调解员身份",
        "写明谁来调解、按什么原则和方式，是否有人申请换人。",
    ),
    Element("statements", "双方陈述事实", "三、双方陈述", "分别写申请人、被申请人怎么说，各自要求什么。"),
    Element("verification", "调查核实和质证", "四、核实和质证", "写明查了什么、出示了什么证据，双方认不认可。"),
    Element("risks", "结果的风险告知", "五、告知调解结果的风险", "写明协议的效力、不履行的后果、可以申请司法确认等，各方是否清楚。"),
    Element("content", "协议内容或不成的原因", "六、调解结果", "写明达成了什么协议；不成的，写原因，以及告知了哪些其他途径。"),
    Element("signatures", "签字并盖章", "七、签字盖章", "签字、按指印、盖章以后再勾选。"),
)
"""The seven elements in the order of a record."""

CODES = tuple(element.code for element in ELEMENTS)

OUTLINE = "\n".join(f"【{element.heading}】\n" for element in ELEMENTS[:-1])
"""The headings as they are put into a record; the last element is nothing to be written."""

_LATER: frozenset[SessionResult | None] = frozenset({"择期再调", None})
_OF_THE_END = frozenset({"risks", "content"})
"""What only a meeting that ends the mediation has."""

_HEADING = re.compile(r"【([^】\n]*)】")


def written(record: str | None) -> frozenset[str]:
    """The codes of the elements whose heading stands in the record with something written below it."""
    text = record or ""
    parts = _HEADING.split(text)[1:]
    found = {heading for heading, below in zip(parts[::2], parts[1::2], strict=True) if below.strip()}
    return frozenset(element.code for element in ELEMENTS if element.heading in found)


def present(session: Session) -> frozenset[str]:
    """The codes of the elements that the meeting has: ticked, or written below their headings."""
    return written(session.record) | frozenset(session.elements)


def missing(sessions: Sequence[Session], nth: int) -> tuple[Element, ...]:
    """What the mediation record at the place `nth` of the sessions lacks; nothing for a survey.

    What the parties were told at an earlier meeting need not be told again; what belongs to the end is asked of a meeting that ended
    the mediation only.
    """
    session = sessions[nth]
    if session.kind != "调解记录":
        return ()
    told = present(session)
    for earlier in sessions[:nth]:
        told |= present(earlier) & {"rights", "rules"} if earlier.kind == "调解记录" else frozenset()
    wanted = [element for element in ELEMENTS if session.result not in _LATER or element.code not in _OF_THE_END]
    return tuple(element for element in wanted if element.code not in told)


def doubts(sessions: Sequence[Session]) -> Iterator[tuple[str, str]]:
    """Path and sentence for each mediation record that lacks elements.

    A record of which no element was ever ticked or written under its heading comes from elsewhere (a case file, an older program) and
    may have them all in its own words: it is not reproached; the editor shows its open ticks.
    """
    for nth, session in enumerate(sessions):
        lacking = missing(sessions, nth) if present(session) else ()
        if lacking:
            names = "；".join(element.name for element in lacking)
            yield f"sessions[{nth}].elements", f"调解记录还缺：{names}。七个要素缺一不可，请补齐。"


def turn(kind: str, sessions: Sequence[Session], nth: int) -> str:
    """`第2次调解`: the place of a meeting among those of its kind, by time as far as it is known."""
    same = [session for session in sessions if session.kind == kind]
    order = sorted(same, key=lambda session: session.started_at or "9")
    word = "调解" if kind == "调解记录" else "调查"
    return f"第{order.index(sessions[nth]) + 1}次{word}"


def dialogue(line: str) -> str:
    """What the line after this one of a questioning begins with: an answer after a question, a question after an answer (domain.md 3.8)."""
    if line.startswith("问："):
        return "答："
    return "问：" if line.startswith("答：") else ""
