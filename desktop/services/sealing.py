"""盖章定稿: seal a paper, open what was sealed, and say of a file or a printed code whether it is the sealed one (docs/decisions/009)."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from desktop.domain import seal_record, seal_rules
from desktop.domain.attachment import Seal
from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.domain.seal_record import Record
from desktop.domain.seal_rules import Claim
from desktop.domain.text import normalized
from desktop.services import cases, documents
from desktop.services.cases import UnreadableFile
from desktop.services.desk import Desk
from desktop.services.forms import forms_of
from desktop.services.working_days import working_days
from desktop.store import blobs, papers
from desktop.store.papers import Place

if TYPE_CHECKING:
    from desktop.documents.mark import Mark
    from desktop.documents.qr import Printed
    from desktop.documents.view import Subject

VerdictKind = Literal["sealed", "older", "ours-unsealed", "unknown"]

MAX_FILE = 50_000_000
"""Bytes; larger files are compared as a whole only and not looked into."""

_CREATOR = "枫桥调解台"
_NUMBER = re.compile(r"〔[0-9]{4}〕[^〔〕\s]{1,60}?第[0-9]{1,6}号|[^〔〕\s：]{1,60}〔[0-9]{4}〕[0-9]{1,6}号")
_IN_FILE = re.compile(rb"FQ1\|[^<>\r\n]{1,400}\|([0-9A-F]{16})")
_UNKNOWN = "0" * 64
_MOST_TEXT = 100_000
_END = 1024
_MOST_CANDIDATES = 100


class Sealed(NamedTuple):
    """The case with its new seal, the seal, and the bytes of the sealed PDF."""

    case: Case
    seal: Seal
    data: bytes


class Verdict(NamedTuple):
    """What a file or a code is, in one word for programs and in a sentence for people; the seal and the case that it belongs to.

    `unknown` with a seal: it claims to be that sealed paper, but is not.
    """

    kind: VerdictKind
    sentence: str
    seal: Seal | None = None
    case: Case | None = None


class NotAsSaved(Refused):
    """The case on the screen is not the one in the database."""

    def __init__(self) -> None:
        super().__init__("这件纠纷有尚未保存的改动，或者刚刚收到了新的内容，请先保存并核对，再定稿。")


class NoNumber(Refused):
    """Only what has a number is sealed (protocol, section 6)."""

    def __init__(self, kind: str, *, letter: bool) -> None:
        remedy = "请先填齐各项并签发，取得文号后再定稿" if letter else "请先登记取得编号后再定稿"
        super().__init__(f"这份{kind}还没有编号，{remedy}。")


class NothingToSeal(Refused):
    """The case has no such paper, or several, or the paper is part of the dossier."""


class NothingNew(Refused):
    """The paper says what its newest seal says."""

    def __init__(self, seal: Seal) -> None:
        super().__init__(f"《{seal.kind}》的内容与第{seal.version}版定稿相同，不必重新定稿，需要纸质件时请直接打印定稿。")


class Forbidden(Refused):
    """The paper says what law forbids."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("这份文书不能定稿：" + "；".join(message.removesuffix("。") for message in messages) + "。")


def seal(desk: Desk, case: Case, kind: str, subject: str = "") -> Sealed:
    """Seal a paper of the case: draw it with its code, store its bytes and its record, enter the seal; all of it or nothing.

    `kind` is a form's name; where the case's result asks for another form, that one is sealed, as it would be printed. `subject` is the
    id of the letter, session, visit or party that the paper is of; it may be empty where there is only one. Sealing a paper again makes
    its next version, which names the one before. The case must be as it was saved.

    Raises `NotAsSaved`, `NothingToSeal`, `NoNumber`, `NothingNew`, `Forbidden`, and what `paper.render` and `cases.save` raise.
    """
    with desk.database.atomic():
        case = _as_saved(desk, case)
        paper = _drawn(desk, case, kind, subject)
        _require_allowed(desk, case, paper.kind)
        number = seal_rules.number_of(case, paper.subject)
        if not number:
            raise NoNumber(paper.kind, letter=any(one.id == paper.subject for one in case.letters))
        last = seal_rules.newest(case, paper.kind, paper.subject)
        if last is not None and _plain(desk, last) == paper.digest:
            raise NothingNew(last)
        return _entered(desk, case, _next(desk, paper, number, last), paper)


def _next(desk: Desk, paper: "_Drawn", number: str, last: Seal | None) -> Seal:
    """The seal that follows the last one; its hashes are not known yet."""
    return Seal(
        kind=paper.kind,
        subject=paper.subject,
        number=number,
        version=last.version + 1 if last else 1,
        sha256=_UNKNOWN,
        values=_UNKNOWN,
        replaces=last.sha256 if last else None,
        sealed_on=desk.today(),
    )


def _entered(desk: Desk, case: Case, fresh: Seal, paper: "_Drawn") -> Sealed:
    record = seal_record.write_record(_record(desk, case, fresh, paper.digest))
    values = blobs.put(desk.database, record)
    data = _with_stamp(desk, msgspec.structs.replace(fresh, values=values), paper)
    entered = msgspec.structs.replace(fresh, values=values, sha256=blobs.put(desk.database, data))
    saved = cases.save(desk, case, msgspec.structs.replace(case, seals=(*case.seals, entered))).case
    return Sealed(saved, next(one for one in saved.seals if one.sha256 == entered.sha256), data)


def _as_saved(desk: Desk, case: Case) -> Case:
    """The case from the database, which must say the same: what was typed may be in another normal form of Unicode."""
    stored = cases.load(desk, case.id)
    one, other = (normalized(msgspec.json.encode(msgspec.structs.replace(c, seen=())).decode()) for c in (stored, case))
    if one != other:
        raise NotAsSaved
    return stored


def _require_allowed(desk: Desk, case: Case, kind: str) -> None:
    """What law forbids keeps an agreement from being sealed; everything else is a warning (issue 3, item 6)."""
    from desktop.domain import agreement_check

    if kind in documents.AGREED:
        grave = [one.message for one in agreement_check.findings(case, desk.today(), working_days(desk)) if one.grave]
        if grave:
            raise Forbidden(grave)


class _Drawn(NamedTuple):
    """A paper without its stamp: form, id of what it is about, pages, what the file says of itself, the SHA-256 of its bytes."""

    kind: str
    subject: str
    pages: "list[list[Mark]]"
    title: str
    author: str
    about: str
    digest: str


def _drawn(desk: Desk, case: Case, kind: str, subject: str) -> _Drawn:
    """The paper as it would be printed. Raises `NothingToSeal`, and what `paper.render` raises."""
    from desktop.documents import occasion, paper, qr

    forms = forms_of(desk)
    form = paper.form_for(kind, case, forms)
    if form.dossier is not None and not form.dossier.numbered:
        raise NothingToSeal(f"{form.name}随卷宗一起打印，不单独定稿，请直接打印卷宗。")
    if kind == documents.AGREEMENT and case.agreement is None:
        raise NothingToSeal("这件纠纷还没有调解协议，请先填写协议再定稿。")
    one = None if form.about == "case" else _about(form.name, occasion.subjects(form, case), subject)
    plain = paper.render(kind, case, desk.office, subject=one, forms=forms)
    said = qr.read(plain)
    pages = paper.pages(kind, case, desk.office, subject=one, forms=forms)
    digest = hashlib.sha256(plain).hexdigest()
    return _Drawn(form.name, one.id if one else "", pages, said.title, said.author, said.subject, digest)


def _about(kind: str, found: "Sequence[Subject]", subject: str) -> "Subject":
    """That of several sessions, visits, parties or letters which is meant."""
    meant = [one for one in found if one.id == subject] if subject else list(found)
    if not meant:
        raise NothingToSeal(f"这件纠纷没有要定稿的{kind}，请先登记再定稿。")
    if len(meant) > 1:
        raise NothingToSeal(f"这件纠纷有{len(meant)}份{kind}，请指明给哪一份定稿。")
    return meant[0]


def _with_stamp(desk: Desk, entered: Seal, paper: _Drawn) -> bytes:
    from desktop.documents import pdf, qr

    claim = claim_of(desk, entered)
    lines = [f"{claim.number}　第{claim.version}版", f"校验码 {claim.code}"]
    if claim.version > 1:
        lines.insert(1, f"本件代替第{claim.version - 1}版")
    text = seal_rules.written(claim)
    return pdf.draw(qr.stamped(paper.pages, text, lines), pdf.About(paper.title, paper.author, f"{paper.about} {text}"))


def claim_of(desk: Desk, entered: Seal) -> Claim:
    """What the code of a paper that this office seals says: no personal data."""
    office = desk.office
    code = seal_rules.check_code(entered.values)
    return Claim(office.code or office.series, entered.number or "", entered.kind, entered.version, code)


def _record(desk: Desk, case: Case, fresh: Seal, plain: str) -> Record:
    document, beyond = seal_record.case_parts(case)
    return Record(
        kind=fresh.kind,
        subject=fresh.subject,
        number=fresh.number or "",
        version=fresh.version,
        replaces=fresh.replaces,
        plain=plain,
        office=desk.office,
        case=document,
        beyond=beyond,
    )


def _plain(desk: Desk, entered: Seal) -> str | None:
    """The hash of the sealed paper without its stamp; None where its record is at another office."""
    return record_of(desk, entered).plain if blobs.has(desk.database, entered.values) else None


def data_of(desk: Desk, entered: Seal) -> bytes:
    """The bytes of a sealed paper, for preview and print. Raises `ContentMissing` where they are at another office."""
    return blobs.get(desk.database, entered.sha256)


def record_of(desk: Desk, entered: Seal) -> Record:
    """What a sealed paper was made from. Raises `ContentMissing` where it is at another office."""
    return seal_record.read_record(blobs.get(desk.database, entered.values))


def verify(desk: Desk, file: Path | bytes) -> Verdict:
    """Whether a file is a sealed paper of this database, an older version of one, or neither; a changed one is told as such.

    Any file may be given. Raises `UnreadableFile`.
    """
    digest, data = _taken(file)
    places = papers.with_content(desk.database, digest)
    if not places:
        return _foreign(desk, data)
    entered, case = _at(desk, places[0])
    if verdict := _older(case, entered):
        return verdict
    sentence = f"这是{_named(case, entered)}的定稿，内容与定稿完全一致"
    if not blobs.has(desk.database, entered.sha256):
        sentence += "；定稿原件在登记单位，还没有到达本机，本机是按定稿记录核对的"
    return Verdict("sealed", f"{sentence}{_beside(case, entered)}。", entered, case)


def verify_code(desk: Desk, text: str) -> Verdict:
    """What the code of a paper stands for: the scanned text of its QR code, or its check code as somebody typed it.

    A code can be copied onto another paper: the sentence asks to compare the words with the sealed ones.
    """
    claim = seal_rules.read_claim(text)
    code = claim.code if claim else seal_rules.read_code(text)
    if not code:
        return Verdict("unknown", "这不是定稿文书的二维码或者校验码，请重新扫描，或者输入“校验码”后面的16位字母和数字。")
    places = papers.with_code(desk.database, code)
    if not places:
        return Verdict("unknown", "本机没有这个校验码的定稿，请核对有没有输错；没有输错的，请向纸上写明的单位核实。")
    entered, case = _at(desk, places[0])
    if claim and not seal_rules.agrees(claim, entered):
        return Verdict("unknown", f"这个二维码与{_named(case, entered)}的定稿不符，可能被改动过，请勿采用。", entered, case)
    if verdict := _older(case, entered):
        return verdict
    sentence = f"这是{_named(case, entered)}的定稿的校验码，请打开定稿，与手中的纸质件逐页核对"
    if not blobs.has(desk.database, entered.sha256):
        sentence = f"这是{_named(case, entered)}的定稿的校验码；定稿原件在登记单位，还没有到达本机，请与登记单位核对纸质件的内容"
    return Verdict("sealed", f"{sentence}{_beside(case, entered)}。", entered, case)


def _taken(file: Path | bytes) -> tuple[str, bytes]:
    """The SHA-256 of a file and its bytes; without these if there are too many."""
    if isinstance(file, bytes):
        return hashlib.sha256(file).hexdigest(), file
    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            opened.seek(0)
            return digest, opened.read() if file.stat().st_size <= MAX_FILE else b""
    except OSError:
        raise UnreadableFile(file) from None


def _at(desk: Desk, place: Place) -> tuple[Seal, Case]:
    case = cases.load(desk, place.case)
    return next(one for one in case.seals if one.id == place.seal), case


def _older(case: Case, entered: Seal) -> Verdict | None:
    after = seal_rules.successor(case, entered)
    if after is None:
        return None
    sentence = f"这是{_named(case, entered)}的定稿，已由第{after.version}版代替{_on(after.sealed_on)}，请改用第{after.version}版。"
    return Verdict("older", sentence, entered, case)


def _foreign(desk: Desk, data: bytes) -> Verdict:
    """The verdict on a file that is no sealed one: what it says of itself tells why."""
    from desktop.documents import qr

    said = qr.read(data)
    own = [found.decode("ascii") for found in _IN_FILE.findall(data[:MAX_FILE])] + seal_rules.codes_in(said.subject)
    if place := _first(desk, own):
        entered, case = _at(desk, place)
        sentence = f"这份文件自称是{_named(case, entered)}的定稿，但内容与定稿不一致，可能被改动过，请勿采用，请打开定稿核对。"
        return Verdict("unknown", sentence, entered, case)
    if own:
        return Verdict("unknown", "这份文件印有定稿的校验码，但本机没有这份定稿的记录，请先导入出具单位最新的交换包，或向出具单位核实。")
    if said.creator == _CREATOR:
        return _unsealed(desk, said)
    if place := _first(desk, seal_rules.codes_in(said.text[:_MOST_TEXT])):
        entered, case = _at(desk, place)
        sentence = f"这份文件印有{_named(case, entered)}的校验码，但不是定稿的原文件（例如是扫描件、另存件），请打开定稿逐页核对。"
        return Verdict("unknown", sentence, entered, case)
    if data.startswith(b"%PDF-") and b"%%EOF" not in data[-_END:]:
        return Verdict("unknown", "这份文件不完整，可能没有复制完，无法核验，请重新取得完整的文件。")
    return Verdict("unknown", "这份文件不是本机的定稿，也不是本程序打印的文书，无法核验，请向出具文件的单位核实。")


def _first(desk: Desk, codes: Sequence[str]) -> Place | None:
    """Where the first of the codes that is ours leads to."""
    places = (place for code in codes[:_MOST_CANDIDATES] for place in papers.with_code(desk.database, code))
    return next(places, None)


def _unsealed(desk: Desk, said: "Printed") -> Verdict:
    """The verdict on what this program printed without sealing it: a single paper, or a dossier, which may hold sealed ones."""
    text = "\n".join((said.title, said.subject, said.text[:_MOST_TEXT]))
    for number in _NUMBER.findall(text)[:_MOST_CANDIDATES]:
        for identifier in papers.with_number(desk.database, number):
            case = cases.load(desk, identifier)
            sentence = f"这是本程序打印的“{said.title}”，编号{number}，但没有定稿，不能证明内容未经改动，请以定稿为准。"
            return Verdict("ours-unsealed", sentence, None, case)
    return Verdict("unknown", "这份文件是枫桥调解台打印的，但不是本机的定稿，请向出具文件的单位核实。")


def _named(case: Case, entered: Seal) -> str:
    office = f"{case.registered_by}" if case.registered_by else ""
    return f"{office}{entered.number or ''}《{entered.kind}》第{entered.version}版"


def _beside(case: Case, entered: Seal) -> str:
    """A warning where two computers sealed the same version."""
    count = len(seal_rules.rivals(case, entered))
    return f"；注意：另有{count}份同为第{entered.version}版的定稿，请核对以哪一份为准" if count else ""


def _on(day: date | None) -> str:
    return f"（{day.year}年{day.month}月{day.day}日定稿）" if day else ""
