"""Commands about the office itself: make it, examine its database, show everything."""

from collections.abc import Callable
from pathlib import Path

from desktop.cli.opening import new_password, opened, show
from desktop.cli.syntax import Arguments, Group, add_json, command
from desktop.domain.codes import OfficeLevel, choices
from desktop.domain.refused import Refused
from desktop.services.desk import Desk, default_folder, set_up

TakePictures = Callable[[Desk, str, Path], list[Path]]
"""How pictures of the window are taken: of a case of the office, into a folder."""


class Unsound(Refused):
    """The database is not as it should be; the sentence says in what."""


def add(root: Group) -> None:
    """Declare the commands."""
    made = command(root, "init", "建立单位", init)
    made.add_argument("--level", required=True, choices=choices(OfficeLevel), help="村、镇或县")
    made.add_argument("--name", required=True, metavar="NAME", help="单位名称")
    made.add_argument("--committee", metavar="NAME", help="人民调解委员会名称")
    made.add_argument("--code", metavar="CODE", help="单位编码")
    examine = command(root, "check", "检查数据库：纠纷是否与改动记录一致，文件是否完好", check)
    add_json(made, examine)
    shown = command(root, "demo", "不用屏幕演示全过程", None)
    shown.set_defaults(run=run_demo)
    shown.add_argument("out", type=Path, metavar="OUT", help="结果文件夹")


def init(arguments: Arguments) -> None:
    """Make an office."""
    folder = arguments.data or default_folder()
    wishes = {"level": arguments.level, "name": arguments.name, "committee": arguments.committee, "code": arguments.code}
    with set_up(folder, new_password(), **wishes) as desk:
        office = desk.office
    show(arguments, office, [f"已建立：{office.name}（{office.level}级），数据在 {folder}"])


def check(arguments: Arguments) -> None:
    """Examine the database. Raises `Unsound` after the report where something was wrong."""
    from desktop.services import checking

    with opened(arguments) as desk:
        found = checking.examine(desk)
    lines = [
        f"纠纷 {found.cases} 件，改动 {found.changes} 条，附件和定稿 {found.contents} 份",
        f"与改动记录不一致的纠纷：{found.different} 件" + ("（已按改动记录改正）" if found.different else ""),
        f"内容被改过的改动记录：{found.altered} 条",
        f"内容被改过的附件和定稿：{found.altered_contents} 份",
        f"失去依据的记录：{found.loose} 条",
        f"损坏的页：{len(found.damage)} 处",
    ]
    show(arguments, found, lines)
    if not found.is_sound:
        raise Unsound(checking.told(found))


def run_demo(arguments: Arguments, take_pictures: TakePictures) -> None:
    """Run the demonstration; the pictures come from the window."""
    from desktop import demo

    for line in demo.run(arguments.out, take_pictures):
        print(line)
