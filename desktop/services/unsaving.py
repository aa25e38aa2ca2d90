"""撤销保存: a new change that gives the fields of one save their former values back. What went out on paper is never taken back."""

from collections.abc import Sequence

from desktop.domain.case import Case
from desktop.domain.labels import words
from desktop.domain.laid_over import laid_over
from desktop.domain.refused import Refused
from desktop.services import cases
from desktop.services.desk import Desk


class RegistrationStands(Refused):
    """A registered case has its number for good."""

    def __init__(self) -> None:
        super().__init__("这一步是登记纠纷，卷号已经编定，不能撤销；登记错了的，请直接修改内容，不再办理的按规定结案。")


class LetterIssued(Refused):
    """The save gave a letter its number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"这次保存签发了“{number}”，文号不能收回，所以不能撤销；不再办理的，请把这份函件作废。")


class PaperSealed(Refused):
    """A paper was sealed after the save."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"这次保存以后，《{kind}》已经盖章定稿，所以不能撤销；要更正的，请修改后重新定稿。")


class ChangedSince(Refused):
    """Somebody wrote in the same fields after the step, or after it was taken back."""

    def __init__(self, paths: Sequence[str], verb: str) -> None:
        names = list(dict.fromkeys(map(words, paths)))
        told = "、".join(f"“{name}”" for name in names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
        super().__init__(f"这一步以后，{told}又改过了，所以不能{verb}；要改的，请直接修改。")


_NAMED = 3
"""Fields that the refusal names."""


def unsave(desk: Desk, former: Case, saved: Case, today: Case) -> Case:
    """Take back what one save did: it led from `former` to `saved`, and the case stands as `today` now. Returns the case as it stands then.

    Fields that others changed since keep what they hold. Raises `RegistrationStands`, `LetterIssued`, `PaperSealed`, `ChangedSince` where
    others changed the same fields, and whatever `cases.save` raises: law and rule hold for going back as well, but for those that ask a
    reason for going back.
    """
    if not former.id:
        raise RegistrationStands
    before = {letter.id: letter.number for letter in former.letters}
    for letter in saved.letters:
        if letter.number and not before.get(letter.id):
            raise LetterIssued(letter.number)
    older = {seal.id for seal in saved.seals}
    for seal in today.seals:
        if seal.id not in older:
            raise PaperSealed(seal.kind)
    return cases.save(desk, today, _laid(saved, former, today, "撤销"), takes_back=True).case


def save_again(desk: Desk, former: Case, saved: Case, today: Case) -> Case:
    """Do again what led from `former` to `saved`, after it was taken back. Returns the case as it stands then.

    Raises `ChangedSince` where others changed the same fields, and whatever `cases.save` raises.
    """
    return cases.save(desk, today, _laid(former, saved, today, "重做")).case


def _laid(before: Case, after: Case, today: Case, verb: str) -> Case:
    laid = laid_over(before, after, today)
    if laid.doubtful:
        raise ChangedSince(laid.doubtful, verb)
    return laid.case
