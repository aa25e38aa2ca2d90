"""The eight offices of the demonstration, their computers, and the sticks between them."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from desktop.domain.case_file import write_case
from desktop.domain.codes import OfficeLevel
from desktop.domain.refused import Refused
from desktop.resources import resource
from desktop.services import attachments, cases, contacts, documents, enrolment, exchange
from desktop.services.desk import DATABASE, Desk, open_desk, set_up
from desktop.store.files import CannotWrite

COUNTY, TOWN, STONE, WILLOW, POLICE = "530199", "530199101", "530199101201", "530199101202", "530199101801"
HILL, PINE, SPRING = "530199102", "530199102201", "530199102202"
OFFICES: tuple[tuple[str, OfficeLevel, str, str, str | None], ...] = (
    (COUNTY, "县", "云溪县综治中心", "云溪县人民调解委员会", None),
    (TOWN, "镇", "青石镇综治中心", "青石镇人民调解委员会", COUNTY),
    (STONE, "村", "石桥村", "石桥村人民调解委员会", TOWN),
    (WILLOW, "村", "柳林村", "柳林村人民调解委员会", TOWN),
    (POLICE, "村", "青石派出所调解室", "青石派出所驻所人民调解工作室", TOWN),
    (HILL, "镇", "白云镇综治中心", "白云镇人民调解委员会", COUNTY),
    (PINE, "村", "松坪村", "松坪村人民调解委员会", HILL),
    (SPRING, "村", "泉眼村", "泉眼村人民调解委员会", HILL),
)
"""Code, level, name, committee, code of the office above. Places are invented."""

PASSWORD = "演示密码"  # noqa: S105 -- of databases that live for a minute


class DemoFailed(Refused):
    """The demonstration found a difference that must not be."""

    def __init__(self, what: str) -> None:
        super().__init__(f"演示没有通过：{what}，请把结果文件夹交给程序的维护人员。")


class Demo:
    """One run: the offices, and what the summary will say."""

    def __init__(self, out: Path, place: Path, stack: ExitStack) -> None:
        """Lay out the folders; the desks are closed with the stack."""
        self.out, self.place, self._stack = out, place, stack
        self.papers, self.bundles = out / "papers", out / "bundles"
        self.desks: dict[str, Desk] = {}
        self.numbers: dict[str, str] = {}
        self.inputs: dict[str, bytes] = {}
        self.printed: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self.told: dict[str, Any] = {}
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

    def found_offices(self) -> None:
        """Build the offices."""
        for code, level, name, committee, _ in OFFICES:
            self.desks[code] = self._stack.enter_context(
                set_up(self.place / code, PASSWORD, level=level, name=name, committee=committee, code=code)
            )

    def enrol(self) -> None:
        """Each office below the county asks, is approved, and accepts."""
        for code, _, _, _, parent in OFFICES:
            if parent is not None:
                asked, approved = (self.place / f"{code}.{kind}.json" for kind in ("申请", "批准"))
                fingerprint = enrolment.request(self.desks[code], asked)
                enrolment.approve(self.desks[COUNTY], asked, code, parent, approved, passphrase=PASSWORD, fingerprint=fingerprint)
                enrolment.accept(self.desks[code], approved)

    def register(self, code: str, *samples: str) -> None:
        """An office registers sample cases."""
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

    def attach(self, code: str, case_id: str, paper: Path) -> None:
        """An office puts a scanned paper into a case."""
        desk = self.desks[code]
        attachments.add(desk, cases.load(desk, case_id), paper, "证据材料", "签字的现场记录")

    def export(self, sender: str, receiver: str) -> exchange.Exported:
        """An office writes a stick."""
        done = exchange.export(self.desks[sender], receiver, self.bundles)
        self.sent.append(
            {
                "file": done.paths[0].name,
                "from": sender,
                "to": receiver,
                "cases": done.cases,
                "changes": done.changes,
                "attachments": done.attachments,
                "bytes": done.size,
                "delivered": 0,
            }
        )
        return done

    def take_in(self, receiver: str, done: exchange.Exported) -> exchange.TakenIn:
        """A stick is plugged in."""
        taken = exchange.take_in(self.desks[receiver], done.paths[0])
        (log,) = (one for one in self.sent if one["file"] == done.paths[0].name)
        log["delivered"] += 1
        log.setdefault("new_changes", []).append(taken.changes)
        return taken

    def deliver(self, *route: str) -> exchange.TakenIn:
        """A stick goes from each office of the route to the next."""
        for sender, receiver in pairwise(route):
            taken = self.take_in(receiver, self.export(sender, receiver))
        return taken

    def exchange_all(self) -> None:
        """Every office hands up, from the villages to the county, and gets what is for it."""
        links = [(code, parent) for code, _, _, _, parent in OFFICES if parent is not None and code in self.desks]
        for code, parent in reversed(links):
            self.deliver(code, parent)
        for code, parent in links:
            self.deliver(parent, code)

    def image(self, code: str) -> Path:
        """A copy of an office's database, as somebody keeps one."""
        self.desks[code].close()
        kept = self.place / f"{code}.backup"
        shutil.copy(self.place / code / DATABASE, kept)
        self._open(code)
        return kept

    def restore(self, code: str, image: Path) -> None:
        """The disk broke, and the copy is put in the database's place."""
        self.desks[code].close()
        shutil.copy(image, self.place / code / DATABASE)
        self._open(code)

    def _open(self, code: str) -> None:
        self.desks[code] = self._stack.enter_context(open_desk(self.place / code, PASSWORD))

    def equal_to_input(self, office: str) -> dict[str, bool]:
        """Whether an office holds each input field by field, as it came up."""
        desk = self.desks[office]
        return {
            sample: msgspec.json.decode(write_case(cases.load(desk, case_id))) == msgspec.json.decode(self.inputs[sample])
            for sample, case_id in self.numbers.items()
        }

    def missing(self) -> dict[str, int]:
        """Attachments that an office knows of and does not have."""
        return {code: contacts.status(desk).missing for code, desk in self.desks.items()}

    def held(self, offices: Sequence[str] = ()) -> list[dict[str, Any]]:
        """What each office holds."""
        return [
            {"code": code, "name": name, "level": level, "cases": len(rows), "numbers": sorted(row.number for row in rows)}
            for code, level, name, _, _ in OFFICES
            if not offices or code in offices
            for rows in [cases.rows(self.desks[code], limit=-1)]
        ]
