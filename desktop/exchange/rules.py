"""Settings from above (县里下发的设置): kinds of letters, forms, free and working days, schemes of roles and names of hazards.

They are numbered and signed by the county's root key, and travel like the directory (protocol, section 3.4): the newest number wins, a
lower one changes nothing. Whether their texts can be used is for the services to find out: settings that cannot be read never stop an
office.
"""

import re
import unicodedata
from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import keys
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

FORMAT = "fengqiao-rules/1"
MAX_BYTES = 8_000_000
_NAMESPACE = b"fengqiao/rules/1\x00"
_FORM_FILE = re.compile(r"(共用/)?\w{1,40}\.toml")


_LATER = ("roles", "hazards")


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What the county publishes, each a TOML text; what it does not name is as the program ships it.

    `issued_at` is the county's clock as ISO text, `letter_kinds` the kinds of letters, `days` free and working days, `roles` the schemes
    of roles, `hazards` the local names of 六类风险隐患, `forms` the forms by file name (`任务单.toml`, `共用/抬头.toml`). Fields of newer
    programs are passed over.
    """

    format: str
    number: int
    issued_at: str
    letter_kinds: str | None = None
    days: str | None = None
    roles: str | None = None
    hazards: str | None = None
    forms: dict[str, str] = {}


class Rules(NamedTuple):
    """Settings whose signature was checked, as they travel and are stored: their number, the signed bytes and the root's signature."""

    number: int
    body: bytes
    signature: bytes

    @property
    def content(self) -> Content | None:
        """What they say; None if only a newer program can read it."""
        try:
            content = msgspec.msgpack.decode(self.body, type=Content)
        except (msgspec.DecodeError, UnicodeError):
            return None
        return content if content.format == FORMAT and all(map(is_form_file, content.forms)) else None


class _Head(msgspec.Struct, frozen=True):
    number: int


class UntrustedRules(Refused):
    """Settings that our county's root key did not sign."""

    def __init__(self) -> None:
        super().__init__("文件中的下发设置不是本县签发的，不能使用，请联系县级单位核实文件来源。")


class ForkedRules(Refused):
    """Two different settings bear one number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"收到两份编号同为{number}而内容不同的下发设置，请联系县级单位核实，并请县里重新下发一次。")


def _packed(content: Content) -> bytes:
    """The bytes that are signed; what came to the format later is left out where it is not set, so that nothing else changes with it."""
    values: dict[str, object] = msgspec.to_builtins(content)
    return msgspec.msgpack.encode({name: value for name, value in values.items() if value is not None or name not in _LATER})


def is_form_file(name: str) -> bool:
    """Whether this may be the name of a form: a TOML file, alone or in the folder of shared parts, and no other path."""
    return _FORM_FILE.fullmatch(name) is not None and unicodedata.is_normalized("NFC", name)


def sign(content: Content, root_seed: bytes) -> Rules:
    """The settings signed by the county's root key."""
    body = _packed(content)
    return Rules(content.number, body, keys.sign(root_seed, _NAMESPACE + body))


def verified(body: bytes, signature: bytes, root: bytes) -> Rules:
    """The settings in signed bytes. Raises `UntrustedRules` unless the root key (32 bytes, public) signed them.

    Those of a newer format are kept unread: an older program must still take in the bundle that brings them.
    """
    if len(body) > MAX_BYTES or not keys.is_signed(root, signature, _NAMESPACE + body):
        raise UntrustedRules
    try:
        return Rules(msgspec.msgpack.decode(body, type=_Head).number, body, signature)
    except (msgspec.DecodeError, UnicodeError):
        raise UntrustedRules from None


@translated()
def newest(database: Database) -> Rules | None:
    """The settings with the highest number here: what travels on."""
    row = database.connection.execute("SELECT number, body, signature FROM rules ORDER BY number DESC LIMIT 1").fetchone()
    return Rules(*row) if row else None


@translated()
def in_force(database: Database) -> Content | None:
    """What the newest settings say that this program can read."""
    rows = database.connection.execute("SELECT number, body, signature FROM rules ORDER BY number DESC")
    return next((content for row in rows if (content := Rules(*row).content)), None)


def adopt(database: Database, rules: Rules) -> bool:
    """Keep verified settings if their number is higher than that of the present ones; a lower one changes nothing.

    Returns whether they are now the newest. Raises `ForkedRules` for another content under the present number.
    """
    present = newest(database)
    if present and present.number == rules.number and present.body != rules.body:
        raise ForkedRules(rules.number)
    if present and present.number >= rules.number:
        return False
    with database.atomic():
        database.connection.execute("INSERT INTO rules (number, body, signature) VALUES (?, ?, ?)", rules)
    return True
