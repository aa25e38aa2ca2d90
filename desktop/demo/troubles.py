"""What happens to sticks and computers between offices, and that none of it does harm (protocol, section 7)."""

import msgspec

from desktop.demo.county import COUNTY, HILL, PASSWORD, PINE, POLICE, STONE, TOWN, Demo, DemoFailed
from desktop.domain.refused import Refused
from desktop.services import cases, conflicts, contacts, directory, exchange
from desktop.services.desk import Desk


def lose(demo: Demo) -> None:
    """A stick is written and never arrives; the next one carries all of it again."""
    done = demo.export(STONE, TOWN)
    demo.told["lost"] = {"file": done.paths[0].name, "cases": done.cases, "changes": done.changes, "made_good_by": "下一个交换包"}


def deliver_twice(demo: Demo, sender: str, receiver: str) -> None:
    """The same stick is plugged in twice."""
    done = demo.export(sender, receiver)
    demo.take_in(receiver, done)
    again = demo.take_in(receiver, done)
    if again.changes or not again.already_known:
        raise DemoFailed("同一个交换包第二次导入时又改变了数据")
    demo.told["twice"] = {"file": done.paths[0].name, "second_time": "以前导入过，没有新内容"}


def overtake(demo: Demo) -> None:
    """Two sticks arrive in the wrong order."""
    desk = demo.desks[POLICE]
    case = cases.load(desk, demo.numbers["04"])
    first = demo.export(POLICE, TOWN)
    cases.save(desk, case, msgspec.structs.replace(case, people_count=5))
    second = demo.export(POLICE, TOWN)
    later, earlier = demo.take_in(TOWN, second), demo.take_in(TOWN, first)
    if earlier.changes or cases.load(demo.desks[TOWN], case.id).people_count != 5:
        raise DemoFailed("晚到的交换包改变了后来的内容")
    demo.told["overtaken"] = {"new_changes_of_the_later": later.changes, "of_the_earlier": earlier.changes}
    fresh = cases.load(desk, case.id)
    cases.save(desk, fresh, msgspec.structs.replace(fresh, people_count=case.people_count))


def disagree(demo: Demo) -> None:
    """Village and county write into one field without knowing of each other; the county settles it, and all have one value."""
    case_id = demo.numbers["03"]
    versions = {STONE: "石桥村三组水渠边", COUNTY: "石桥村三组"}
    for code, place in versions.items():
        case = cases.load(demo.desks[code], case_id)
        cases.save(demo.desks[code], case, msgspec.structs.replace(case, place=place))
    demo.deliver(STONE, TOWN, COUNTY)
    (doubt,) = conflicts.conflicts(demo.desks[COUNTY], case_id)
    shown = [{"text": one.text, "office": one.written[0].office} for one in doubt.versions]
    original = msgspec.json.decode(demo.inputs["03"]).get("place")
    conflicts.settle(demo.desks[COUNTY], case_id, doubt, original)
    demo.deliver(COUNTY, TOWN, STONE)
    left = {code: len(conflicts.conflicts(demo.desks[code], case_id)) for code in (COUNTY, TOWN, STONE)}
    places = {cases.load(demo.desks[code], case_id).place for code in (COUNTY, TOWN, STONE)}
    if any(left.values()) or places != {original}:
        raise DemoFailed("核对之后各单位的内容仍不一致")
    demo.told["conflict"] = {"field": doubt.label, "versions": shown, "settled_by": COUNTY, "value": original, "left_in_doubt": left}


def restore(demo: Demo) -> None:
    """A township's database is put back to an older copy: what it lost comes back with the next sticks."""
    image = demo.image(TOWN)
    before = len(cases.rows(demo.desks[TOWN], limit=-1))
    demo.register(STONE, "05")
    demo.deliver(STONE, TOWN, COUNTY)
    full = len(cases.rows(demo.desks[TOWN], limit=-1))
    demo.restore(TOWN, image)
    lost = full - len(cases.rows(demo.desks[TOWN], limit=-1))
    demo.deliver(TOWN, COUNTY)
    demo.deliver(COUNTY, TOWN)
    demo.deliver(TOWN, STONE, TOWN)
    back = len(cases.rows(demo.desks[TOWN], limit=-1))
    if not lost or back != full:
        raise DemoFailed("恢复旧备份的电脑没有取回全部纠纷")
    demo.told["restored"] = {"office": TOWN, "cases_in_the_copy": before, "lost": lost, "after_the_next_exchange": back}


def confirm(demo: Demo) -> None:
    """No stick comes back: the receiver reads a code out over the telephone."""
    taken = demo.deliver(PINE, HILL)
    waits = _not_there(demo.desks[PINE])
    contacts.confirm(demo.desks[PINE], taken.receipt)
    demo.told["receipt"] = {"code": taken.receipt, "not_there_before": waits, "after": _not_there(demo.desks[PINE])}
    if _not_there(demo.desks[PINE]):
        raise DemoFailed("输入回执码之后仍显示没有送到")


def _not_there(desk: Desk) -> int:
    return contacts.status(desk).not_up


def revoke(demo: Demo) -> None:
    """A computer is stolen: the county takes it out of service, and its sticks are refused."""
    county = demo.desks[COUNTY]
    (computer,) = (one for one in directory.devices(county) if one.code == PINE)
    directory.revoke(county, computer.fingerprint, PASSWORD)
    demo.deliver(COUNTY, HILL)
    before = demo.held([HILL])
    sentence = _refused(demo, demo.export(PINE, HILL))
    if demo.held([HILL]) != before:
        raise DemoFailed("被停用的电脑的交换包改变了数据")
    demo.told["revoked"] = {"office": PINE, "refusal": sentence}


def _refused(demo: Demo, done: exchange.Exported) -> str:
    try:
        demo.take_in(HILL, done)
    except Refused as refused:
        return str(refused)
    raise DemoFailed("被停用的电脑的交换包没有被拒绝")
