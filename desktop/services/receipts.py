"""The receipt of an import on paper (交换回执)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services.desk import Desk

if TYPE_CHECKING:
    from desktop.services.exchange import Report, TakenIn


def render(desk: Desk, report: "Report") -> bytes:
    """The PDF that tells the senders what arrived; of several bundles from one office the newest code stands, which covers the others.

    Reads nothing from the database but the name of the office, so it may be made off the window's thread.
    """
    from desktop.documents import receipt

    rows = [receipt.Row(one.sender, len(one.cases), one.changes, one.attachments, one.receipt) for one in newest(report)]
    waiting = sum(found.waiting for _, found in report.taken)
    refused = [(path.name, sentence) for path, sentence in report.refused]
    return receipt.render(receipt.Receipt(desk.office.name, _spoken(desk.now()), rows, waiting, refused))


def newest(report: "Report") -> list["TakenIn"]:
    """One line an office: what its bundles brought together, and the code of the last, which covers the others."""
    by_sender: dict[str, list[TakenIn]] = {}
    for _, found in report.taken:
        by_sender.setdefault(found.sender, []).append(found)
    return [_together(found) for found in by_sender.values()]


def _together(found: Sequence["TakenIn"]) -> "TakenIn":
    return found[-1]._replace(
        cases=sorted({case for one in found for case in one.cases}),
        new_cases=sorted({case for one in found for case in one.new_cases}),
        changes=sum(one.changes for one in found),
        attachments=sum(one.attachments for one in found),
        already_known=all(one.already_known for one in found),
    )


def write(desk: Desk, report: "Report", path: Path) -> None:
    """Write the receipt as a PDF, whole or not at all. Raises `CannotWrite`."""
    from desktop.store.files import write_whole

    write_whole(path, render(desk, report))


def _spoken(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02d}分"
