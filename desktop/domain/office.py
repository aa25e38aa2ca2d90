"""The office that a database belongs to (单位)."""

import msgspec

from desktop.domain.codes import OfficeLevel


class Office(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A village, township or county office.

    `id` is made once by the office itself and never changes (32 hex digits); `code` is what the county calls it, None until the
    office is enrolled; `committee` is the people's mediation committee whose name stands on agreements; `series` the short name
    in its numbers (domain.md 3.0). `former_names` are those under which it wrote letters before it was renamed.
    """

    id: str
    level: OfficeLevel
    name: str
    series: str
    committee: str | None = None
    code: str | None = None
    former_names: tuple[str, ...] = ()

    @property
    def mediation_committee(self) -> str:
        """The name that agreements bear: the committee's, otherwise formed from the office's."""
        return self.committee or f"{self.name}人民调解委员会"
