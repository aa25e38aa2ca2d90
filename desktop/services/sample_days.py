"""The sample cases as if they happened these days: practice begins with a day like a real one, and not with years of delay."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop.domain.case import Case
from desktop.domain.case_file import read_case
from desktop.resources import resource
from desktop.services import cases
from desktop.services.desk import Desk

STORY_DAYS = {
    "01": date(2025, 3, 27),  # the first visit is three days late, the rent is to be paid back in four days
    "02": date(2024, 10, 23),  # nobody has signed for the letter, the police wait for an answer today
    "03": date(2025, 3, 6),  # all is done: it waits to be concluded
    "04": date(2023, 9, 10),  # the first payment of five is due today
    "05": date(2024, 5, 18),  # signed a few days ago; the repair is due in two days, the visit too
}
"""The day of each sample's own story, by the number of its file, on which practice begins. What comes later in it has not happened yet."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|T)")
_WRITTEN_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_WRITTEN_YEAR = re.compile(r"(\d{4})年(?!\d)")


def register(desk: Desk) -> None:
    """Register every sample with its story day laid on the day of the desk's clock; the order is that of their registration."""
    made = [near(path, desk.today()) for path in sorted(resource("samples").glob("*.json"))]
    with desk.database.atomic():
        for case in sorted(made, key=lambda case: case.registered_on):
            cases.register(desk, case)


def near(path: Path, today: date) -> Case:
    """The case of a sample's file, every day of it moved by as many days as lie between its story day and today; birthdays stay."""
    story = STORY_DAYS[path.name[:2]]
    document = json.loads(path.read_bytes())
    document["visits"] = [visit for visit in document.get("visits", ()) if visit["on"] <= story.isoformat()]
    return read_case(json.dumps(_moved(document, _mover(story, today - story))).encode())


def _moved(part: Any, move: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return move(part)
    if isinstance(part, list):
        return [_moved(one, move) for one in part]
    if isinstance(part, dict):
        return {key: one if key == "born_on" else _moved(one, move) for key, one in part.items()}
    return part


def _mover(story: date, by: timedelta) -> Callable[[str], str]:
    """How a text is moved: a day as files write it, or the days that are named in a sentence."""

    def written(found: re.Match[str]) -> str:
        at = date(int(found["year"] or story.year), int(found["month"]), int(found["day"])) + by
        return f"{at.year}年{at.month}月{at.day}日" if found["year"] else f"{at.month}月{at.day}日"

    def year(found: re.Match[str]) -> str:
        return f"{(story.replace(year=int(found[1])) + by).year}年"

    def move(text: str) -> str:
        if at := _DAY.match(text):
            return f"{date.fromisoformat(at[0]) + by}{text[at.end() :]}"
        return _WRITTEN_DAY.sub(written, _WRITTEN_YEAR.sub(year, text))

    return move
