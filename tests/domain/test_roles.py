"""Schemes of roles: the shipped file, mistakes in an office's own, who serves on a day."""

from datetime import date

import pytest

from desktop.domain.roles import Holder, RolesRefused, Roster, invited, leader, read_schemes, scheme_of
from desktop.resources import resource

SHIPPED = resource("roles.toml").read_text(encoding="utf-8")
DAY = date(2026, 3, 2)
PLAIN = '[[scheme]]\ncode = "x"\nname = "方案"\nenabled = true\n[[scheme.role]]\ncode = "head"\nname = "主任"\ngroup = "1"\nleads = true\n'


def test_the_shipped_schemes() -> None:
    schemes = read_schemes(SHIPPED)
    assert [scheme.code for scheme in schemes] == ["2+3(1)+N", "1+5+N", "1+6+N"]
    used = scheme_of(schemes, Roster())
    assert used.code == "2+3(1)+N"
    groups = [role.group for role in used.role]
    assert (groups.count("2"), groups.count("3"), groups.count("(1)")) == (2, 3, 1)
    assert [role.name for role in used.role if role.leads] == ["政法委员", "派出所所长"]
    assert scheme_of(schemes, Roster(scheme="1+5+N")).code == "1+5+N"
    assert scheme_of(schemes, Roster(scheme="gone")).code == "2+3(1)+N"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = ", "第1行"),
        ("", "scheme"),
        (PLAIN.replace("enabled = true\n", ""), "启用一个"),
        (PLAIN + PLAIN.replace('"x"', '"y"'), "启用一个"),
        (PLAIN + PLAIN, "重复"),
        (PLAIN + '[[scheme.role]]\ncode = "head"\nname = "副主任"\ngroup = "1"\n', "重复"),
        (PLAIN.replace("leads = true", "colour = 1"), "colour是不认识的栏目"),
        (PLAIN.replace('name = "方案"', 'name = ""'), "name不能少于1个字"),
        (PLAIN.replace('"head"', '"Head 1"'), "code的写法不对"),
        ("a = " + "[" * 5000, "有误"),
    ],
)
def test_mistakes_are_told(text: str, words: str) -> None:
    with pytest.raises(RolesRefused, match=words):
        read_schemes(text)


def test_who_serves_on_a_day() -> None:
    (scheme,) = read_schemes(PLAIN)
    old = Holder(role="head", name="老主任", until=date(2026, 2, 28))
    new = Holder(role="head", name="新主任", since=date(2026, 3, 1), body="综治中心", phone="0871")
    roster = Roster(holders=(old, new))
    assert [one.name for one in invited(scheme, roster, DAY)] == ["新主任"]
    assert [one.name for one in invited(scheme, roster, date(2026, 2, 28))] == ["老主任"]
    found = leader(scheme, roster, DAY)
    assert found is not None
    assert found.phone == "0871"
    assert [(one.role, one.name) for one in invited(scheme, Roster(), DAY)] == [("主任", "")]
    assert leader(scheme, Roster(), DAY) is None


def test_the_first_leading_role_leads() -> None:
    scheme = scheme_of(read_schemes(SHIPPED), Roster())
    roster = Roster(holders=(Holder(role="police-chief", name="王所长"), Holder(role="politics-law", name="李委员")))
    found = leader(scheme, roster, DAY)
    assert found is not None
    assert found.name == "李委员"
