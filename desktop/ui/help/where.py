"""Which page of the manual fits where the cursor is.

Parts of the window are known by the names of their classes: asking for help loads no page that is not there yet.
"""

from typing import Any, NamedTuple, cast

from PySide6.QtWidgets import QWidget


class Place(NamedTuple):
    """A page of the manual by the name of its topic, and the heading in it, if not its beginning."""

    topic: str
    section: str = ""


START = Place("start")

TABS = tuple(map(Place, ("intake", "parties", "routing", "mediation", "agreement", "performance", "letters", "end", "scans")))
"""Of the tabs of a case, in their order."""

FIELDS = {
    "commission": Place("intake", "法院、公安、信访送来的"),
    "assessments": Place("routing", "研判定级"),
    "police_reported_at": Place("routing", "高风险报告公安机关"),
    "plan": Place("routing", "一案一策"),
    "routings": Place("routing", "登记答复"),
    "supports": Place("routing", "帮扶"),
    "sessions": Place("mediation", "写调解记录"),
    "clauses": Place("agreement", "写条款"),
    "obligations": Place("agreement", "谁给谁多少钱"),
    "outcome": Place("agreement", "没有达成协议"),
    "fulfilments": Place("performance", "登记履行"),
    "confirmation": Place("performance", "司法确认"),
    "visits": Place("end", "回访"),
    "conclusion": Place("end", "结案"),
    "filing": Place("end", "归档"),
    "closed_on": Place("end", "归档"),
}
"""Of the fields of a case that have a heading of their own."""

PARTS = {
    "TodayPage": Place("today"),
    "ListPage": Place("disputes"),
    "LettersPage": Place("letters"),
    "LetterCard": Place("letters", "从起草到销号"),
    "CircularDialog": Place("letters", "通报"),
    "ActDialog": Place("letters", "从起草到销号"),
    "MeetingsPage": Place("meetings"),
    "Agenda": Place("meetings", "开会"),
    "ExchangePage": Place("exchange"),
    "ExportPanel": Place("exchange", "导出"),
    "ImportPanel": Place("exchange", "导入"),
    "CodeBox": Place("exchange", "回执码"),
    "WaitingBox": Place("exchange", "待核对"),
    "WatchBox": Place("exchange", "监看文件夹"),
    "ConflictBar": Place("exchange", "待核对"),
    "ConflictDialog": Place("exchange", "待核对"),
    "VerifyPage": Place("verify"),
    "SettingsPage": Place("settings"),
    "RolesBox": Place("settings", "联动角色"),
    "KindsBox": Place("settings", "函件种类"),
    "RulesBox": Place("settings", "县里下发的设置"),
    "EnrolmentBox": Place("first", "和县里连起来"),
    "DirectoryBox": Place("settings", "和县里连起来"),
    "DisclosureBox": Place("settings", "身份证号码查看记录"),
    "PreviewDialog": Place("paper"),
    "QPrintDialog": Place("paper"),
    "RareDialog": Place("rare"),
    "Calendar": Place("typing", "日期"),
    "LibraryDialog": Place("agreement", "条款库和常用语"),
    "KeepDialog": Place("agreement", "条款库和常用语"),
    "InstalmentDialog": Place("agreement", "谁给谁多少钱"),
    "FormerDialog": Place("intake", "照旧案新建"),
    "ScanFolderDialog": Place("scans"),
    "Handover": Place("handover"),
    "PassDialog": Place("handover", "移交"),
    "PlaceDialog": Place("handover", "协办"),
    "SayDialog": Place("handover"),
    "DraftStrip": Place("drafts"),
    "UndoRow": Place("drafts", "撤销"),
    "CaseHeader": Place("case"),
    "NextPanel": Place("case", "下一步"),
    "NextLine": Place("case", "下一步"),
    "Timeline": Place("case", "经过"),
    "FirstRun": Place("first"),
    "OfficeStep": Place("first", "单位"),
    "OperatorStep": Place("first", "姓名和密码"),
    "SheetStep": Place("first", "恢复单"),
    "CountyStep": Place("first", "和县里连起来"),
    "BeginStep": Place("practice"),
    "Unlock": Place("drafts", "忘了密码"),
    "Forgotten": Place("drafts", "忘了密码"),
    "Taken": Place("drafts", "程序已经开着"),
    "HelpDialog": START,
}
"""Of parts of the window and of dialogs, by the names of their classes."""

STEPS = {
    "不予受理": Place("intake", "受理还是不予受理"),
    "引导其他途径": Place("intake", "受理还是不予受理"),
    "回复来文单位": Place("intake", "回复来文单位"),
    "研判定级": Place("routing", "研判定级"),
    "升级": Place("routing", "升级"),
    "移送": Place("routing", "移送"),
    "吹哨": Place("routing", "吹哨"),
    "上报": Place("routing", "上报"),
    "登记答复": Place("routing", "登记答复"),
    "结案": Place("end", "结案"),
    "重新办理": Place("end", "重新办理"),
}
"""Of the dialogs of the course, by their titles."""


def place_of(part: QWidget | None) -> Place:
    """Where the manual tells of the part, or of what it lies in; a dialog that it does not know stands for the page behind it."""
    while part is not None:
        if found := _own(part):
            return found
        if part.isWindow() and (page := _page(part)):
            return place_of_page(page)
        part = part.parentWidget()
    return START


def place_of_page(page: QWidget) -> Place:
    """The page of the manual for a page of the window; the tab in front decides where it is a case."""
    tabs: Any = getattr(page, "tabs", None) if type(page).__name__ == "CasePage" else None
    return TABS[tabs.currentIndex()] if tabs else _own(page) or START


def _own(part: QWidget) -> Place | None:
    kind = type(part).__name__
    if kind == "StepDialog":
        return STEPS.get(part.windowTitle())
    if kind == "Cell":
        return FIELDS.get(cast("Any", part).field.name)
    if kind == "CasePage":
        return place_of_page(part)
    return PARTS.get(kind)


def _page(window: QWidget) -> QWidget | None:
    """What the main window shows: the page in front, or a door."""
    content: Any = getattr(window, "centralWidget", lambda: None)()
    return cast("QWidget | None", content.stack.currentWidget() if hasattr(content, "stack") else content)
