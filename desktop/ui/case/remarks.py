"""请核对: everything about a case that should be looked at again, in the order in which it is shown."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from desktop.domain.checks import Doubt
from desktop.domain.finding import Finding
from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped

FORBIDDEN = "法律不允许"


class Remark(NamedTuple):
    """One sentence with the path of its field (empty for none), the rule that it rests on, and whether law forbids what it tells of."""

    path: str
    sentence: str
    source: str = ""
    grave: bool = False

    @property
    def text(self) -> str:
        """The sentence; what law forbids says so."""
        return f"{FORBIDDEN}：{self.sentence}" if self.grave else self.sentence


def remarks(doubts: Iterable[Doubt], findings: Iterable[Finding]) -> list[Remark]:
    """What law forbids, the doubts, the other findings; of a doubt and a finding the finding."""
    found = [Remark(one.path, one.message, one.source, one.grave) for one in findings]
    told = {remark.path for remark in found}
    open_doubts = [Remark(doubt.path, doubt.message) for doubt in doubts if doubt.path not in told]
    grave, others = ([remark for remark in found if remark.grave is which] for which in (True, False))
    return [*grave, *open_doubts, *others]


def notes(found: Iterable[Remark]) -> dict[str, str]:
    """The sentence that stands beside each field: the first of those with its path."""
    return {remark.path: remark.text for remark in reversed(list(found)) if remark.path}


def head(found: list[Remark]) -> str:
    """The heading over the remarks."""
    grave = sum(remark.grave for remark in found)
    return f"请核对（{len(found)}处，其中{grave}处{FORBIDDEN}）" if grave else f"请核对（{len(found)}处）"


def told(remark: Remark, *, linked: bool) -> str:
    """The remark as rich text, its sentence a link to its field where there is one."""
    colour = COLOURS["danger" if remark.grave else "warn"]
    sentence = escaped(remark.text)
    if linked:
        sentence = f"<a style='color:{colour}' href='{escape(remark.path)}'>{sentence}</a>"
    mark = "✕" if remark.grave else "！"
    source = f"<br><span style='color:{COLOURS['soft']}'>{escaped(remark.source)}</span>" if remark.source else ""
    return f"<p style='color:{colour}'>{mark}{sentence}{source}</p>"
