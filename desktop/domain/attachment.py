"""What a dossier holds as files: scanned papers, and forms that were sealed (domain.md 3.6, 3.9; protocol, section 1)."""

from datetime import date
from typing import Annotated, Literal

import msgspec

Category = Literal[
    "申请书",
    "当事人身份证明",
    "授权委托书",
    "调查记录",
    "证据材料",
    "调解记录",
    "调解协议书",
    "履行凭证",
    "回访记录",
    "司法确认材料",
    "其他",
]
"""The place of a scanned paper in the dossier, after the order of domain.md 3.0."""

Media = Literal["pdf", "jpeg", "png"]
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""SHA-256 of the content, in hex: the content itself lies in the store and travels by this name."""


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A scanned paper: what it is called, where it belongs, how many pages and bytes it has."""

    id: str = ""
    position: int = 0
    name: str
    category: Category
    media: Media
    pages: Annotated[int, msgspec.Meta(ge=1, le=10_000)]
    size: Annotated[int, msgspec.Meta(ge=0, le=2**40)]
    sha256: Digest
    added_on: date | None = None


class Seal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """盖章定稿: a form that was sealed, by the hash of its PDF. It never changes; a correction is a new version that names the old one.

    `kind` is the form's name, `subject` the id of the letter, session, visit or party that it is of (empty for the case itself),
    `values` the SHA-256 of the case's values that it was made from, which lie in the store too.
    """

    id: str = ""
    position: int = 0
    kind: str
    subject: str = ""
    number: str | None = None
    version: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 1
    sha256: Digest
    values: Digest
    replaces: Digest | None = None
    sealed_on: date | None = None
