"""A township in a busy week, for pictures: its disputes at every step, letters in several states, a meeting, bundles that came and went."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.case_file import read_case
from desktop.domain.codes import OfficeLevel
from desktop.domain.course_records import Assessment, Intake, Plan, Routing
from desktop.domain.dossier import Confirmation
from desktop.domain.letter import Letter
from desktop.domain.party import Party
from desktop.domain.roles import Holder, Roster
from desktop.domain.seal_rules import check_code
from desktop.domain.session import Session
from desktop.services import cases, doubles, drafts, enrolment, exchange, handover, letters, meetings, roles, sealing
from desktop.services.desk import Desk, set_up
from desktop.services.drafts import Typed
from desktop.store import casebook, change
from desktop.store.keyfile import Cost
from tests.domain.samples import PATHS

PASSWORD = "青石-2025-密码"
CHEAP = Cost(memory=8, passes=1, lanes=1)
MONDAY = datetime(2025, 3, 24, 9, 20, tzinfo=timezone(timedelta(hours=8)))
"""When the pictures are taken."""

COUNTY, TOWN, VILLAGE = "530199", "530199101", "530199101201"


class Watch:
    """The clock of the three offices; it is set to the days on which things happened."""

    def __init__(self) -> None:
        self.at = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def set(self, month: int, day: int, hour: int = 9) -> None:
        """It is that hour of a day in 2025."""
        self.at = MONDAY.replace(month=month, day=day, hour=hour)


SEALED = "03"
"""The sample that the village has too, and sealed."""


class Township(NamedTuple):
    """The open office of the township, the clock, and a folder with a bundle that waits for it."""

    desk: Desk
    watch: Watch
    stick: Path


def township(place: Path) -> Township:
    """Make the county, the township and the village in the folder; only the township stays open."""
    watch = Watch()
    watch.set(2, 10)
    county = _office(place, watch, "县", "云溪县综治中心", COUNTY)
    town = _office(place, watch, "镇", "青石镇综治中心", TOWN)
    village = _office(place, watch, "村", "石桥村", VILLAGE)
    for desk, code, above in ((town, TOWN, COUNTY), (village, VILLAGE, TOWN)):
        asked, approved = place / f"{code}.申请", place / f"{code}.批准"
        enrolment.request(desk, asked)
        enrolment.approve(county, asked, code, above, approved, passphrase=PASSWORD)
        enrolment.accept(desk, approved)
    roles.save(town, Roster(holders=(Holder(role="politics-law", name="李政法"),)))
    stick = _carried(place, watch, (county, town, village))
    for desk in (county, village):
        desk.close()
    return Township(town, watch, stick)


def _office(place: Path, watch: Watch, level: OfficeLevel, name: str, code: str) -> Desk:
    return set_up(place / code, PASSWORD, level=level, name=name, code=code, operator="李云", clock=watch, cost=CHEAP)


def _carried(place: Path, watch: Watch, desks: tuple[Desk, Desk, Desk]) -> Path:
    """What happened in the six weeks before the Monday."""
    _, town, village = desks
    first, stick = place / "优盘一", place / "优盘"
    for folder in (first, stick):
        folder.mkdir()
    for number, closed in (("04", date(2024, 1, 20)), ("05", date(2024, 8, 20)), ("02", date(2025, 1, 20)), ("03", None)):
        case = read_case(PATHS[number].read_bytes())
        cases.register(town, msgspec.structs.replace(case, closed_on=closed, letters=() if closed else case.letters))
    watch.set(3, 3)
    cases.register(village, _land())
    exchange.export(village, TOWN, first)
    exchange.take_in_all(town, sorted(first.glob("*.fqb")))
    _register_all(town, watch)
    watch.set(3, 17, 16)
    exchange.export(town, COUNTY, first)
    watch.set(3, 21, 15)
    passed = cases.register(village, _rent())
    handover.offer(village, cases.load(village, passed.id), TOWN, "流转费涉及两个村，请镇里受理")
    report = exchange.take_in_all(town, exchange.export(village, TOWN, first).paths)
    assert not report.refused
    watch.set(3, 23, 15)
    cases.register(village, _noise())
    exchange.export(village, TOWN, stick)
    _half_typed(town)
    watch.at = MONDAY
    meetings.save(town, meetings.prepare(town, "周研判", MONDAY.date()))
    return stick


def leave_open(village: Desk, town: Desk) -> None:
    """What an exchange can leave open: a dispute that two computers changed, one that two entered, a change that lacks an earlier one."""
    seen = next(cases.load(village, row.id) for row in cases.rows(village) if "段有福" in row.title)
    for day, more in (("20", "谁先开口还说不清。"), ("21", "楼上说夜里十点以后不再打，楼下要求赔礼。")):
        told = {"place": f"石桥村集镇{day}号", "summary": f"{seen.summary}{more}", "risk": "中" if day == "20" else "高"}
        cases.save(village, seen, msgspec.structs.replace(seen, **told))
    first = read_case(PATHS[SEALED].read_bytes())
    again = msgspec.structs.replace(
        first, registered_on=first.registered_on + timedelta(2), occurred_on=None, sessions=(), agreement=None, visits=(), letters=()
    )
    doubles.after_import(village, [cases.register(village, case).id for case in (first, again)])
    author = town.author()
    late = change.make(bytes.fromhex(seen.id), author.device, "李云", [b"1" * 32], author.at, {("case", "", "place"): "石桥村集镇东头"})
    casebook.receive(village.database, [casebook.signed(late, author.sign)])


def seal(village: Desk) -> str:
    """The check code of the village's sample, whose agreement is sealed."""
    case = next(one for row in cases.rows(village) if (one := cases.load(village, row.id)).agreement)
    found = case.seals[-1] if case.seals else sealing.seal(village, case, "调解协议书").seal
    return check_code(found.values)


def _register_all(town: Desk, watch: Watch) -> None:
    for made in (_loan, _leak, _wages, _traffic, _bride, _yard, _fish, _school):
        case = made()
        day = case.registered_on
        watch.set(day.month, day.day, 10)
        number = cases.register(town, case).id
        write = _LETTERS.get(made.__name__)
        if write:
            write(town, watch, number)
    fair = read_case(PATHS["01"].read_bytes())
    watch.set(3, 18, 8)
    cases.register(town, msgspec.structs.replace(fair, visits=()))


def _person(role: str, name: str, phone: str = "", **more: Any) -> Party:
    return Party(role=role, kind="自然人", name=name, phone=phone or None, **more)  # type: ignore[arg-type]  # one of the two roles


def _case(kind: str, day: date, summary: str, names: tuple[str, str], **more: Any) -> Case:
    parties = (
        _person("申请人", names[0], f"1390000{day:%m%d}", sex="男", address="青石镇石桥村三组12号"),
        _person("被申请人", names[1], f"1390001{day:%m%d}", sex="男", address="青石镇石桥村三组15号"),
    )
    known: dict[str, Any] = {
        "parties": parties,
        "mediators": ("李云", "周明华"),
        "source": "当事人申请",
        "risk": "低",
        "level": 2,
        "informed_on": day,
        "intake": Intake(decision="受理", on=day, by="李云", office="青石镇综治中心"),
    }
    return Case(type=kind, registered_on=day, occurred_on=day - timedelta(days=2), summary=summary, **(known | more))  # type: ignore[arg-type]


def _met(day: date, text: str, result: str | None = None) -> Session:
    at = f"{day.isoformat()}T"
    place = "青石镇综治中心调解室"
    return Session(kind="调解记录", started_at=f"{at}09:30", ended_at=f"{at}11:00", place=place, record=text, result=result)  # type: ignore[arg-type]


def _agreed(day: date, clauses: tuple[str, ...], owed: tuple[Obligation, ...], facts: str) -> Agreement:
    return Agreement(form="书面", signed_on=day, facts=facts, clauses=tuple(Clause(text=text) for text in clauses), obligations=owed)


def _land() -> Case:
    return _case(
        "山林土地", date(2025, 3, 3), "两户对后山一片核桃树的归属有争议，各说是自家种的。", ("普有才", "杨开富"), place="石桥村后山"
    )


def _rent() -> Case:
    return _case("合同", date(2025, 3, 21), "土地流转费拖欠两年，合作社说收成不好，要求缓交。", ("何桂芝", "青石种植合作社"), risk="中")


def _noise() -> Case:
    return _case("邻里", date(2025, 3, 20), "楼上夜里打麻将，楼下老人睡不好，吵过三次。", ("段有福", "马小林"), place="石桥村集镇")


def _loan() -> Case:
    return _case(
        "合同",
        date(2025, 3, 10),
        "合伙收购蔬菜，散伙时账没有算清，一方扣下货车不还。",
        ("张志强", "李国富"),
        place="青石镇蔬菜批发市场",
        risk="中",
        amount=86_000_00,
        claims=("返还货车", "结清货款人民币86000元"),
        sessions=(_met(date(2025, 3, 14), "双方各自陈述账目，对三笔货款的去向说法不同，约定分别带账本来核对。", "择期再调"),),
    )


def _leak() -> Case:
    return _case(
        "邻里",
        date(2025, 3, 20),
        "楼上卫生间漏水，楼下家具受潮，双方多次争吵，扬言要砸门断水。",
        ("王秀英", "赵建国"),
        place="青石镇老街42号",
        risk="高",
        risk_factors=("扬言报复",),
        assessments=(
            Assessment(stage="初定", risk="高", on=date(2025, 3, 20), by="李云", office="青石镇综治中心", opinion="扬言砸门，有激化苗头。"),
        ),
        routings=(Routing(kind="吹哨", to=("青石派出所", "镇城建办"), reason="现场有冲突苗头", on=date(2025, 3, 21), by="李云"),),
        plan=Plan(text="先停水修漏，再谈赔偿；派出所到场。", leader="镇党委副书记", members=("李云", "周明华"), made_on=date(2025, 3, 21)),
    )


def _wages() -> Case:
    return _case(
        "拖欠农民工工资",
        date(2025, 3, 12),
        "十一名工人在青石河治理工地做工，包工头以工程款没到为由拖欠工资。",
        ("刘大勇", "云溪某建筑公司"),
        risk="中",
        people_count=11,
        group=True,
        amount=132_400_00,
        source="群众来访",
    )


def _traffic() -> Case:
    signed = date(2025, 3, 5)
    owed = (
        Obligation(payer="沈德明", payee="罗小梅", amount=6_000_00, due_on=date(2025, 3, 24), method="银行转账"),
        Obligation(payer="沈德明", payee="罗小梅", amount=6_000_00, due_on=date(2025, 4, 24), method="银行转账"),
    )
    return _case(
        "道路交通事故",
        date(2025, 3, 4),
        "两轮电动车在集镇路口相撞，伤者住院四天，对误工费有争议。",
        ("罗小梅", "沈德明"),
        place="青石镇集镇路口",
        amount=12_000_00,
        sessions=(_met(signed, "交警认定书双方都认可，就误工费和护理费逐项核算。", "达成协议"),),
        agreement=_agreed(
            signed, ("沈德明赔偿罗小梅各项损失共计人民币12000元，分两次付清。",), owed, "双方对事故责任没有异议，对误工天数有争议。"
        ),
        confirmation=Confirmation(),
    )


def _bride() -> Case:
    return _case(
        "婚姻家庭", date(2025, 3, 18), "夫妻长期分居，为孩子抚养和彩礼返还争执。", ("陈丽芳", "吴军"), risk="中", source="公安机关委托移送"
    )


def _yard() -> Case:
    return _case("房屋宅基地", date(2025, 2, 25), "新建围墙占用公共巷道，邻居拉货车进不去。", ("周国良", "钱永贵"), place="石桥村二组")


def _fish() -> Case:
    return _case("环境污染", date(2025, 3, 19), "养殖场污水流进鱼塘，鱼死了三百多斤。", ("孙成林", "青石养殖场"), amount=9_600_00)


def _school() -> Case:
    return _case("损害赔偿", date(2025, 3, 23), "学生课间追逐摔伤手臂，家长与学校对医药费有争议。", ("郭红梅", "青石镇中心小学"))


# --- letters ---------------------------------------------------------------------------------------------------------------------------


def _sent(town: Desk, case_id: str, kind: str, to: str, due: date, matter: str, *measures: str) -> str:
    case = cases.load(town, case_id)
    blank = letters.blank(town, case, kind, to)
    known = {"measures": measures, "matter": matter, "responsible": "分管负责人", "signer": "李政法", "due_on": due}
    return letters.issue(town, case_id, msgspec.structs.replace(blank, **known)).case.letters[-1].id


def _came(town: Desk, case_id: str, number: str, due: date, matter: str, *measures: str) -> None:
    paper = Letter(
        kind="任务单", number=number, issuer="云溪县委政法委", to=town.office.name, issued_on=town.today() - timedelta(days=1),
        due_on=due, matter=matter, measures=measures, responsible="青石镇综治中心主任", signer="云溪县委政法委",
    )  # fmt: skip
    letters.take_in(town, case_id, paper)


def _write_loan(town: Desk, watch: Watch, case_id: str) -> None:
    watch.set(3, 11)
    sent = _sent(town, case_id, "任务单", "镇农业农村办", date(2025, 3, 20), "协助核对收购账目。", "调取市场过磅记录", "核对三笔货款")
    watch.set(3, 12)
    letters.move(town, case_id, sent, "签收", by="普云")
    watch.set(3, 13)
    letters.move(town, case_id, sent, "开始办理", by="普云")
    watch.set(3, 21)
    letters.supervise(town, case_id, sent)


def _write_leak(town: Desk, watch: Watch, case_id: str) -> None:
    watch.set(3, 20, 16)
    sent = _sent(town, case_id, "任务单", "青石派出所", date(2025, 3, 26), "到场维持秩序，防止冲突。", "当日上门", "告知法律后果")
    watch.set(3, 21)
    letters.move(town, case_id, sent, "签收", by="张警官")
    letters.move(town, case_id, sent, "开始办理", by="张警官")
    watch.set(3, 22)
    letters.move(town, case_id, sent, "反馈", by="张警官", note="已上门两次，双方同意先修水管，没有再冲突。")
    _sent(town, case_id, "提示函", "镇城建办", date(2025, 3, 31), "老街公房管道老化，多户漏水。", "排查老街公共管道")


def _write_wages(town: Desk, watch: Watch, case_id: str) -> None:
    watch.set(3, 20)
    _came(town, case_id, "云政法〔2025〕6号", date(2025, 3, 26), "青石河工地欠薪，请三日内见面。", "与工人代表见面", "核对工资表")


def _write_yard(town: Desk, watch: Watch, case_id: str) -> None:
    watch.set(2, 26)
    sent = _sent(town, case_id, "任务单", "镇自然资源所", date(2025, 3, 5), "核对宅基地四至。", "到现场丈量", "出具丈量记录")
    for day, kind, note in ((27, "签收", ""), (28, "开始办理", ""), (28, "反馈", "已丈量，围墙占巷道0.8米。"), (28, "认可销号", "")):
        watch.set(2, day)
        letters.move(town, case_id, sent, kind, by="马所长", note=note)  # type: ignore[arg-type]


_LETTERS = {"_loan": _write_loan, "_leak": _write_leak, "_wages": _write_wages, "_yard": _write_yard}


def _half_typed(town: Desk) -> None:
    """A new case that somebody has begun and not saved: it lies among the drafts."""
    blank = Case(type="物业", registered_on=town.today(), summary="", parties=())
    parties = (_person("申请人", "许文"), _person("被申请人", "青石物业公司"))
    typed = msgspec.structs.replace(blank, summary="电梯停用一个月，业主要求退还物业费。", parties=parties)
    drafts.keep(town, drafts.name_of(""), drafts.body(blank, Typed(typed)))
