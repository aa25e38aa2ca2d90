"""Settings from the county: publishing them there, and laying out at each office what came (exchange/rules.py).

The county's settings stand between what the program ships and what the office has itself. What cannot be read is left out, file by file,
and told on the page of settings: a mistake made above stops no office.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import rules
from desktop.exchange.rules import Content
from desktop.services.county_settings import DAYS, FORMS, HAZARDS, KINDS, ROLES, numbers_at, place_of
from desktop.services.desk import Desk

_SHARED = "共用"
_LEFT_OUT = "left-out.json"
_NAMES = {KINDS: "letter_kinds", DAYS: "days", ROLES: "roles", HAZARDS: "hazards"}


class Difference(NamedTuple):
    """What publishing would do to one file: 新增, 改动 or 撤回 (then the shipped one counts again)."""

    file: str
    kind: str


class InForce(NamedTuple):
    """The county's settings at this office: number, date of issue (ISO text), the files, and what is wrong with those left out."""

    number: int
    issued_at: str
    files: list[str]
    left_out: list[str]


class NothingToPublish(Refused):
    """The folder has no settings."""

    def __init__(self) -> None:
        super().__init__(f"这个文件夹里没有设置文件，请放入{'、'.join(_NAMES)}或{FORMS}文件夹中的文书样式后再选。")


class CannotPublish(Refused):
    """A file may not travel."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"设置文件“{name}”不能下发（{reason}），请改正后再选。")


class FaultySettings(Refused):
    """A file has a mistake: the sentence is that of its reader."""


class NothingNew(Refused):
    """The folder says what is in force already."""

    def __init__(self) -> None:
        super().__init__("这些设置与正在使用的完全相同，不需要再次下发。")


def differences(desk: Desk, folder: Path) -> list[Difference]:
    """What publishing the folder would change. Raises `NothingToPublish`, `CannotPublish` and what the readers of the files raise."""
    present, wanted = _files(rules.in_force(desk.database)), _read_folder(folder)
    _check(wanted)
    kinds = {name: "新增" if name not in present else "改动" for name in wanted if wanted[name] != present.get(name)}
    withdrawn = {name: "撤回" for name in present if name not in wanted}
    return [Difference(name, kind) for name, kind in sorted((kinds | withdrawn).items())]


def publish(desk: Desk, folder: Path, passphrase: str, root: Path | None = None) -> InForce:
    """Make the files of the folder the county's settings: the files of `_NAMES`, `forms/*.toml`, `forms/共用/*.toml`.

    They are the whole: what was published before and is not there counts no more. They travel down with the next bundles. Raises
    `NothingToPublish`, `NothingNew`, `CannotPublish`, what the readers of the files raise, and what `root_key.opened` raises.
    """
    from desktop.exchange import directory as directories
    from desktop.services import root_key

    key = root_key.opened(desk, passphrase, root)
    if not differences(desk, folder):
        raise NothingNew
    newest = rules.newest(desk.database)
    content = _content(newest.number + 1 if newest else 1, desk.now(), _read_folder(folder))
    signed = rules.sign(content, key.seed)
    rules.adopt(desk.database, rules.verified(signed.body, signed.signature, directories.root_of(desk.database) or b""))
    root_key.remember(desk, key)
    settle(desk)
    return in_force(desk) or InForce(content.number, content.issued_at, sorted(_files(content)), [])


def in_force(desk: Desk) -> InForce | None:
    """The county's settings at this office, None if it published none."""
    content = rules.in_force(desk.database)
    if content is None:
        return None
    path, faults = place_of(desk, content.number) / _LEFT_OUT, dict[str, str]()
    with suppress(OSError, msgspec.DecodeError, UnicodeError):
        faults = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    return InForce(
        content.number, content.issued_at, sorted(_files(content).keys() - faults.keys()), [faults[name] for name in sorted(faults)]
    )


def settle(desk: Desk) -> None:
    """Lay the county's newest settings out as files, if they do not lie there; for after an import, and at opening.

    Never refuses because of what is in them. Where the disk takes nothing, the earlier ones stay in use.
    """
    content = rules.in_force(desk.database)
    number = content.number if content else 0
    if numbers_at(desk)[-1:] == ([number] if content else []):
        return
    with suppress(OSError):
        if content and number not in numbers_at(desk):
            _lay_out(desk, content)
        for other in numbers_at(desk):
            if other > number or other < number - 1:  # higher: from before a restore; the last but one may still be read from
                shutil.rmtree(place_of(desk, other))


def _lay_out(desk: Desk, content: Content) -> None:
    place = place_of(desk, content.number)
    part = place.with_name(f"{content.number}.part")
    shutil.rmtree(part, ignore_errors=True)
    _write(part, _files(content))
    (part / _LEFT_OUT).write_bytes(msgspec.json.encode(_sieved(part)))
    part.rename(place)


def _write(folder: Path, files: dict[str, str]) -> None:
    (folder / FORMS).mkdir(parents=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def _sieved(folder: Path) -> dict[str, str]:
    """Take out of the folder what cannot be used; returns what was wrong with each file."""
    left_out: dict[str, str] = {}
    for name, reader in _readers().items():
        path = folder / name
        try:
            if path.exists():
                reader(path.read_text("utf-8"))
        except Refused as fault:
            left_out[name] = str(fault)
            path.unlink()
    while faults := _form_faults(folder / FORMS):
        bad = {name: fault for name, fault in faults.items() if (folder / FORMS / f"{name}.toml").exists()}
        for name, sentence in bad.items():
            left_out[f"{FORMS}/{name}.toml"] = sentence
            (folder / FORMS / f"{name}.toml").unlink()
        if not bad:  # shared parts that break forms of the program
            for path in (folder / FORMS / _SHARED).glob("*.toml"):
                left_out[f"{FORMS}/{_SHARED}/{path.name}"] = next(iter(faults.values()))
            shutil.rmtree(folder / FORMS / _SHARED)
    return left_out


def _readers() -> dict[str, Callable[[str], object]]:
    from desktop.domain.hazards import read_hazards
    from desktop.domain.letter_kinds import read_presets
    from desktop.domain.roles import read_schemes
    from desktop.domain.working_days import read_days

    return {KINDS: read_presets, DAYS: read_days, ROLES: read_schemes, HAZARDS: read_hazards}


def _form_faults(folder: Path) -> dict[str, str]:
    """Forms, by name, that cannot be read with this folder before the shipped one."""
    from desktop.documents.forms import Forms

    if not any(folder.iterdir()):
        return {}
    forms = Forms(folder)
    return {name: str(fault) for name, fault in forms.faults_by_name().items()}


def _check(files: dict[str, str]) -> None:
    """Raise what is wrong with one of the files, as the services that use them would find it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "settings"
        _write(folder, files)
        for sentence in _sieved(folder).values():
            raise FaultySettings(sentence)


def _read_folder(folder: Path) -> dict[str, str]:
    files = {name: _text(path) for name, path in _listed(folder)}
    if not files:
        raise NothingToPublish
    if sum(len(text.encode()) for text in files.values()) > rules.MAX_BYTES // 2:
        raise CannotPublish(folder.name, "合计超过4MB")
    return files


def _listed(folder: Path) -> Iterator[tuple[str, Path]]:
    for name in _NAMES:
        if (folder / name).is_file():
            yield name, folder / name
    forms = folder / FORMS
    for path in sorted([*forms.glob("*.toml"), *(forms / _SHARED).glob("*.toml")]):
        name = path.relative_to(forms).as_posix()
        if not rules.is_form_file(name):
            raise CannotPublish(path.name, "文件名只能用汉字、字母和数字，不超过40个字")
        yield f"{FORMS}/{name}", path


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeError):
        raise CannotPublish(path.name, "打不开或不是UTF-8文本") from None


def _content(number: int, at: str, files: dict[str, str]) -> Content:
    forms = {name.removeprefix(f"{FORMS}/"): text for name, text in files.items() if name not in _NAMES}
    single = {field: files.get(name) for name, field in _NAMES.items()}
    return Content(format=rules.FORMAT, number=number, issued_at=at, forms=forms, **single)


def _files(content: Content | None) -> dict[str, str]:
    """The texts of the settings by the names of their files."""
    if content is None:
        return {}
    single = {name: getattr(content, field) for name, field in _NAMES.items()}
    forms = {f"{FORMS}/{name}": text for name, text in content.forms.items()}
    return {name: text for name, text in single.items() if text is not None} | forms
