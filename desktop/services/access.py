"""Whether this office may still write in a case: an office that left it reads and prints what it has, no more (protocol, section 2)."""

from desktop.domain.refused import Refused
from desktop.exchange import audience
from desktop.services.desk import Desk
from desktop.services.stations import Stations
from desktop.store import reach


class NotOurs(Refused):
    """The case passed to others: what was written in it here would reach nobody."""

    def __init__(self) -> None:
        super().__init__("这件纠纷已不由本单位承办或协办，只能查看和打印，需要修改的请联系承办单位。")


def may_write(desk: Desk, case_id: str) -> bool:
    """Whether this office is in the audience of the case by the directory in force; before enrolment, and of a new case, always."""
    named = reach.reach(desk.database, case_id) if case_id else None
    if named is None or desk.office.id in named:  # as a rule the case is our own: the directory is not even read
        return True
    stations = Stations(desk)
    return stations.directory is None or stations.own in audience.above(named, stations.directory)


def require(desk: Desk, case_id: str) -> None:
    """Raises `NotOurs` unless this office may write in the case."""
    if not may_write(desk, case_id):
        raise NotOurs
