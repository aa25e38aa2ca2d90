"""What a signed agreement binds: its terms and its parties stay as they were signed (人民调解法 Art. 29, 31; docs/decisions/027).

What was left open may be filled in: a blank in a clause, an obligation that was not registered yet, a telephone number. What stood is
neither changed nor taken away while the day of signing stands.
"""

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.laid_over import OURS_ALONE
from desktop.domain.library import BLANK
from desktop.domain.party import Party
from desktop.domain.refused import Refused


class TermsBind(Refused):
    """A save would alter what was signed; `field` is the path of what would be altered."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            f"协议已经签订，{_WORDS[field]}不能直接修改或者删去：登记有误的，先删去签订日期并保存，改正后再填写；"
            "双方另行商定的，填写新的签订日期（人民调解法第三十一条）。"
        )


_WORDS = {
    "agreement.form": "协议形式",
    "agreement.facts": "纠纷主要事实",
    "agreement.clauses": "协议条款",
    "agreement.obligations": "履行事项",
    "parties": "当事人及其姓名、地位",
}


def require_terms_kept(before: Case, after: Case) -> None:
    """Refuse a save that changes or takes out what the parties signed, while it leaves the day of signing as it was.

    To be called where an operator saves; settling what two offices wrote at the same time, and taking a save back, goes another way.
    Raises `TermsBind`.
    """
    if field := altered(before, after):
        raise TermsBind(field)


def altered(before: Case, after: Case) -> str:
    """The path of the first part of a signed agreement that the other value has otherwise; empty if it is the same, or signed anew."""
    old, new = before.agreement, after.agreement
    if old is None or old.signed_on is None or new is None or new.signed_on != old.signed_on:
        return ""
    kept = {
        "agreement.form": old.form in (None, new.form),
        "agreement.facts": _plain(old.facts) in ("", _plain(new.facts)),
        "agreement.clauses": _clauses_kept(old, new),
        "agreement.obligations": _obligations_kept(old.obligations, new.obligations),
        "parties": _parties_kept(before.parties, after.parties),
    }
    return next((path for path, same in kept.items() if not same), "")


def _plain(text: str | None) -> str:
    """The text without what no paper shows."""
    return "".join((text or "").split())


def _clauses_kept(old: Agreement, new: Agreement) -> bool:
    """A clause more is another agreement as well, unless there was none."""
    signed, now = _written(old.clauses), _written(new.clauses)
    return not signed or (len(signed) == len(now) and all(a == b or BLANK in a for a, b in zip(signed, now, strict=True)))


def _written(clauses: tuple[Clause, ...]) -> list[str]:
    return [text for clause in clauses if (text := _plain(clause.text))]


def _obligations_kept(signed: tuple[Obligation, ...], now: tuple[Obligation, ...]) -> bool:
    return all(any(_is_filled_in(one, other) for other in now if other.id == one.id or _same(one, other)) for one in signed)


def _same(one: Obligation, other: Obligation) -> bool:
    """Whether it is the same, entered once more."""
    return replace(one, id="", position=0) == replace(other, id="", position=0)


def _is_filled_in(old: Struct, new: Struct) -> bool:
    """Whether everything that stood still stands."""
    names = (name for name in old.__struct_fields__ if name not in OURS_ALONE)
    return all(getattr(old, name) in (None, "", getattr(new, name)) for name in names)


def _parties_kept(signed: tuple[Party, ...], now: tuple[Party, ...]) -> bool:
    """Who they are stays; how they are reached may change."""
    return all(any(_is_who(one, other) for other in now if other.id == one.id) for one in signed)


def _is_who(old: Party, new: Party) -> bool:
    return old.role == new.role and old.kind == new.kind and _plain(old.name) in ("", _plain(new.name))
