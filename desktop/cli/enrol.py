"""Commands about the county's directory: ask, approve, accept, list, take a computer out of service."""

from pathlib import Path

from desktop.cli.opening import opened, password, show
from desktop.cli.syntax import Arguments, Group, add_json, add_root_key, command, group
from desktop.services.desk import default_folder, open_desk
from desktop.services.field_words import when


def add(root: Group) -> None:
    """Declare the commands."""
    actions = group(root, "enrol", "加入县级交换，单位名录", "request|approve|accept|list|revoke")
    ask = command(actions, "request", "导出申请文件", request)
    ask.add_argument("--joins", metavar="NAME", help="本机是这个单位（名称或编码）的另一台电脑")
    grant = command(actions, "approve", "县级单位批准申请", approve)
    grant.add_argument("file", type=Path, metavar="FILE", help="申请文件")
    grant.add_argument("--code", required=True, metavar="CODE", help="给申请单位的编码")
    place = grant.add_mutually_exclusive_group(required=True)
    place.add_argument("--parent", metavar="CODE", help="上级单位的编码")
    place.add_argument("--another", action="store_true", help="批准为该编码单位的另一台电脑")
    grant.add_argument("--fingerprint", metavar="XXXX-XXXX-XXXX", help="电话核对的核对码")
    grant.add_argument("--replaces", metavar="XXXX-XXXX-XXXX", help="它代替的旧电脑的电脑码，旧电脑同时停用")
    take = command(actions, "accept", "导入批准文件", accept)
    take.add_argument("file", type=Path, metavar="FILE", help="批准文件")
    for one in (ask, grant):
        one.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    listing = command(actions, "list", "列出已批准的单位和电脑", list_computers)
    stop = command(actions, "revoke", "停用一台电脑（丢失、被盗、报废）", revoke)
    stop.add_argument("fingerprint", metavar="XXXX-XXXX-XXXX", help="这台电脑的电脑码，用 enrol list 查看")
    add_root_key(grant, stop)
    add_json(ask, grant, take, listing, stop)


def request(arguments: Arguments) -> None:
    """Write the enrolment file."""
    from desktop.services import enrolment

    with opened(arguments) as desk:
        fingerprint = enrolment.request(desk, arguments.output, arguments.joins)
    lines = [f"申请文件已写入 {arguments.output}", f"核对码：{fingerprint}（请在电话中读给县级单位）"]
    show(arguments, {"path": str(arguments.output), "fingerprint": fingerprint}, lines)


def approve(arguments: Arguments) -> None:
    """Approve an office, or another computer of one (county)."""
    from desktop.services import enrolment

    known = password()
    with open_desk(arguments.data or default_folder(), known) as desk:
        approved = enrolment.approve(
            desk,
            arguments.file,
            arguments.code,
            arguments.parent or "",
            arguments.output,
            passphrase=known,
            fingerprint=arguments.fingerprint,
            root=arguments.root,
            another=arguments.another,
            replaces=arguments.replaces,
        )
    lines = [f"已批准：{approved.name}，编码 {approved.code}", f"核对码：{approved.fingerprint}（请与对方电话核对）"]
    show(arguments, approved, lines)


def accept(arguments: Arguments) -> None:
    """Take the county's approval."""
    from desktop.services import enrolment

    with opened(arguments) as desk:
        accepted = enrolment.accept(desk, arguments.file)
    lines = [f"已加入：{accepted.county}，本单位编码 {accepted.code}", f"县级核对码：{accepted.fingerprint}（请与县级单位电话核对）"]
    show(arguments, accepted, lines)


def list_computers(arguments: Arguments) -> None:
    """List the offices and computers of the directory."""
    from desktop.services import directory

    with opened(arguments) as desk:
        found = directory.devices(desk)
    lines = [
        f"{one.code}  {one.office}（{one.level}级）  {one.fingerprint}"
        + ("  本机" if one.this_one else f"  最近收到：{when(one.last_heard) if one.last_heard else '从未'}")
        + ("  已停用" if one.revoked else "")
        for one in found
    ]
    show(arguments, found, lines)


def revoke(arguments: Arguments) -> None:
    """Take a computer out of service (county)."""
    from desktop.services import directory

    known = password()
    with open_desk(arguments.data or default_folder(), known) as desk:
        stopped = directory.revoke(desk, arguments.fingerprint, known, arguments.root)
    show(arguments, stopped, [f"已停用：{stopped.office}的电脑 {stopped.fingerprint}，其他单位在下次交换后得知。"])
