"""Who has which role: kept in the office's database, schemes from its own file where it has one."""

from datetime import date

import pytest

from desktop.domain.roles import Holder, RolesRefused, Roster
from desktop.services import roles
from desktop.services.desk import Desk
from desktop.services.roles import UnknownRole, UnreadableRoles
from tests.services.offices import reopened

DAY = date(2026, 3, 2)
OWN = """
[[scheme]]
code = "own"
name = "三人组"
enabled = true
[[scheme.role]]
code = "head"
name = "组长"
group = "1"
leads = true
"""


def test_persons_are_kept(desk: Desk) -> None:
    assert roles.leader(desk, DAY) is None
    assert roles.roster(desk) == Roster()
    saved = roles.save(desk, Roster(holders=(Holder(role="politics-law", name="李政法"), Holder(role="police-chief"))))
    assert [one.name for one in saved.holders] == ["李政法"]
    assert saved.scheme == "2+3(1)+N"
    desk.close()
    with reopened(desk.folder) as again:
        leader = roles.leader(again, DAY)
        assert leader is not None
        assert leader.name == "李政法"
        assert roles.participants(again, DAY)[0].name == "李政法"


def test_a_role_that_the_scheme_lacks_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownRole):
        roles.save(desk, Roster(scheme="1+5+N", holders=(Holder(role="tribunal-head", name="张庭长"),)))
    assert roles.roster(desk) == Roster()


def test_an_office_s_own_file_takes_the_place(desk: Desk) -> None:
    (desk.folder / roles.OWN_ROLES).write_text("\ufeff" + OWN, encoding="utf-8")
    assert [one.role for one in roles.participants(desk, DAY)] == ["组长"]
    roles.save(desk, Roster(holders=(Holder(role="head", name="杨组长"),)))
    leader = roles.leader(desk, DAY)
    assert leader is not None
    assert leader.name == "杨组长"


@pytest.mark.parametrize(("data", "kind"), [(b"x = ", RolesRefused), (b"\xff\xfe", UnreadableRoles)])
def test_a_bad_file_is_told(desk: Desk, data: bytes, kind: type[Exception]) -> None:
    (desk.folder / roles.OWN_ROLES).write_bytes(data)
    with pytest.raises(kind):
        roles.schemes(desk)
