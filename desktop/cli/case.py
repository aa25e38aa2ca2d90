"""Commands about cases: register, list, attach, show, and passing them from office to office."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.opening import opened, show
from desktop.cli.syntax import Arguments, Group, add_json, add_number, command, group
from desktop.domain.attachment import Category
from desktop.domain.case import Case
from desktop.domain.case_file import write_case
from desktop.domain.codes import choices

if TYPE_CHECKING:
    from desktop.services.cases import Saved
    from desktop.services.desk import Desk


def add(root: Group) -> None:
    """Declare the commands."""
    actions = group(root, "case", "纠纷：登记、列表、查看、移交", "add|list|attach|show|offer|accept|return|withdraw")
    new = command(actions, "add", "登记案件文件，全部登记或一件也不登记", add_files)
    new.add_argument("files", nargs="+", type=Path, metavar="FILE")
    listing = command(actions, "list", "列出纠纷", list_cases)
    listing.add_argument("--query", default="", metavar="TEXT", help="姓名、编号、电话或任意文字，两个字即可")
    scan = command(actions, "attach", "把扫描件（PDF、JPEG、PNG）加入卷宗", attach)
    add_number(scan)
    scan.add_argument("category", choices=choices(Category), metavar="|".join(choices(Category)), help="类别")
    scan.add_argument("file", type=Path, metavar="FILE")
    shown = command(actions, "show", "查看一件纠纷（fengqiao-case/1）", show_case)
    add_number(shown)
    add_json(new, listing, shown)
    _add_passing(actions)


def _add_passing(actions: Group) -> None:
    give = command(actions, "offer", "移交纠纷给另一个单位，等它接收", offer)
    take = command(actions, "accept", "接收移交来的纠纷", accept)
    back = command(actions, "return", "退回移交来的纠纷", give_back)
    undo = command(actions, "withdraw", "收回还没有接收的移交", withdraw)
    add_number(give, take, back, undo)
    give.add_argument("--to", required=True, metavar="CODE", help="接收单位的编码")
    give.add_argument("--reason", required=True, metavar="TEXT", help="移交的原因")
    give.add_argument("--stay", action="store_true", help="对方接收后本单位继续协办")
    back.add_argument("--note", required=True, metavar="TEXT", help="退回的原因")
    add_json(give, take, back, undo)


def add_files(arguments: Arguments) -> None:
    """Register case files, all or none."""
    from desktop.services import cases

    with opened(arguments) as desk:
        registered = cases.register_files(desk, arguments.files)
    lines = [line for case in registered for line in (f"已登记：{case.number}", *(f"  提醒：{w.message}" for w in case.warnings))]
    show(arguments, registered, lines)


def list_cases(arguments: Arguments) -> None:
    """List the cases that a query finds."""
    from desktop.services import cases

    with opened(arguments) as desk:
        rows = cases.rows(desk, arguments.query, limit=-1)
    lines = [f"{row.number}  {row.registered_on}  {row.status}  {row.title}" for row in rows] or ["没有找到纠纷。"]
    show(arguments, rows, lines)


def attach(arguments: Arguments) -> None:
    """Put a scan into the dossier."""
    from desktop.services import attachments, cases

    with opened(arguments) as desk:
        saved = attachments.add(desk, cases.find(desk, arguments.number), arguments.file, arguments.category)
    added = saved.case.attachments[-1]
    print(f"已加入卷宗：{added.name}（{added.category}，{added.pages}页）")


def show_case(arguments: Arguments) -> None:
    """Write a case out as `fengqiao-case/1`; that its ID numbers leave the program is written down first."""
    from desktop.services import cases, disclosure

    with opened(arguments) as desk:
        case = cases.find(desk, arguments.number)
        disclosure.handed_out(desk, case, "导出", "案件文件")
    if not arguments.json:
        print(f"{case.number}  {case.title}")
    print(write_case(case).decode(), end="")


def offer(arguments: Arguments) -> None:
    """Offer a case to another office."""
    from desktop.services import handover

    _pass(arguments, lambda desk, case: handover.offer(desk, case, arguments.to, arguments.reason, stay=arguments.stay))


def accept(arguments: Arguments) -> None:
    """Take over a case that was offered to this office."""
    from desktop.services import handover

    _pass(arguments, handover.accept)


def give_back(arguments: Arguments) -> None:
    """Give an offered case back."""
    from desktop.services import handover

    _pass(arguments, lambda desk, case: handover.give_back(desk, case, arguments.note))


def withdraw(arguments: Arguments) -> None:
    """Take back an offer that nobody answered."""
    from desktop.services import handover

    _pass(arguments, handover.withdraw)


def _pass(arguments: Arguments, step: "Callable[[Desk, Case], Saved]") -> None:
    """Take a step of a handover and say how the case stands then."""
    from desktop.services import cases, handover

    with opened(arguments) as desk:
        case = step(desk, cases.find(desk, arguments.number)).case
        standing = handover.standing(desk, case)
    helpers = "、".join(place.name for place in standing.helpers)
    facts = {
        "number": case.number,
        "owner": standing.owner,
        "helpers": [place.code for place in standing.helpers],
        "standing": standing.told,
        "may_write": standing.may_write,
    }
    lines = [f"{case.number}  承办单位：{standing.owner}" + (f"，协办单位：{helpers}" if helpers else "")]
    show(arguments, facts, [*lines, *filter(None, [standing.told])])
