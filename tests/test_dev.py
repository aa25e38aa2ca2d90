"""Set-up and the judgement of benchmarks: build/dev.py does what its first page promises."""

import os
import time
from pathlib import Path

import dev
import pytest
import system_packages

LOCK_TEXT = """# written by a tool
one==1.0 \\
    --hash=sha256:aa
    # via two
two==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:bb
"""


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("one", "one==1.0 \\\n    --hash=sha256:aa\n    # via two\n"),
        ("two", "two==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n"),
        ("tw", ""),
    ],
)
def test_split_lock_parts_one_package(name: str, entry: str) -> None:
    found, rest = dev.split_lock(LOCK_TEXT, name)
    assert found == entry
    assert rest == LOCK_TEXT.replace(entry, "")


def test_lock_folder_is_gone_after_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "锁 定"

    def fail_while_locked() -> None:
        with dev.one_at_a_time(folder):
            assert folder.is_dir()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_while_locked()
    assert not folder.exists()


def test_lock_folder_of_a_dead_process_is_broken(tmp_path: Path) -> None:
    folder = tmp_path / "lock"
    folder.mkdir()
    long_ago = time.time() - dev.LOCK_PATIENCE - 1
    os.utime(folder, (long_ago, long_ago))
    with dev.one_at_a_time(folder):
        assert time.time() - folder.stat().st_mtime < dev.LOCK_PATIENCE


@pytest.mark.parametrize(
    ("lines", "passes"),
    [
        (['{"ok": true}', "a remark", '{"ok": true}'], True),
        (['{"ok": true}', '{"ok": false}'], False),
        (["a remark"], False),
        ([], False),
    ],
)
def test_benchmark_passes_only_with_figures_that_are_all_right(tmp_path: Path, lines: list[str], passes: bool) -> None:
    script = tmp_path / "bench_x.py"
    script.write_text(f"for line in {lines!r}:\n    print(line)\n", encoding="utf-8")
    assert dev.bench_passes(script) is passes


def test_benchmark_that_breaks_does_not_pass(tmp_path: Path) -> None:
    script = tmp_path / "bench_x.py"
    script.write_text("print('{\"ok\": true}')\nraise SystemExit(3)\n", encoding="utf-8")
    assert not dev.bench_passes(script)


def test_exit_code_is_handed_on(tmp_path: Path) -> None:
    assert dev.python("-c", "raise SystemExit(7)", cwd=tmp_path) == 7


def test_command_that_nobody_knows_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["frobnicate"]) == 2
    assert capsys.readouterr().out == ""


def test_missing_libraries_are_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # neither dpkg nor apt: a Linux that is no Debian
    monkeypatch.setattr("sys.platform", "linux")
    system_packages.ensure({"libnowhere9": "nowhere-at-all", "a-program": ""})
    assert capsys.readouterr().err.splitlines()[-1].endswith(": libnowhere9")
