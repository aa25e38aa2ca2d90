"""A print server of our own for the length of a test: a real cupsd with one A4 printer, a TCP port that takes the pages as PDF.

It has its own folders and touches no queue of this computer; it needs no right of the administrator.
"""

import os
import select
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PRINTER = "Office"
TIMEOUT = 60
"""Seconds that a test waits for what takes a second."""

MOST_QUESTIONS = 500
"""How often the server is asked whether it is done: each answer takes it some milliseconds."""

NEEDED = ("cupsd", "lpadmin", "lpstat", "lp")
_PARTS = (Path("/usr/lib/cups/filter/pdftopdf"), Path("/usr/lib/cups/backend/socket"))
_PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))

_SERVER = """Listen {folder}/s
WebInterface No
Browsing No
LogLevel info
PageLogFormat %{{job-name}} %{{sides}} %{{media}}
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
SubscriptionPrivateAccess all
SubscriptionPrivateValues none
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""

_FILES = """ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
ErrorLog {folder}/log/error
AccessLog {folder}/log/access
PageLog {folder}/log/page
Printcap
"""

_DRIVER = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "OFFICE.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test PDF"
*ShortNickName: "Test PDF"
*NickName: "Test PDF"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsFilter: "application/vnd.cups-pdf 0 -"
*OpenUI *PageSize: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "12 12 583 830"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long: ""
*Duplex DuplexTumble/Short: ""
*CloseUI: *Duplex
"""
"""What the printer can: A4 with edges of 4.2 mm that it cannot print, both sides, and PDF as it is."""


def missing() -> str:
    """Why there is no print server here; empty where there is one."""
    lacking = [name for name in NEEDED if _program(name) is None]
    lacking += [str(part) for part in _PARTS if not part.exists()]
    return f"no CUPS here (Debian: cups), it lacks {', '.join(lacking)}" if lacking else ""


def _program(name: str) -> str | None:
    return shutil.which(name, path=_PLACES)


class Server:
    """A running print server.

    Attributes:
        environment: with it a program finds this server and its printer.
    """

    def __init__(self, folder: Path, paper: socket.socket) -> None:
        self._folder, self._paper = folder, paper
        self.environment = {**os.environ, "CUPS_SERVER": str(folder / "s"), "HOME": str(folder / "tmp")}

    def call(self, name: str, *arguments: str) -> str:
        """Run one of CUPS's programs against this server."""
        done = subprocess.run([_program(name) or name, *arguments], capture_output=True, text=True, env=self.environment, check=True)
        return done.stdout

    def printed(self) -> bytes:
        """What the printer is sent next, waited for."""
        connection, _ = self._paper.accept()
        connection.settimeout(TIMEOUT)
        with connection:
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))

    def page_log(self) -> str:
        """What the server says of its jobs when all are done: name, sides and paper of each."""
        for _ in range(MOST_QUESTIONS):
            if not self.call("lpstat", "-W", "not-completed", "-o"):
                break
        return (self._folder / "log" / "page").read_text(encoding="utf-8")


@contextmanager
def print_server() -> Iterator[Server]:
    """A server with the printer `PRINTER`, stopped afterwards."""
    with TemporaryDirectory(prefix="cups") as name, socket.create_server(("127.0.0.1", 0)) as paper:
        folder = Path(name)
        folder.chmod(0o755)  # filters may run as another user
        paper.settimeout(TIMEOUT)
        _lay_out(folder)
        server = Server(folder, paper)
        server.call("cupsd", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf"))  # it returns when it listens
        try:
            device = f"socket://127.0.0.1:{paper.getsockname()[1]}/?snmp=false&waiteof=false"
            server.call("lpadmin", "-p", PRINTER, "-v", device, "-E", "-P", str(folder / "office.ppd"))
            yield server
        finally:
            _stop(int((folder / "state" / "cupsd.pid").read_text()))


def _lay_out(folder: Path) -> None:
    for name in ("root", "spool", "cache", "state", "tmp", "log"):
        (folder / name).mkdir()
    for name, text in (("cupsd.conf", _SERVER), ("cups-files.conf", _FILES)):
        (folder / name).write_text(text.format(folder=folder))
    (folder / "office.ppd").write_text(_DRIVER)


def _stop(process: int) -> None:
    watched = os.pidfd_open(process)
    try:
        os.kill(process, signal.SIGTERM)
        select.select([watched], [], [], TIMEOUT)
    finally:
        os.close(watched)
