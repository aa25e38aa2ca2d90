"""The clauses of an agreement as lines of one text."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from desktop.domain.agreement import Clause
from desktop.ui.entry.long_text import Lines


def paired(old: Sequence[Clause], texts: Sequence[str]) -> tuple[Clause, ...]:
    """The texts as clauses that keep the identity of the old ones: the same text first, then changed ones by their place."""
    found: list[Clause] = []
    matcher = SequenceMatcher(None, [clause.text for clause in old], texts, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            found += old[old_from:old_to]
            continue
        ids = [clause.id for clause in old[old_from:old_to]]
        ids += [""] * (new_to - new_from)
        found += [Clause(id=name, text=text) for name, text in zip(ids, texts[new_from:new_to], strict=False)]
    return tuple(found)


class Clauses(Lines):
    """One clause a line; the numbers are printed by the program."""

    def __init__(self) -> None:
        super().__init__(6, "一行写一条，不用写序号；Enter 另起一条，Shift+Enter 在一条之内换行")
        self._old: tuple[Clause, ...] = ()

    def show_value(self, value: object) -> None:
        self._old = value if isinstance(value, tuple) else ()
        super().show_value(tuple(clause.text for clause in self._old))

    def value(self) -> object:
        texts = super().value()
        return paired(self._old, texts if isinstance(texts, tuple) else ())
