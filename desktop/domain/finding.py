"""What a check before printing finds, and how a table of sentence patterns finds it."""

import re
from collections.abc import Iterable, Iterator

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """Something to look at before a paper is printed.

    `path` is the place as in `checks.Doubt` (`agreement.clauses[1]`), `message` one Chinese sentence that says what to do, `source`
    the law or rule that it rests on. `grave` marks what law forbids: it keeps a document from being sealed; all else is a warning.
    """

    path: str
    message: str
    source: str
    grave: bool = False


class SentenceRule(msgspec.Struct, frozen=True):
    """A pattern that makes a sentence doubtful, unless `unless` stands beside it.

    `{found}` in the message is what the pattern found. `unless` is searched between the commas around the find, with `wide` in the
    whole sentence: what denies or excuses the find rarely stands further away.
    """

    pattern: re.Pattern[str]
    message: str
    source: str
    unless: re.Pattern[str] | None = None
    wide: bool = False
    grave: bool = False


_COMMAS = "，,"
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, without what ends them."""
    return _SENTENCE.findall(text)


def piece(sentence: str, start: int, end: int) -> str:
    """The part of the sentence around a find, from the comma before it to the comma after it."""
    first = max(sentence.rfind(comma, 0, start) for comma in _COMMAS) + 1
    stops = [stop for comma in _COMMAS if (stop := sentence.find(comma, end)) >= 0]
    return sentence[first : min(stops, default=len(sentence))]


def by_rules(rules: Iterable[SentenceRule], path: str, text: str) -> Iterator[Finding]:
    """What the rules find in a text, at most once for each rule, in the order of the rules."""
    parts = sentences(text)
    for rule in rules:
        if (found := _first(rule, parts)) is not None:
            yield Finding(path, rule.message.format(found=found), rule.source, rule.grave)


def _first(rule: SentenceRule, parts: list[str]) -> str | None:
    for part in parts:
        for match in rule.pattern.finditer(part):
            around = part if rule.wide else piece(part, match.start(), match.end())
            if rule.unless is None or not rule.unless.search(around):
                return match[0]
    return None
