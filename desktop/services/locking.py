"""The password of an office that is open already: asked again when the window was locked."""

from desktop.services.desk import DATABASE, KEY_FILE, Desk
from desktop.store import keyfile
from desktop.store.database import Database
from desktop.store.sqlcipher import DatabaseDamaged


def check(desk: Desk, password: str) -> None:
    """Raises `WrongPassword` unless the password opens this very office; takes as long as opening it, so not on the window's thread.

    A key file that was put in the place of ours, under a known password, opens another database, so the secret in it is tried too.
    Raises `KeyFileDamaged` as well.
    """
    secret = keyfile.unwrap(desk.folder / KEY_FILE, password, "fengqiao-key/1")
    try:
        Database(desk.folder / DATABASE, secret).close()
    except DatabaseDamaged:
        raise keyfile.WrongPassword from None
