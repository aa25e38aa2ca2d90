"""Every page of the window in every state, by name, with a township's busy week in it; each can be looked at, measured and drawn.

    python -m tests.ui.gallery FOLDER [NAME ...] [--look contrast] [--scale 100]

writes the pictures of the scenes at 100 and 200 % into the folder; without arguments `build/dev.py pictures` renews all that the
documents and the help show.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from desktop.ui.case.clauses import Clauses
from desktop.ui.entry.rare_dialog import RareDialog
from desktop.ui.entry.typed import Day
from desktop.ui.letters.page import LettersPage
from desktop.ui.meetings.page import MeetingsPage
from desktop.ui.settings.page import SettingsPage
from desktop.ui.window import Window
from tests.ui.gallery_dialogs import DIALOGS
from tests.ui.gallery_offices import OFFICES
from tests.ui.scene import Scene, case_page, empty_room, exchange, named, room, scroll, unlocked
from tests.ui.stage import Stage

# --- doors -----------------------------------------------------------------------------------------------------------------------------


def _first_run(page: int) -> Callable[[Stage], Window]:
    return lambda stage: stage.first_run(page)


def _lock(stage: Stage) -> Window:
    window = stage.main()
    window.lock_now()
    return window


# --- pages -----------------------------------------------------------------------------------------------------------------------------


def _list(stage: Stage, words: str, risk: str = "") -> Window:
    window = unlocked(stage)
    window.go("disputes")
    page = window.list_page()
    offer = next((one for one in page.filters._filters[1].offers() if one.short == risk), None)
    page.filters.choose("风险", offer)
    page.search.setText(words)
    page.refresh()
    return window


def _letters(stage: Stage, box: str) -> Window:
    window = unlocked(stage)
    window.go("letters")
    page = cast("LettersPage", window.page("letters"))
    page.show_box(box)  # type: ignore[arg-type]  # one of the two
    page._show_card()
    return window


def _circular(stage: Stage) -> Window:
    window = _letters(stage, "发出的")
    page = cast("LettersPage", window.page("letters"))
    page.circular()
    page.dialog.turn(1)
    stage.lay_over(page.dialog)
    return window


def _meeting(tab: int) -> Callable[[Stage], Window]:
    def go(stage: Stage) -> Window:
        window = unlocked(stage)
        window.go("meetings")
        page = cast("MeetingsPage", window.page("meetings"))
        page.open(page._headings[0].id)
        assert page.sheet is not None
        page.sheet.setCurrentIndex(tab)
        return window

    return go


def _meetings(stage: Stage) -> Window:
    window = unlocked(stage)
    window.go("meetings")
    cast("MeetingsPage", window.page("meetings")).close_meeting()
    return window


def _exchange(stage: Stage) -> Window:
    exchange(stage, unlocked(stage))
    return stage.main()


def _imported(stage: Stage) -> Window:
    page = exchange(stage, unlocked(stage))
    if page._report is None:
        page.importing.take(sorted(stage.town.stick.glob("*.fqb")))
        stage.wait(lambda: not page.work.busy())
    page.done.show()
    stage.settle(stage.main())
    scroll(page, page.done)
    return stage.main()


def _history(stage: Stage) -> Window:
    page = exchange(stage, unlocked(stage))
    page.drawers.show_drawer(page.history)
    stage.settle(stage.main())
    scroll(page, page.drawers)
    return stage.main()


def _settings(part: str) -> Callable[[Stage], Window]:
    def go(stage: Stage) -> Window:
        window = unlocked(stage)
        window.go("settings")
        page = cast("SettingsPage", window.page("settings"))
        stage.settle(window)
        if part:
            scroll(page, getattr(page, part))
        return window

    return go


# --- one case --------------------------------------------------------------------------------------------------------------------------


def _case(words: str, tab: int) -> Callable[[Stage], Window]:
    return lambda stage: case_page(stage, words, tab)[0]


def _new_case(stage: Stage) -> Window:
    window = unlocked(stage)
    window.new_case()
    window.case_page().strip.hide()
    return window


def _draft(stage: Stage) -> Window:
    window = unlocked(stage)
    window.new_case()
    return window


def _preview(stage: Stage) -> Window:
    window, page = case_page(stage, "杨自立", 4)
    page.preview()
    dialog = page.dialog
    assert dialog is not None
    stage.wait(dialog.pdf)
    stage.lay_over(dialog, whole=True)
    return window


def _rare(stage: Stage) -> Window:
    window, page = case_page(stage, "杨自立", 1)
    dialog = RareDialog(page)
    dialog.query.setText("龙天")
    stage.lay_over(dialog)
    return window


def _calendar(stage: Stage) -> Window:
    window, page = case_page(stage, "杨自立", 0)
    day = page.tabs.form(0)["registered_on"]
    assert isinstance(day, Day)
    stage.lay_over(day.pick())
    return window


def _library(stage: Stage) -> Window:
    window, page = case_page(stage, "罗小梅", 4)
    clauses = page.tabs.form(4).findChild(Clauses)
    assert clauses is not None
    page.library.open_for(clauses)
    assert page.library.dialog is not None
    stage.lay_over(page.library.dialog)
    return window


def _former(stage: Stage) -> Window:
    from desktop.ui.case.former_dialog import FormerDialog

    window, page = case_page(stage, "王秀英", 0)
    stage.lay_over(FormerDialog(page, page._context, named(stage.town.desk, "王秀英")))
    return window


def _help(topic: str) -> Callable[[Stage], Window]:
    def go(stage: Stage) -> Window:
        window = unlocked(stage)
        window.go(topic)
        window.help()
        stage.lay_over(window.help_dialog)
        return window

    return go


SCENES: Sequence[Scene] = (
    *(Scene(f"first-run-{page + 1}", f"第一次运行，第 {page + 1} 步", _first_run(page)) for page in range(5)),
    Scene("door", "开门", Stage.door),
    Scene("lock", "锁定", _lock),
    Scene("today", "今日", room("today")),
    Scene("today-empty", "今日，没有到期事项", empty_room("today")),
    Scene("disputes", "纠纷", lambda stage: _list(stage, "")),
    Scene("disputes-filter", "纠纷，筛选高风险", lambda stage: _list(stage, "", "高")),
    Scene("disputes-nothing", "纠纷，没有找到", lambda stage: _list(stage, "没有的")),
    Scene("disputes-empty", "纠纷，还没有登记", empty_room("disputes")),
    Scene("case-new", "登记新纠纷", _new_case),
    Scene("case-draft", "接着写草稿", _draft),
    Scene("case-1-intake", "受理", _case("王秀英", 0)),
    Scene("case-2-parties", "当事人", _case("杨自立", 1)),
    Scene("case-3-routing", "研判分流", _case("王秀英", 2)),
    Scene("case-4-mediation", "调解", _case("杨自立", 3)),
    Scene("case-5-agreement", "协议", _case("杨自立", 4)),
    Scene("case-6-performance", "履行", _case("罗小梅", 5)),
    Scene("case-7-letters", "三单一函（一件纠纷的）", _case("王秀英", 6)),
    Scene("case-8-end", "回访归档", _case("杨自立", 7)),
    Scene("case-9-scans", "附件", _case("杨自立", 8)),
    Scene("preview", "预览打印", _preview),
    Scene("letters-came", "三单一函，收到的", lambda stage: _letters(stage, "收到的")),
    Scene("letters-sent", "三单一函，发出的", lambda stage: _letters(stage, "发出的")),
    Scene("letters-empty", "三单一函，还没有", empty_room("letters")),
    Scene("letters-circular", "通报", _circular),
    Scene("meetings", "会商", _meetings),
    Scene("meetings-empty", "会商，还没有", empty_room("meetings")),
    Scene("meeting-agenda", "会商，议题", _meeting(0)),
    Scene("meeting-held", "会商，会议", _meeting(1)),
    Scene("meeting-followed", "会商，落实和数字", _meeting(2)),
    Scene("meeting-minutes", "会商，纪要", _meeting(3)),
    Scene("meeting-letters", "会商，提示函", _meeting(4)),
    Scene("exchange", "交换", _exchange),
    Scene("exchange-imported", "交换，导入以后", _imported),
    Scene("exchange-history", "交换，往来记录", _history),
    Scene("verify", "核验", room("verify")),
    Scene("settings", "设置", _settings("")),
    Scene("settings-password", "设置，密码和恢复单", _settings("form")),
    Scene("settings-rules", "设置，规则", _settings("rules")),
    Scene("rare", "生僻字", _rare),
    Scene("calendar", "日历", _calendar),
    Scene("library", "条款库", _library),
    Scene("former", "照旧案新建", _former),
    Scene("help", "帮助", _help("letters")),
    *DIALOGS,
    *OFFICES,
    Scene("practice", "练习", lambda stage: stage.practising()),  # it colours all, so it comes last
)


def shown(stage: Stage, scene: Scene) -> Window:
    """Go to the scene and wait until it is laid out; the window, over which a dialog may lie (`stage.over`)."""
    stage.clear()
    window = scene.go(stage)
    stage.settle(window)
    return window


def draw(stage: Stage, scene: Scene, path: Path) -> None:
    """Write the picture of the scene."""
    stage.picture(shown(stage, scene)).save(str(path))


def main(arguments: Sequence[str]) -> None:
    """Draw scenes into a folder, for looking at them."""
    import argparse
    import tempfile

    from desktop.ui.application import application
    from desktop.ui.theme import Theme, load_rare_fonts

    parser = argparse.ArgumentParser(description="Draw the pages of the window.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--look", default="light")
    parser.add_argument("--scale", type=int, action="append")
    asked = parser.parse_args(arguments)
    theme = Theme(application(), None)
    load_rare_fonts()
    theme.set_look(asked.look)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(Path(place), theme)
        for scale in asked.scale or (100, 200):
            theme.set_scale(scale)
            for scene in SCENES:
                if not asked.names or any(scene.name.startswith(name) for name in asked.names):
                    draw(stage, scene, asked.folder / f"{scene.name}-{scale}.png")
        stage.end()


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
