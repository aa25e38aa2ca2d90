"""Commands about the exchange: write and read bundles, look how it stands, settle what is in doubt."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.opening import opened, show
from desktop.cli.syntax import Arguments, Group, add_json, add_number, command, group, whole
from desktop.domain.refused import Refused
from desktop.services.field_words import when

if TYPE_CHECKING:
    from desktop.services.conflicts import Conflict
    from desktop.services.contacts import Contact, Passed, Status
    from desktop.services.exchange import TakenIn

MEGABYTE = 1_000_000
_SHORT = 200


class SomeRefused(Refused):
    """Some of several bundles were refused; the others were taken in."""

    def __init__(self, refused: list[tuple[Path, str]]) -> None:
        super().__init__("；".join(f"“{path.name}”：{sentence.removesuffix('。')}" for path, sentence in refused) + "。")


class NoBundles(Refused):
    """A folder holds nothing to import."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder.name}”里没有给本单位的交换包，请检查优盘是否插好、文件夹是否选对。")


class NoField(Refused):
    """It was not said what is to be settled."""

    def __init__(self) -> None:
        super().__init__("没有说明核对哪一项，请在编号后面写上栏目，或用 --recommended 全部按建议处理。")


class NothingToSettle(Refused):
    """The case has nothing in doubt."""

    def __init__(self) -> None:
        super().__init__("这件纠纷没有待核对的内容，不用处理。")


def add(root: Group) -> None:
    """Declare the commands."""
    write = command(root, "export", "导出交换包", export)
    write.add_argument("--to", required=True, metavar="CODE", help="接收单位的编码")
    write.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="优盘或文件夹")
    write.add_argument("--limit", type=whole, metavar="MB", help="一个交换包最多多少MB，超过的分成几个")
    read = command(root, "import", "导入交换包；给出文件夹时导入其中全部交换包", import_bundles)
    read.add_argument("files", nargs="+", type=Path, metavar="FILE|DIR")
    actions = group(root, "exchange", "交换：情况、记录、回执码、待核对", "status|history|receipt|conflicts|settle")
    standing = command(actions, "status", "与各单位交换到了什么程度", status)
    past = command(actions, "history", "送出和收到的每一个交换包", history)
    past.add_argument("--limit", type=whole, default=200, metavar="N", help="最近多少个（默认200）")
    code = command(actions, "receipt", "登记对方读出的回执码；不给回执码时列出本机要读给对方的", receipt)
    code.add_argument("code", nargs="?", metavar="XXXX-XXXX-XXXX", help="12位回执码")
    doubts = command(actions, "conflicts", "待核对的纠纷；给出编号时列出各处填法", conflicts)
    doubts.add_argument("number", nargs="?", metavar="NUMBER", help="编号")
    answer = command(actions, "settle", "核对一项：选一种填法，或者另写", settle)
    add_number(answer)
    answer.add_argument("field", nargs="?", metavar="FIELD", help="栏目，或它在 exchange conflicts 里的序号；全部按建议处理时不写")
    which = answer.add_mutually_exclusive_group(required=True)
    which.add_argument("--take", type=whole, metavar="N", help="选第几种填法")
    which.add_argument("--text", metavar="TEXT", help="另写的内容")
    which.add_argument("--recommended", action="store_true", help="按建议")
    add_json(write, read, standing, past, code, doubts, answer)


# Bundles


def export(arguments: Arguments) -> None:
    """Write the bundles for an office."""
    from desktop.services import exchange

    limit = arguments.limit and arguments.limit * MEGABYTE
    with opened(arguments) as desk:
        done = exchange.export(desk, arguments.to, arguments.output, limit=limit)
    brought = f"{done.cases}件纠纷、{done.changes}条改动、{done.attachments}份附件"
    lines = [f"已导出给{done.receiver}：{brought}", *(f"文件：{path}" for path in done.paths), "已读回核对，可以拔出优盘。"]
    show(arguments, done, lines)


def import_bundles(arguments: Arguments) -> None:
    """Import bundles, each whole or not at all. Raises when one was refused."""
    from desktop.services import exchange

    with opened(arguments) as desk:
        paths = [path for given in arguments.files for path in _bundles(given, desk.office.code)]
        report = exchange.take_in_all(desk, paths, progress=_progress if sys.stderr.isatty() else None)
    refused, taken = dict(report.refused), dict(report.taken)
    results = [
        {"file": str(path), **({"refused": refused[path]} if path in refused else taken[path]._asdict())} for path in dict.fromkeys(paths)
    ]
    if taken:
        show(arguments, results, [*map(_imported, taken.values()), *_summed(len(taken), len(refused))])
    if refused:
        raise SomeRefused(report.refused) if len(results) > 1 else Refused(report.refused[0][1])


def _bundles(given: Path, code: str | None) -> list[Path]:
    """The file, or those bundles in the folder that are for this office. Raises `NoBundles`."""
    from desktop.services import exchange, watching

    try:
        is_folder = given.is_dir()
    except OSError:  # no such name can be
        is_folder = False
    if not is_folder:
        return [given]
    found = [path for path in exchange.bundles_in(given) if watching.DONE not in path.relative_to(given).parts]
    ours = [path for path in found if watching.addressed_to(path.name, code)]  # a stick carries those that this office made, too
    if not ours:
        raise NoBundles(given)
    return ours


def _progress(done: int, total: int, name: str) -> None:
    """One line for somebody who waits, over the last one."""
    print(f"\r正在导入 {done + 1}/{total}  {name}", end="" if done + 1 < total else "\n", file=sys.stderr, flush=True)


def _summed(taken: int, refused: int) -> list[str]:
    return [f"共导入{taken}个交换包" + (f"，{refused}个没有导入" if refused else "")] if taken + refused > 1 else []


def _imported(found: "TakenIn") -> str:
    again = "（这个交换包以前导入过）" if found.already_known else ""
    waiting = f"，{found.waiting}条改动等待前面的交换包" if found.waiting else ""
    brought = f"{len(found.cases)}件纠纷有变化，其中新增{len(found.new_cases)}件，{found.changes}条改动，{found.attachments}份附件"
    return f"已导入来自{found.sender}的交换包：{brought}{waiting}{again}，回执码 {found.receipt}"


# How it stands


def status(arguments: Arguments) -> None:
    """Say how far the exchange with each office is."""
    from desktop.services import contacts

    with opened(arguments) as desk:
        found = contacts.status(desk)
    show(arguments, found, [*map(_contact, found.contacts), *_standing(found)])


def _contact(one: "Contact") -> str:
    last = "，".join(f"{word}{when(at) if at else '从未'}" for word, at in (("最近收到：", one.last_in), ("最近送出：", one.last_out)))
    rest = f"，{one.not_there}件对方可能还没有" if one.not_there else "，对方都有了" if one.cases else ""
    wanted = f"，对方还缺{one.missing}份附件" if one.missing else ""
    return f"{one.code}  {one.name}（{one.level}级）  {last}，共有纠纷{one.cases}件{rest}{wanted}"


def _standing(found: "Status") -> list[str]:
    if found.handed_up_days is not None:
        up = f"上次交给上级是{found.handed_up_days}天前" if found.handed_up_days else "今天交给过上级"
    else:
        up = "还没有交给过上级"
    lines = [f"{up}，{found.not_up}件上级可能还没有"] if found.contacts else ["还没有可以交换的单位。"]
    for count, text in ((found.waiting, "条改动等待别的交换包"), (found.missing, "份附件还没有收到"), (found.conflicts, "件纠纷待核对")):
        lines += [f"{count}{text}"] if count else []
    return lines


def history(arguments: Arguments) -> None:
    """List every bundle that came and went."""
    from desktop.services import contacts

    with opened(arguments) as desk:
        found = contacts.history(desk, arguments.limit)
    show(arguments, found, [_passed(one) for one in found] or ["还没有交换过。"])


def _passed(one: "Passed") -> str:
    word = "收到" if one.direction == "in" else "送出"
    brought = f"{one.cases}件纠纷、{one.changes}条改动、{one.attachments}份附件"
    if one.direction == "in":
        tail = "  以前导入过" if one.again else f"  回执码 {one.receipt}"
    else:
        tail = f"  {when(one.confirmed)}登记了回执" if one.confirmed else ""
    return f"{when(one.at)}  {word}  {one.office}  {one.name}  {brought}{tail}"


def receipt(arguments: Arguments) -> None:
    """Type in a receipt code, or list the codes of what came in."""
    from desktop.services import contacts

    with opened(arguments) as desk:
        if arguments.code:
            done = contacts.confirm(desk, arguments.code)
            show(arguments, done, [f"已登记：{done.receiver}收到了{when(done.at)}送出的{done.cases}件纠纷。"])
            return
        newest = {one.office: one for one in reversed(contacts.history(desk)) if one.receipt}
    codes = [{"office": one.office, "at": one.at, "receipt": one.receipt} for one in newest.values()]
    lines = [f"{one.receipt}  请读给{one.office}（{when(one.at)}收到）" for one in newest.values()]
    show(arguments, codes, lines or ["还没有收到过交换包。"])


# In doubt


def conflicts(arguments: Arguments) -> None:
    """List the cases in doubt, or what is in doubt in one of them."""
    from desktop.services import cases
    from desktop.services import conflicts as doubts

    with opened(arguments) as desk:
        if arguments.number is None:
            listed = doubts.cases_in_doubt(desk)
            show(arguments, listed, [f"{one.number}  {one.title}  {one.conflicts}处" for one in listed] or ["没有待核对的纠纷。"])
            return
        found = doubts.conflicts(desk, cases.find(desk, arguments.number).id)
    lines = [line for number, one in enumerate(found, 1) for line in _conflict(number, one)]
    show(arguments, [_facts(one) for one in found], lines or ["这件纠纷没有待核对的内容。"])


def _conflict(number: int, one: "Conflict") -> list[str]:
    lines = [f"{number}. {one.label}"]
    for place, version in enumerate(one.versions):
        who = "；".join("　".join(part for part in (w.office, w.operator, when(w.at)) if part) for w in version.written)
        text = version.text if len(version.text) <= _SHORT else f"{version.text[:_SHORT]}……（共{len(version.text)}字）"
        lines.append(f"   第{place + 1}种：{text}（{who}）" + (f"  建议：{one.reason}" if place == one.recommended else ""))
    return lines


def _facts(one: "Conflict") -> dict[str, object]:
    versions = [{"text": version.text, "value": version.value, "written": version.written} for version in one.versions]
    return {
        "field": one.code,
        "label": one.label,
        "versions": versions,
        "recommended": one.recommended + 1,
        "reason": one.reason,
        "options": one.options,
        "typed": one.typed,
    }


def settle(arguments: Arguments) -> None:
    """Settle one field, or all as recommended."""
    from desktop.services import cases
    from desktop.services import conflicts as doubts

    with opened(arguments) as desk:
        case = cases.find(desk, arguments.number)
        found = doubts.conflicts(desk, case.id)
        if arguments.field is None and not arguments.recommended:
            raise NoField
        if arguments.field is None and not found:
            raise NothingToSettle
        wanted = [doubts.named(found, arguments.field)] if arguments.field is not None else found
        if arguments.recommended:
            doubts.settle_as_recommended(desk, case.id, wanted)
        else:
            doubts.settle(desk, case.id, wanted[0], arguments.text if arguments.take is None else arguments.take - 1)
        left = doubts.conflicts(desk, case.id)
    lines = [f"已核对：{one.label}" for one in wanted] + [f"还有{len(left)}处待核对" if left else "这件纠纷没有待核对的内容了"]
    show(arguments, {"settled": [one.code for one in wanted], "left": [one.code for one in left]}, lines)
