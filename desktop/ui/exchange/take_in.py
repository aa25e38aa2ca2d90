"""导入: what others sent is taken in from the stick, a folder or chosen files, each bundle by itself, with one report."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.ui.button_row import ButtonRow
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.exchange.done import Done
from desktop.ui.exchange.export import content_told
from desktop.ui.exchange.place import PlaceBar
from desktop.ui.exchange.sticks import Place
from desktop.ui.exchange.work import Progress, Work, bytes_told, count_told, tell_refusal
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.exchange import Report, TakenIn

BUNDLES = "交换包 (*.fqb);;所有文件 (*)"
LAST = "正在核对并写入本机，马上就好……"
RESTORED = "！这台电脑的数据像是从旧的备份恢复的：缺的内容会从各单位补回来，新的卷号从新的号段编起。"
HINT = "请在电话里把回执码念给{}，由他们填到“输入回执码”里：他们就知道这些纠纷已经送到。"


class Found(NamedTuple):
    """The bundles at a place: those that may be for this office, and how many are for others."""

    ours: list[Path]
    others: int


class ImportPanel(QWidget):
    """Finds bundles and takes them in. `taken` carries the report and how many files were left when the operator stopped."""

    taken = Signal(object, int)
    closed = Signal()

    def __init__(self, context: Context, places: PlaceBar, work: Work, notice: Notice) -> None:
        super().__init__()
        self._context, self._places, self._work, self._notice = context, places, work, notice
        self.told = heading("", "fact")
        self.files_button: QPushButton = button("选择文件  Ctrl+O", self.choose_files, drawing="import")
        self.close_button: QPushButton = button("不导入了", self.leave, key="Esc")
        self.buttons = ButtonRow((self.files_button, self.close_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.told)
        column.addWidget(self.buttons)
        self.hide()

    def open(self) -> None:
        """Take in what the stick or folder holds for this office; without either, ask for files."""
        place = self._places.place()
        if place is None:
            self.choose_files()
            return
        self.hide()
        code = self._context.desk.office.code
        self._work.run(
            f"正在看{place.noun}里有什么……",
            lambda _: found_at(place.root, code),
            lambda found: self._on_found(place, found),
            self._notice.refused,
        )

    def choose_files(self) -> None:
        """Take in the files that the operator chooses."""
        paths = self._context.asker.files(self, "选择交换包", BUNDLES)
        if paths:
            self.take(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Take in these files."""
        self._notice.hide()
        self.hide()
        desk, many = self._context.desk, len(paths) > 1
        self._work.run(
            f"正在导入 {len(paths)} 个交换包……" if many else f"正在导入 {visible(paths[0].name)}……",
            lambda progress: take_all(desk, paths, progress) if many else take_one(desk, paths[0], progress),
            lambda found: self.taken.emit(*found),
            lambda sentence: tell_refusal(self._notice, sentence, paths[0].name),
            count_told if many else bytes_told,
            "" if many else LAST,
        )

    def leave(self) -> None:
        """Take nothing in."""
        self.hide()
        self.closed.emit()

    def _on_found(self, place: Place, found: Found) -> None:
        if found.ours:
            self.take(found.ours)
            return
        others = f"（有 {found.others} 个是给别的单位的）" if found.others else ""
        self.told.setText(f"○ {visible(place.noun)}里没有给本单位的交换包{others}。换一个优盘或者文件夹，或者自己选择文件。")
        self.show()
        self.buttons.fit()
        self.files_button.setFocus(Qt.FocusReason.OtherFocusReason)


def found_at(root: Path, code: str | None) -> Found:
    """The bundles below the folder; by their names, what others get is left out, and what a watched folder has done with.

    Raises `UnreadableFile` when the folder is gone.
    """
    from desktop.services import exchange, watching
    from desktop.services.cases import UnreadableFile

    try:
        paths = [path for path in exchange.bundles_in(root) if watching.DONE not in path.relative_to(root).parts]
    except OSError:
        raise UnreadableFile(root) from None
    ours = [path for path in paths if watching.addressed_to(path.name, code)]
    return Found(ours, len(paths) - len(ours))


def take_one(desk: "Desk", path: Path, progress: Progress) -> "tuple[Report, int]":
    """Take in one file; it is refused as a whole."""
    from desktop.services import exchange

    return exchange.Report([(path, exchange.take_in(desk, path, progress=progress))], []), 0


def take_all(desk: "Desk", paths: Sequence[Path], progress: Progress) -> "tuple[Report, int]":
    """Take in many files, each by itself; one that is refused does not stop the others. What was taken in before a stop stays."""
    from desktop.services import exchange

    report = exchange.Report([], [])
    for number, path in enumerate(paths):
        try:
            progress(number, len(paths), path.name)
        except exchange.Cancelled:
            return report, len(paths) - number
        one = exchange.take_in_all(desk, [path])
        report.taken.extend(one.taken)
        report.refused.extend(one.refused)
    return report, 0


def show_report(done: Done, report: "Report", left: int = 0) -> None:
    """Tell of an import on the card at the end."""
    from desktop.services import receipts

    newest = receipts.newest(report)
    lines = _lines(report) + ([f"还有 {left} 个没有导入，再按一次“导入”就接着做。"] if left else [])
    done.tell("停下了" if left else _head(report), "\n".join(lines), good=not (report.refused or left))
    done.show_refused([(path.name, sentence) for path, sentence in report.refused])
    if len(newest) == 1:
        done.show_code(newest[0].receipt, HINT.format(visible(newest[0].sender)))
    elif newest:
        done.show_senders([_row(one) for one in newest])
    if newest:
        done.offer_paper()


def _head(report: "Report") -> str:
    if not report.taken:
        return "没有导入任何内容"
    if report.refused:
        return f"导入了 {len(report.taken)} 个交换包，{len(report.refused)} 个没有导入"
    return "导入完成" if len(report.taken) == 1 else f"{len(report.taken)} 个交换包都导入了"


def _lines(report: "Report") -> list[str]:
    """What came, in plain words."""
    if len(report.taken) == 1:
        return [told_import(report.taken[0][1])]
    found = [one for _, one in report.taken]
    known = sum(one.already_known for one in found)
    cases = {case for one in found for case in one.cases}
    content = content_told(len(cases), sum(one.changes for one in found), sum(one.attachments for one in found))
    lines = [f"共 {content}。"] if found else []
    if known:
        lines.append(f"其中 {known} 个以前导入过，没有新内容。")
    restored = [RESTORED] if any(one.restored for one in found) else []
    return lines + _waiting(sum(one.waiting for one in found)) + restored


def told_import(found: "TakenIn") -> str:
    """What one bundle brought, in plain words."""
    if found.already_known:
        return f"{found.sender}的这个文件以前导入过，没有新内容。"
    content = content_told(len(found.cases), found.changes, found.attachments)
    text = f"{found.sender}送来：{content}，其中新的纠纷 {len(found.new_cases):,} 件。"
    return "\n".join([text, *_waiting(found.waiting), *([RESTORED] if found.restored else [])])


def _waiting(changes: int) -> list[str]:
    return [f"还有 {changes} 处改动要等别的优盘送到才能显示。"] if changes else []


def _row(one: "TakenIn") -> tuple[str, ...]:
    counts = (len(one.cases), len(one.new_cases), one.changes, one.attachments)
    return (one.sender, one.receipt, *(f"{count:,}" for count in counts))
