"""`fengqiao demo OUT`: the main job without a screen, on real input, through real databases, papers and bundles.

Eight offices are built in a temporary place. They register the sample cases and print them; bundles go up to the county, and whatever
happens to sticks and computers happens: loss, doubling, overtaking, a restored and a stolen computer, and a disagreement that is settled.
"""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from desktop.demo import troubles
from desktop.demo.assignment import hand_down
from desktop.demo.county import COUNTY, HILL, PINE, POLICE, STONE, TOWN, WILLOW, Demo, DemoFailed
from desktop.services.desk import Desk
from desktop.store.files import write_whole

TakePictures = Callable[[Desk, str, Path], list[Path]]


def run(out: Path, take_pictures: TakePictures) -> list[str]:
    """Run the demonstration into the folder. Returns the lines of a short table in Chinese. Raises `DemoFailed`, `CannotWrite`."""
    with tempfile.TemporaryDirectory(prefix="fengqiao-demo-") as place, ExitStack() as stack:
        demo = Demo(out, Path(place), stack)
        arrived = _play(demo)
        with demo.step("截取画面"):
            pictures = take_pictures(demo.desks[COUNTY], demo.numbers["03"], out)
        summary = _summary(demo, arrived) | {"pictures": [path.name for path in pictures]}
    write_whole(out / "summary.json", msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")
    return _table(summary)


def _play(demo: Demo) -> dict[str, bool]:
    with demo.step("建立八个单位"):
        demo.found_offices()
    with demo.step("加入交换"):
        demo.enrol()
    with demo.step("登记纠纷"):
        demo.register(STONE, "01", "03")
        demo.register(PINE, "02")
        demo.register(POLICE, "04")
    with demo.step("遗失、重复、乱序"):
        troubles.lose(demo)
        troubles.overtake(demo)
        troubles.deliver_twice(demo, STONE, TOWN)
        troubles.confirm(demo)
        demo.deliver(TOWN, COUNTY)
        demo.deliver(HILL, COUNTY)
    with demo.step("恢复旧备份"):
        troubles.restore(demo)
    with demo.step("打印文书"):
        for code, samples in ((STONE, ("01", "03", "05")), (PINE, ("02",)), (POLICE, ("04",))):
            for sample in samples:
                demo.print_papers(code, demo.numbers[sample])
    with demo.step("附件"):
        demo.attach(STONE, demo.numbers["01"], demo.papers / demo.printed[0])
    with demo.step("待核对"):
        demo.exchange_all()
        troubles.disagree(demo)
        demo.exchange_all()
        arrived = demo.equal_to_input(COUNTY)
    with demo.step("县交办并得到反馈"):
        hand_down(demo, "03", WILLOW)
    with demo.step("停用一台电脑"):
        troubles.revoke(demo)
    return arrived


def _summary(demo: Demo, arrived: dict[str, bool]) -> dict[str, Any]:
    held = demo.held()
    union = {number for office in held if office["level"] == "村" for number in office["numbers"]}
    county = next(set(office["numbers"]) for office in held if office["level"] == "县")
    if county != union or not all(arrived.values()):
        raise DemoFailed("县级单位持有的纠纷与各村登记的不一致")
    if any(demo.missing().values()):
        raise DemoFailed("有附件没有到达")
    return {
        "offices": held,
        "county_holds_union_of_villages": county == union,
        "equal_to_input_field_by_field": arrived,
        "changes_exchanged": sum(sum(bundle.get("new_changes", [])) for bundle in demo.sent),
        "attachments_exchanged": sum(bundle["attachments"] for bundle in demo.sent if bundle["delivered"]),
        "bundles": demo.sent,
        **demo.told,
        "papers": demo.printed,
        "seconds": demo.seconds,
    }


def _table(summary: dict[str, Any]) -> list[str]:
    lines = ["单位                    持有纠纷"]
    lines += [f"{office['name']:<{20 - len(office['name'])}}\t{office['cases']}件" for office in summary["offices"]]
    delivered = sum(bundle["delivered"] > 0 for bundle in summary["bundles"])
    lines.append(
        f"交换包：写出{len(summary['bundles'])}个，送达{delivered}个；遗失1个，由下一个补齐；重复导入1次，没有影响；1个晚到，没有影响"
    )
    restored, conflict, revoked = summary["restored"], summary["conflict"], summary["revoked"]
    lines.append(f"恢复旧备份：丢了{restored['lost']}件，再交换一次后取回，共{restored['after_the_next_exchange']}件")
    lines.append(f"待核对：{conflict['field']}有{len(conflict['versions'])}种填法，核对后各单位一致")
    lines.append(f"停用电脑：{revoked['refusal']}")
    lines.append(
        f"交换改动{summary['changes_exchanged']}条、附件{summary['attachments_exchanged']}份；文书{len(summary['papers'])}份；"
        "县级持有的纠纷与各村登记的逐项一致"
    )
    lines += [f"{name}\t{seconds:.1f}秒" for name, seconds in summary["seconds"].items()]
    return lines
