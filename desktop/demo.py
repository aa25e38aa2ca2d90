"""`fengqiao demo OUT`: the main job without a screen, on real input, through real databases, papers and bundles.

A county, a township and two villages are built in a temporary place. The villages register the sample cases and print them; bundles go
up to the county, one stick is lost and one is delivered twice; the county hands a case back down with a 任务单 and gets a 反馈单.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from desktop.domain.case import Case
from desktop.domain.case_file import write_case
from desktop.domain.codes import OfficeLevel
from desktop.domain.letter import Letter
from desktop.domain.refused import Refused
from desktop.resources import resource
from desktop.services import cases, documents, enrolment, exchange, handover
from desktop.services.desk import Desk, set_up
from desktop.store.files import CannotWrite, write_whole

TakePictures = Callable[[Desk, str, Path], list[Path]]

COUNTY, TOWN, STONE, WILLOW = "530199", "530199101", "530199101201", "530199101202"
OFFICES: tuple[tuple[str, OfficeLevel, str, str, str | None], ...] = (
    (COUNTY, "县", "云溪县综治中心", "云溪县人民调解委员会", None),
    (TOWN, "镇", "青石镇综治中心", "青石镇人民调解委员会", COUNTY),
    (STONE, "村", "石桥村", "石桥村人民调解委员会", TOWN),
    (WILLOW, "村", "柳林村", "柳林村人民调解委员会", TOWN),
)
"""Code, level, name, committee, code of the office above. Places are invented."""

_PASSWORD = "演示密码"  # noqa: S105 -- of databases that live for a minute
_BACK = "03"
"""The sample that the county hands back down."""


class DemoFailed(Refused):
    """The demonstration found a difference that must not be."""

    def __init__(self, what: str) -> None:
        super().__init__(f"演示没有通过：{what}，请把结果文件夹交给程序的维护人员。")


class Demo:
    """One run: the offices, and what the summary will say."""

    def __init__(self, out: Path, place: Path) -> None:
        """Lay out the folders."""
        self.out, self.place = out, place
        self.papers, self.bundles = out / "papers", out / "bundles"
        self.desks: dict[str, Desk] = {}
        self.numbers: dict[str, str] = {}
        self.inputs: dict[str, bytes] = {}
        self.printed: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self.lost: list[dict[str, Any]] = []
        self.seconds: dict[str, float] = {}
        try:
            for folder in (self.papers, self.bundles):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(out, error) from error

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step."""
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)

    def found_offices(self, stack: ExitStack) -> None:
        """Build the four offices."""
        for code, level, name, committee, _ in OFFICES:
            desk = set_up(self.place / code, _PASSWORD, level=level, name=name, committee=committee, code=code)
            self.desks[code] = stack.enter_context(desk)

    def enrol(self) -> None:
        """Each office below the county asks, is approved, and accepts."""
        for code, _, _, _, parent in OFFICES:
            if parent is not None:
                asked, approved = (self.place / f"{code}.{kind}.json" for kind in ("申请", "批准"))
                fingerprint = enrolment.request(self.desks[code], asked)
                enrolment.approve(self.desks[COUNTY], asked, code, parent, approved, passphrase=_PASSWORD, fingerprint=fingerprint)
                enrolment.accept(self.desks[code], approved)

    def register(self, code: str, *samples: str) -> None:
        """A village registers sample cases."""
        for sample in samples:
            (path,) = resource("samples").glob(f"{sample}-*.json")
            (registered,) = cases.register_files(self.desks[code], [path])
            self.numbers[sample], self.inputs[sample] = registered.id, path.read_bytes()

    def print_papers(self, code: str, case_id: str, kinds: list[str] | None = None) -> None:
        """An office prints what a case has."""
        desk = self.desks[code]
        case = cases.load(desk, case_id)
        sheets = [sheet for sheet in documents.sheets(desk, case) if kinds is None or sheet.kind in kinds]
        for kind, index, name in [*sheets, *([] if kinds else [documents.Sheet(documents.DOSSIER, None, "卷宗")])]:
            path = self.papers / f"{case.number}-{name}.pdf"
            documents.write(desk, case, kind, path, index)
            self.printed.append(path.name)

    def export(self, sender: str, receiver: str) -> exchange.Exported:
        """An office writes a stick."""
        done = exchange.export(self.desks[sender], receiver, self.bundles)
        self.sent.append(
            {"file": done.paths[0].name, "from": sender, "to": receiver, "cases": done.cases, "changes": done.changes, "bytes": done.size}
        )
        return done

    def deliver(self, sender: str, receiver: str, times: int = 1) -> None:
        """A stick goes from one office to another and is imported there, as often as it is plugged in."""
        done = self.export(sender, receiver)
        taken = [exchange.take_in(self.desks[receiver], done.paths[0]) for _ in range(times)]
        self.sent[-1] |= {"delivered": times, "new_changes": [t.changes for t in taken]}
        if any(t.changes for t in taken[1:]):
            raise DemoFailed("同一个交换包第二次导入时又改变了数据")

    def lose(self, sender: str, receiver: str) -> None:
        """A stick is written and never arrives."""
        done = self.export(sender, receiver)
        self.sent[-1] |= {"delivered": 0}
        self.lost.append({"file": done.paths[0].name, "cases": done.cases, "changes": done.changes})

    def hand_down(self) -> None:
        """The county asks the other village to help with a case, by a 任务单; it answers with a 反馈单."""
        county, willow, case_id = self.desks[COUNTY], self.desks[WILLOW], self.numbers[_BACK]
        case = handover.assign(county, cases.load(county, case_id), WILLOW).case
        order = _task_order(county)
        cases.save(county, case, msgspec.structs.replace(case, letters=(*case.letters, order)))
        self.deliver(COUNTY, TOWN)
        self.deliver(TOWN, STONE)
        self.deliver(TOWN, WILLOW)
        case = cases.load(willow, case_id)
        answer = _feedback(willow, case)
        cases.save(willow, case, msgspec.structs.replace(case, letters=(*case.letters, answer)))
        self.deliver(WILLOW, TOWN)
        self.deliver(TOWN, COUNTY)
        self.print_papers(COUNTY, case_id, ["任务单"])
        self.print_papers(WILLOW, case_id, ["反馈单"])

    def compare(self) -> dict[str, bool]:
        """Whether the county holds each input field by field, as it came up."""
        county = self.desks[COUNTY]
        return {
            sample: msgspec.json.decode(write_case(cases.load(county, case_id))) == msgspec.json.decode(self.inputs[sample])
            for sample, case_id in self.numbers.items()
        }

    def held(self) -> list[dict[str, Any]]:
        """What each office holds."""
        return [
            {"code": code, "name": name, "level": level, "cases": len(rows), "numbers": sorted(row.number for row in rows)}
            for code, level, name, _, _ in OFFICES
            for rows in [cases.rows(self.desks[code], limit=-1)]
        ]


def _task_order(county: Desk) -> Letter:
    today = county.today()
    return Letter(
        kind="任务单",
        to="柳林村",
        title="协助核实田埂地界履行情况",
        matter="两户村民田埂地界纠纷已达成协议，其中一户的承包地与柳林村相邻，请协助核实田埂重筑后的界线。",
        measures=("会同石桥村调解员到现场核对界线", "与相邻农户见面，了解有无新的争议", "七日内书面反馈"),
        due_on=today + timedelta(days=7),
        responsible="柳林村调解委员会主任",
        signer="云溪县综治中心主任",
        issued_on=today,
    )


def _feedback(willow: Desk, case: Case) -> Letter:
    order = next(letter for letter in case.letters if letter.kind == "任务单")
    return Letter(
        kind="反馈单",
        to=order.issuer,
        matter="已会同石桥村到现场核对，界线与协议一致，相邻农户没有争议。",
        measures=("现场核对界线并拍照", "走访相邻农户两户"),
        responsible="柳林村调解委员会主任",
        signer="柳林村调解委员会主任",
        issued_on=willow.today(),
        replies_to=order.number,
    )


def run(out: Path, take_pictures: TakePictures) -> list[str]:
    """Run the demonstration into the folder. Returns the lines of a short table in Chinese. Raises `DemoFailed`, `CannotWrite`."""
    with tempfile.TemporaryDirectory(prefix="fengqiao-demo-") as place, ExitStack() as stack:
        demo = Demo(out, Path(place))
        arrived = _play(demo, stack)
        with demo.step("截取画面"):
            pictures = take_pictures(demo.desks[COUNTY], demo.numbers[_BACK], out)
        summary = _summary(demo, arrived) | {"pictures": [path.name for path in pictures]}
    write_whole(out / "summary.json", msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")
    return _table(summary)


def _play(demo: Demo, stack: ExitStack) -> dict[str, bool]:
    with demo.step("建立单位"):
        demo.found_offices(stack)
    with demo.step("加入交换"):
        demo.enrol()
    with demo.step("登记纠纷"):
        demo.register(STONE, "01", "03")
        demo.register(WILLOW, "02", "04")
    with demo.step("遗失一个U盘"):
        demo.lose(STONE, TOWN)
        demo.register(STONE, "05")
    with demo.step("打印文书"):
        for code, samples in ((STONE, ("01", "03", "05")), (WILLOW, ("02", "04"))):
            for sample in samples:
                demo.print_papers(code, demo.numbers[sample])
    with demo.step("村到镇到县"):
        demo.deliver(STONE, TOWN)
        demo.deliver(WILLOW, TOWN, times=2)
        demo.deliver(TOWN, COUNTY)
        arrived = demo.compare()
    with demo.step("县交办并得到反馈"):
        demo.hand_down()
    return arrived


def _summary(demo: Demo, arrived: dict[str, bool]) -> dict[str, Any]:
    held = demo.held()
    union = {number for office in held if office["level"] == "村" for number in office["numbers"]}
    county = next(set(office["numbers"]) for office in held if office["level"] == "县")
    if county != union or not all(arrived.values()):
        raise DemoFailed("县级单位持有的纠纷与各村登记的不一致")
    return {
        "offices": held,
        "county_holds_union_of_villages": county == union,
        "equal_to_input_field_by_field": arrived,
        "changes_exchanged": sum(sum(bundle.get("new_changes", [])) for bundle in demo.sent),
        "bundles": demo.sent,
        "lost": demo.lost,
        "made_good": {"changes": sum(lost["changes"] for lost in demo.lost), "by": "下一个交换包"},
        "papers": demo.printed,
        "seconds": demo.seconds,
    }


def _table(summary: dict[str, Any]) -> list[str]:
    lines = ["单位                    持有纠纷"]
    lines += [f"{office['name']:<{20 - len(office['name'])}}\t{office['cases']}件" for office in summary["offices"]]
    delivered = sum(bundle["delivered"] > 0 for bundle in summary["bundles"])
    lines.append(
        f"交换包：写出{len(summary['bundles'])}个，送达{delivered}个，遗失{len(summary['lost'])}个（已由后一个补齐），重复导入1次无影响"
    )
    lines.append(f"交换改动{summary['changes_exchanged']}条；文书{len(summary['papers'])}份；县级持有的纠纷与各村登记的逐项一致")
    lines += [f"{name}\t{seconds:.1f}秒" for name, seconds in summary["seconds"].items()]
    return lines
