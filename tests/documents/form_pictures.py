"""The pictures of docs/forms.md, printed anew from the sample cases: `build/dev.py pictures`."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pypdfium2
from PIL import Image

from desktop.documents import circular, meeting_paper, paper
from desktop.documents.forms import shipped
from desktop.documents.meeting_paper import Paper
from desktop.documents.occasion import subjects
from desktop.domain.agreement import Outcome
from desktop.domain.case import Case
from desktop.domain.circular import Circular, UnitRow
from desktop.domain.course_records import Assessment, Conclusion, Intake, Plan, Routing, Support
from desktop.domain.dossier import Filing
from desktop.domain.letter import Letter
from desktop.domain.meeting import Attendee, Figures, Followup, Item, Meeting, Unit
from desktop.domain.office import Office
from tests.domain.samples import sample

KINDS: tuple[meeting_paper.Kind, ...] = ("会商材料", "会商纪要")
PLACE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "forms"
WIDTH, COLOURS = 490, 16
"""Pixels, and shades of grey: readable, and a small file."""

OFFICE = Office(id="0" * 32, level="镇", name="关上街道综治中心", series="关上", committee="关上街道人民调解委员会")
DAY = date(2026, 3, 2)

PARTIES, WAGES, LAND, FAMILY, RISKY = (
    msgspec.structs.replace(one, number=f"〔{one.registered_on.year}〕关上人调字第{place}号")
    for place, one in enumerate((sample(number) for number in ("01", "02", "03", "04", "05")), 11)
)
_FAILED = Outcome(kind="调解不成", on=date(2025, 3, 20), reason="双方对地界的走向各执一词，经两次调解不能达成协议", advised=("诉讼",))
_DECLINED = Outcome(kind="不予受理", on=date(2025, 3, 14), reason="人民法院已经受理", advised=("诉讼",))


def _filed(case: Case) -> Case:
    """The case when everything is done."""
    ended = Conclusion(on=date(2025, 3, 10), by="李正平")
    filing = Filing(filed_by="杨娟", filed_on=date(2025, 3, 17), retention="长期", explanation="土地承包档案为复印件，与原件核对无异。")
    visit = msgspec.structs.replace(case.visits[0], grievance="已消除", risk="低", place="浦贝乡某村田间")
    return msgspec.structs.replace(case, conclusion=ended, filing=filing, visits=(visit,))


def _letters(order: Letter, urge: Letter, slip: Letter) -> Iterator[Letter]:
    """The letters of the sample as an office would have filled them in."""
    head: dict[str, object] = {
        "issuer": OFFICE.name,
        "contact": "杨娟",
        "phone": "0871-60000000",
        "responsible": "普秀兰",
        "signer": "李明远",
    }
    more: dict[str, object] = {
        "leader": "王建军",
        "partners": ("关上派出所", "街道司法所"),
        "responsible_phone": "13900000088",
        "keeper": "社区网格员 张敏",
    }
    known = {"number": "关上综治任〔2024〕6号", "report_rule": "每日", "opinion": "积怨较深，应当联合调解并走访稳控。"}
    yield msgspec.structs.replace(order, **head, **more, **known, instruction="同意，按时限办结。", signer_post="政法委员")
    known = {"number": "关上综治督〔2024〕2号", "replies_to": "关上综治任〔2024〕6号", "reason": "逾期未反馈", "way": "书面"}
    more = {"first_due_on": order.due_on, "overdue_days": 1, "supervision": 1, "progress": "已走访两次，双方尚未见面。"}
    yield msgspec.structs.replace(urge, **head, **known, **more, warnings=("通报", "提级办理"))
    head |= {"issuer": "日新社区居民委员会", "signer": "普秀兰", "number": "日新综治馈〔2024〕3号", "replies_to": "关上综治督〔2024〕2号"}
    more = {"answer_kind": "办结", "result": "化解成功", "satisfaction": "满意", "risk": "低", "agreement_number": RISKY.number}
    yield msgspec.structs.replace(slip, **head, **more, next_steps="三个月内每月回访一次。", enclosures=("调解协议书1份", "照片4张"))


def _with(case: Case, outcome: Outcome) -> Case:
    return msgspec.structs.replace(case, outcome=outcome, agreement=None, closed_on=None, fulfilments=(), visits=())


URGED = msgspec.structs.replace(RISKY, letters=tuple(_letters(*RISKY.letters)))
_BASIS = "第三季度受理同类纠纷7件，上年同期2件。"
HINTED = msgspec.structs.replace(
    WAGES,
    letters=tuple(
        msgspec.structs.replace(one, number="关上综治函〔2024〕5号", contact="杨娟", phone="0871-60000000", basis=_BASIS)
        for one in WAGES.letters
    ),
)
_HELP = (
    Support(kind="心理疏导", provider="街道社工站", on=date(2024, 5, 10), result="情绪平稳，愿意坐下来谈", result_on=date(2024, 5, 14)),
    Support(kind="法律援助", provider="区法律援助中心", on=date(2024, 5, 12)),
)
_PLAN = Plan(
    leader="王建军",
    members=("李明远", "张敏", "普秀兰", "段勇"),
    text="社区每日走访双方，掌握情绪；派出所约谈，告知法律后果。\n司法所五日内组织联合调解。调解不成的，引导诉讼并申请法律援助。",
    made_on=date(2024, 5, 9),
)
_UPWARDS = Routing(
    kind="上报", to=("官渡区综治中心",), reason="跨部门，需要住建、公安一起研究", on=date(2024, 5, 10), by="杨娟", office=OFFICE.name
)
PLANNED = msgspec.structs.replace(
    URGED,
    intake=Intake(decision="受理", on=URGED.registered_on),
    assessments=(Assessment(stage="审定", risk="高", on=date(2024, 5, 9), opinion="一方扬言报复，由社区和派出所共同盯住"),),
    routings=(Routing(kind="升级", level=2, reason="现场调解不了", on=date(2024, 5, 8)), _UPWARDS),
    plan=_PLAN,
    supports=_HELP,
)
DONE = _filed(LAND)
CASES: dict[str, Case] = {
    "不予受理通知书": _with(LAND, _DECLINED),
    "终止调解告知书": _with(LAND, _FAILED),
    "口头协议登记表": FAMILY,
    "任务单": URGED,
    "督办单": URGED,
    "反馈单": URGED,
    "提示函": HINTED,
    "一案一策": PLANNED,
    "上报函": PLANNED,
} | dict.fromkeys(("授权委托书", "证据材料", "专家咨询申请书", "邀请函", "送达地址确认书", "委托移送函", "回复函", "履行凭证"), PARTIES)
"""The samples that show most of a form; of the others the dispute about a field boundary."""


def papers() -> Iterator[tuple[str, bytes]]:
    """Every paper by its name, as a PDF."""
    for name in paper.kinds():
        case = CASES.get(name, DONE)
        form = shipped().form(name)
        yield name, paper.render(name, case, OFFICE, subject=next(iter(subjects(form, case)), None))
    yield "三单一函通报", circular.render(CIRCULAR)
    for kind in KINDS:
        yield kind, meeting_paper.render(kind, Paper(MEETING, OFFICE.name, list(URGED.letters[:1])), [])


def packed(pdf: bytes) -> bytes:
    """The first page as a small PNG with a palette."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=4 * WIDTH / page.get_width(), grayscale=True).to_pil()
    finally:
        document.close()
    image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    found = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(found, "PNG", optimize=True)
    return found.getvalue()


ROWS = (
    UnitRow("日新社区居民委员会", 9, 9, 6, 2, 1, 6, 4),
    UnitRow("关上派出所", 6, 6, 5, 1, 0, 5, 2),
    UnitRow("世纪城社区居民委员会", 12, 12, 12, 0, 1, 12),
    UnitRow("街道司法所", 5, 5, 5, 0, 0, 4),
    UnitRow("市场监督管理所", 3, 3, 3, 0, 0, 3),
)
TOTAL = UnitRow("合计", 35, 35, 31, 3, 2, 30, 4)
CIRCULAR = Circular(OFFICE.name, date(2026, 2, 1), DAY, ROWS, TOTAL, (("任务单", 26), ("督办单", 3), ("提示函", 6)), 32, 2)


def _item(case: Case, number: str, **more: object) -> Item:
    known: dict[str, object] = {"case": number * 32, "number": f"〔2026〕关上人调字第{number}号", "title": case.title, "risk": case.risk}
    known |= {"status": "调解中", "facts": case.summary[:90], "registered_on": DAY - timedelta(days=4), "due_on": DAY + timedelta(days=5)}
    return msgspec.convert(known | more, Item)


MEETING = Meeting(
    kind="周研判",
    since=DAY - timedelta(days=6),
    until=DAY,
    held_on=DAY,
    place="街道综治中心二楼会议室",
    host="李明远",
    recorder="杨娟",
    attendees=(
        Attendee(group="2", role="政法委员", name="李明远", body="街道党工委", present=True),
        Attendee(group="2", role="派出所所长", name="王建军", body="关上派出所", present=True),
        Attendee(group="3(1)", role="综治中心主任", name="张丽芬", body="综治中心", present=True),
        Attendee(group="3(1)", role="司法所所长", name="段文清", body="街道司法所", present=True),
        Attendee(group="N", role="社区", name="普秀兰", body="日新社区", present=True),
    ),
    items=(
        _item(
            RISKY,
            "8",
            reasons=("高风险", "逾期"),
            opinion="积怨较深，一方扬言报复，应当由社区和派出所共同盯住。",
            measures=("社区每日走访，掌握双方情绪", "派出所约谈当事人", "司法所五日内组织联合调解"),
            decided_risk="高",
            decision="任务单",
            wrote="任务单",
            unit="日新社区居民委员会",
            person="普秀兰",
            limit=DAY + timedelta(days=5),
            decided_on=DAY,
        ),
        _item(
            LAND,
            "9",
            reasons=("中风险", "新登记"),
            opinion="地界清楚，双方愿意现场丈量。",
            decision="继续调解",
            wrote="继续调解",
            unit="街道调委会",
            limit=DAY + timedelta(days=10),
            decided_on=DAY,
        ),
        _item(
            WAGES,
            "7",
            reasons=("本期到期",),
            opinion="欠薪已经付清一半，余款按协议盯住。",
            decision="稳控",
            wrote="稳控",
            unit="劳动保障所",
            person="赵明",
            limit=DAY + timedelta(days=14),
            decided_on=DAY,
        ),
    ),
    followups=(
        Followup(
            case="6" * 32,
            number="〔2026〕关上人调字第6号",
            title="杨某与李某邻里纠纷",
            decision="任务单",
            unit="日新社区居民委员会",
            limit=DAY - timedelta(days=2),
            done=True,
            state="关上综治任〔2026〕3号已销号",
        ),
    ),
    figures=Figures(
        new=11,
        ended=7,
        open=23,
        high=1,
        middle=6,
        low=16,
        overdue=2,
        letters_overdue=1,
        units=(Unit(name="日新社区居民委员会", issued=3, overdue=1), Unit(name="关上派出所", issued=2)),
    ),
    minutes="会议听取了上周交办事项的办理情况，对三件纠纷逐件研判。会议要求：高风险的一案一策、专人盯守，到期的提前三天提醒。",
)


def main() -> None:
    """Write every picture to its place; one of a form that is gone goes too."""
    made = {f"{name}.png": packed(pdf) for name, pdf in papers()}
    for old in PLACE.glob("*.png"):
        if old.name not in made:
            old.unlink()
    for name, data in made.items():
        (PLACE / name).write_bytes(data)
