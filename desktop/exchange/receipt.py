"""Receipt codes (回执码): twelve characters by which a receiver says that it has taken a bundle in (protocol, section 3).

The code names the bundle and the computer that holds it, so it counts as a have-list for the cases of that bundle. Its last two characters
follow from the others: a slip of the tongue is told from a code of another bundle.
"""

from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import books, keys
from desktop.exchange.have_list import Entry
from desktop.store.database import Database

_NAMESPACE = b"fengqiao/receipt/1\x00"


class MistypedCode(Refused):
    """The characters do not fit together."""

    def __init__(self) -> None:
        super().__init__("回执码不对（应为12个字符，请逐个核对，没有数字0、1和字母I、O），请请对方再念一遍。")


class UnknownCode(Refused):
    """No bundle that was sent from here has this code."""

    def __init__(self) -> None:
        super().__init__("这个回执码对不上本机最近导出的任何交换包，请核对是不是发给对方的、由本机导出的那一个。")


class Confirmed(NamedTuple):
    """Whose receipt it was: the station's id, when the bundle was made (ISO text), and how many cases it carried."""

    station: str
    at: str
    cases: int


def code(digest: bytes, device: bytes) -> str:
    """The receipt code of a bundle that this device has taken in: `K7QM-2XRA-9BCD`."""
    letters = keys.letters(_NAMESPACE + digest + device, 10)
    letters += _check(letters)
    return "-".join(letters[i : i + 4] for i in (0, 4, 8))


def _check(letters: str) -> str:
    return keys.letters(_NAMESPACE + letters.encode(), 2)


def confirm(database: Database, typed: str, now: str) -> Confirmed:
    """Take a typed code for the have-list of the bundle's receiver. Raises `MistypedCode`, `UnknownCode`."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    if len(letters) != 12 or _check(letters[:10]) != letters[10:]:
        raise MistypedCode
    with database.atomic():
        sent = "SELECT key, digest, device FROM bundles WHERE direction = 'out' AND held IS NOT NULL ORDER BY key DESC"
        for key, digest, device in database.connection.execute(sent).fetchall():
            if code(digest, device).replace("-", "") == letters:
                return _confirmed(database, key, device, now)
    raise UnknownCode


def _confirmed(database: Database, key: int, device: bytes, now: str) -> Confirmed:
    connection = database.connection
    station, at, cases, held = connection.execute("SELECT station, at, cases, held FROM bundles WHERE key = ?", (key,)).fetchone()
    entries, contents = msgspec.msgpack.decode(held, type=tuple[list[Entry], list[bytes]])
    link = books.link_to(database, device)
    digest = link.theirs
    for uuid, heads in entries:
        digest = books.set_theirs(database, link, uuid, heads, digest)
    connection.execute("UPDATE links SET theirs = ? WHERE key = ?", (digest, link.key))
    connection.executemany("DELETE FROM wanted WHERE link = ? AND sha256 = ?", [(link.key, sha256) for sha256 in contents])
    connection.execute("UPDATE bundles SET confirmed = ? WHERE key = ?", (now, key))
    return Confirmed(station, at, cases)
