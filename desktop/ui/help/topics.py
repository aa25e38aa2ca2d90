"""The pages of the manual: Markdown files in resources/help, in the order of their names; the first line of each is its title."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from desktop.resources import resource


class Topic(NamedTuple):
    """One page: the name that a page of the window asks for, its title, its text as Markdown, and the file."""

    name: str
    title: str
    text: str
    file: Path

    def sections(self) -> list[str]:
        """The headings below the title."""
        return [line.lstrip("# ").strip() for line in self.text.splitlines() if line.startswith("##")]


@cache
def topics() -> tuple[Topic, ...]:
    """All pages, as a reader goes through them. A file is named `03-disputes.md`; the part after the number is the topic's name."""
    return tuple(_read(path) for path in sorted(resource("help").glob("*.md")))


def found(words: str) -> tuple[Topic, ...]:
    """The pages that hold every one of the words; all for no words. First those whose title, then those whose headings say one of them."""
    wanted = words.casefold().split()
    held = (topic for topic in topics() if all(word in topic.text.casefold() for word in wanted))
    return tuple(sorted(held, key=lambda topic: _rank(topic, wanted)))


def _rank(topic: Topic, wanted: list[str]) -> int:
    if any(word in topic.title.casefold() for word in wanted):
        return 0
    return 1 if any(word in section.casefold() for word in wanted for section in topic.sections()) else 2


def _read(path: Path) -> Topic:
    text = path.read_text(encoding="utf-8")
    return Topic(path.stem.partition("-")[2], text.partition("\n")[0].lstrip("# ").strip(), text, path)
