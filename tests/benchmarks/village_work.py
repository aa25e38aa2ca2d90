"""What a dozen villages write in a year, for the benchmark of the exchange: disputes with parties, meetings, agreements and visits.

Names, numbers, places and sentences are drawn anew for each case, so that they compress about as much as real records do. Every draw
comes from one seed, ids and keys too: each run has the same cases.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from desktop.domain.agreement import Agreement, Clause
from desktop.domain.case import Case
from desktop.domain.codes import DisputeType
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.exchange import keys
from desktop.exchange.keys import DeviceKeys
from desktop.store import change as changes
from desktop.store import fields
from desktop.store.casebook import Author
from desktop.store.change import Change, Held

CHANGES_A_CASE = 4

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕普段矣白木和自"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂琼华建国荣福贵祥云飞雪梅春生海燕红玉琴花凤开文武正义自立仁忠孝"
_PLACES = (
    "浦贝",
    "关上",
    "红塔",
    "青龙",
    "白沙",
    "大营",
    "小石桥",
    "李棋",
    "春和",
    "北城",
    "高仓",
    "洛河",
    "研和",
    "九溪",
    "路居",
    "江城",
    "前卫",
    "雄关",
    "安化",
    "右所",
)
_THINGS = (
    "田埂",
    "界石",
    "水沟",
    "围墙",
    "屋檐",
    "果树",
    "道路",
    "林地",
    "宅基",
    "鱼塘",
    "烟叶",
    "三轮车",
    "租金",
    "工钱",
    "彩礼",
    "抚养费",
    "医疗费",
    "坟地",
    "化粪池",
    "大棚",
    "耕牛",
    "机井",
)
_DEEDS = (
    "越界耕种",
    "擅自堆放",
    "拖欠不付",
    "私自砍伐",
    "争执推搡",
    "漏水浸泡",
    "遮挡采光",
    "反悔不认",
    "占用通道",
    "多次催要",
    "互不相让",
    "言语辱骂",
    "修筑围栏",
    "牵牛踩踏",
)
_TYPES: tuple[DisputeType, ...] = ("邻里", "婚姻家庭", "合同", "山林土地", "损害赔偿", "房屋宅基地")
_PATTERNS = (
    "{day}，{place}村{a}与{b}因{thing}一事{deed}，{a}认为对方{deed}，要求赔偿{amount}元。",
    "经现场查看，{thing}位于{place}村{number}号房屋{side}侧，宽约{small}米，双方对{year}年的分界各执一词。",
    "{b}称，自己于{year}年向{place}村小组交过{amount}元，{thing}一直由其家使用，{a}从未提出异议。",
    "{a}提供了{year}年的收据一张和证人{c}的说明，证明{thing}的来由；{b}对真实性不认可，但没有相反证据。",
    "调解员向双方讲解了有关法律规定，指出{deed}既伤和气又误农时，建议各退一步，以{year}年的测量结果为准。",
    "双方同意由{b}在{day}前支付{amount}元，{a}收到后不再就{thing}主张其他权利。",
    "{c}受村委会委派到场见证，并对{place}村民小组的用水顺序作了说明，{small}户村民在场。",
    "因{thing}涉及{small}户，{place}村邀请{c}等人一同到场，逐户听取意见，并拍照{small}张存档。",
)
_COMMON = (Path(__file__).parent.parent / "documents" / "tonggui.txt").read_text(encoding="utf-8").strip()[:2500]


def _lexicon() -> list[str]:
    chance = random.Random(2)  # noqa: S311
    return ["".join(chance.choices(_COMMON, k=2)) for _ in range(4000)]


_WORDS = _lexicon()
_HEARD = list(accumulate(1 / (rank + 20) for rank in range(len(_WORDS))))
"""How often a word is heard falls with its rank, as in any language; so a narrative compresses like one."""


class Writer(NamedTuple):
    """The computer of an office: who it is in a directory, and its private keys."""

    office: str
    device: bytes
    keys: DeviceKeys

    @property
    def author(self) -> Author:
        """One who saves there."""
        return Author(self.device, self.office, lambda message: keys.sign(self.keys.seed, message), "2025-03-14T09:00:00+08:00")


class Work:
    """One who draws cases. Two with the same seed draw the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 -- the same cases in each run
        self._made = seed << 32

    def case(self, author: Writer) -> Iterator[Held]:
        """The changes of a new case, one after the other."""
        chance = self.chance
        before: Case | None = None
        parents: list[bytes] = []
        after = self._registered(author)
        for step in (None, *chance.sample(_LATER, CHANGES_A_CASE - 1)):
            after = self._identified(step(self, after) if step else after)
            held = signed(author, before, after, parents)
            yield held
            before, parents = after, [held.id]

    def _new_id(self) -> str:
        """Rises like the ids of real entries, which begin with the time of their making."""
        self._made += self.chance.randrange(1, 2**20)
        return f"019{self._made:013x}{self.chance.getrandbits(64):016x}"

    def _identified(self, case: Case) -> Case:
        """As the store would do it, with ids that are the same in each run."""
        lists = ("parties", "sessions", "visits")
        named = {name: self._with_ids(getattr(case, name)) for name in lists}
        clauses = case.agreement.clauses if case.agreement else ()
        agreement = case.agreement and msgspec.structs.replace(case.agreement, clauses=self._with_ids(clauses))
        return fields.identified(msgspec.structs.replace(case, id=case.id or self._new_id(), agreement=agreement, **named))

    def _with_ids(self, entries: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(one if one.id else msgspec.structs.replace(one, id=self._new_id()) for one in entries)

    def name(self) -> str:
        """A person's name."""
        return self.chance.choice(_SURNAMES) + "".join(self.chance.sample(_GIVEN, self.chance.choice((1, 2, 2))))

    def day(self) -> date:
        """A day of the year."""
        return date(2025, 1, 1) + timedelta(days=self.chance.randrange(365))

    def text(self, sentences: int) -> str:
        """A narrative: sentences that mediators write again and again, and what is only of this case."""
        return "".join(self._sentence() + self._own_words() for _ in range(sentences))

    def _own_words(self) -> str:
        return "".join(self.chance.choices(_WORDS, cum_weights=_HEARD, k=self.chance.randint(12, 24))) + "。"

    def _sentence(self) -> str:
        chance = self.chance
        return chance.choice(_PATTERNS).format(
            day=f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
            place=chance.choice(_PLACES),
            a=self.name(),
            b=self.name(),
            c=self.name(),
            thing=chance.choice(_THINGS),
            deed=chance.choice(_DEEDS),
            amount=chance.randrange(50, 90000),
            number=chance.randrange(1, 300),
            side=chance.choice("东西南北"),
            small=chance.randrange(2, 60),
            year=chance.randrange(1983, 2025),
        )

    def party(self, role: Literal["申请人", "被申请人"]) -> Party:
        """A person with what is asked first."""
        phone = f"1{self.chance.randrange(3 * 10**9, 10**10 - 1)}"
        number = f"530402{self.chance.randrange(1945, 2003)}{self.chance.randint(1, 12):02d}{self.chance.randrange(10**6):06d}"
        return Party(role=role, kind="自然人", name=self.name(), id_number=number, phone=phone)

    def _registered(self, author: Writer) -> Case:
        return Case(
            type=self.chance.choice(_TYPES),
            number=f"〔2025〕{author.office}人调字第{self.chance.randrange(1, 5000)}号",
            registered_by=f"{author.office}综治中心",
            registered_on=self.day(),
            summary=self.text(5),
            mediators=(self.name(), self.name()),
            owner=author.office,
            parties=(self.party("申请人"), self.party("被申请人")),
        )

    def meeting(self, case: Case) -> Case:
        """A meeting was held."""
        meeting = Session(kind="调解记录", started_at=f"{self.day()}T09:00", participants=(self.name(),), record=self.text(6))
        return msgspec.structs.replace(case, sessions=(*case.sessions, meeting))

    def agreed(self, case: Case) -> Case:
        """They agreed."""
        agreement = Agreement(form="书面", signed_on=self.day(), facts=self.text(3), clauses=(Clause(text=self.text(1)),))
        return msgspec.structs.replace(case, agreement=agreement)

    def visited(self, case: Case) -> Case:
        """Somebody asked how it is going."""
        visit = Visit(on=self.day(), method="上门", performance="全部履行", note=self.text(2))
        return msgspec.structs.replace(case, visits=(*case.visits, visit))

    def corrected(self, case: Case) -> Case:
        """The registration was made better."""
        return msgspec.structs.replace(case, summary=self.text(5), risk=self.chance.choice(("低", "中", "高")))

    def called(self, case: Case) -> Case:
        """Somebody has another telephone."""
        first = msgspec.structs.replace(case.parties[0], phone=f"1{self.chance.randrange(3 * 10**9, 10**10 - 1)}")
        return msgspec.structs.replace(case, parties=(first, *case.parties[1:]))


_LATER: tuple[Callable[[Work, Case], Case], ...] = (Work.meeting, Work.agreed, Work.visited, Work.corrected, Work.called)


def signed(author: Writer, before: Case | None, after: Case, parents: list[bytes]) -> Held:
    """The difference as a signed change."""
    edits = fields.edits_between(before, after)
    change: Change = changes.make(bytes.fromhex(after.id), author.device, "段文清", parents, "2025-03-14T09:00:00+08:00", edits)
    body = changes.encode(change)
    identifier = changes.change_id(body)
    return Held(identifier, body, keys.sign(author.keys.seed, changes.signed_bytes(identifier)))
