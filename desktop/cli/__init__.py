"""The command line `fengqiao`: the services of the window without a screen.

Exit code 0; 1 refused, with one sentence on stderr; 2 usage. `--json` prints one JSON document on stdout.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.cli import grammar, office, paper
from desktop.domain.refused import Refused

OpenWindow = Callable[[Path | None], int]


def main(arguments: Sequence[str], *, open_window: OpenWindow, take_pictures: office.TakePictures) -> int:
    """Run one command. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = grammar.parser()
    parsed = parser.parse_args(arguments)
    if parsed.run is paper.print_paper and bool(parsed.kind) == parsed.all:
        parser.error("请给出文书名称，或者只用 --all 打印全部")
    try:
        if parsed.run is None:
            return open_window(parsed.data)
        if parsed.run is office.run_demo:
            office.run_demo(parsed, take_pictures)
        else:
            parsed.run(parsed)
        sys.stdout.flush()
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
