"""Words that are often written wrongly in agreements, with the right one and why (domain.md 3.11).

Only where the context makes the word really doubtful: a false alarm costs more trust than a missed slip. A county that meets another
slip adds a line to one of the two tables.
"""

import re

import msgspec


class Word(msgspec.Struct, frozen=True):
    """A doubtful word of a text: what stands there, what probably should, why, and where it begins."""

    found: str
    right: str
    why: str
    start: int


_ALWAYS: dict[str, tuple[str, str]] = {
    "瞻养": ("赡养", "子女供养父母用“赡”，“瞻”是往前看"),
    "道欠": ("道歉", "表示歉意用“歉”"),
    "道谦": ("道歉", "表示歉意用“歉”"),
    "赔理": ("赔礼", "赔礼道歉用“礼”"),
    "陪礼": ("赔礼", "赔礼道歉用“赔”"),
    "陪偿": ("赔偿", "赔偿损失用“赔”"),
    "赔尝": ("赔偿", "赔偿损失用“偿”"),
    "补尝": ("补偿", "补偿用“偿”"),
    "尝还": ("偿还", "偿还债务用“偿”"),
    "清尝": ("清偿", "清偿债务用“偿”"),
    "租凭": ("租赁", "租用叫“租赁”"),
    "纠份": ("纠纷", "纠纷用“纷”"),
    "追纠": ("追究", "追究责任用“究”"),
    "签定": ("签订", "订立协议用“签订”；伤情、字迹用“鉴定”"),
    "协意": ("协议", "协议用“议”"),
    "覆行": ("履行", "履行义务用“履”"),
    "屡行": ("履行", "履行义务用“履”"),
    "尊守": ("遵守", "遵守约定用“遵”"),
    "反还": ("返还", "返还财物用“返”"),
    "自原": ("自愿", "自愿用“愿”"),
    "折除": ("拆除", "拆除建筑用“拆”"),
    "折迁": ("拆迁", "拆迁用“拆”"),
    "相临": ("相邻", "相邻关系用“邻”"),
    "临里": ("邻里", "邻里用“邻”"),
    "浸权": ("侵权", "侵害权利用“侵”"),
    "抵压": ("抵押", "抵押担保用“押”"),
    "扶恤": ("抚恤", "抚恤用“抚”"),
    "葬丧": ("丧葬", "固定写法是“丧葬”"),
    "按装": ("安装", "安装设备用“安”"),
    "座落": ("坐落", "法律文书写“坐落”"),
    "田梗": ("田埂", "田间的埂用“埂”"),
    "地梗": ("地埂", "田间的埂用“埂”"),
    "座标": ("坐标", "坐标用“坐”"),
    "既日": ("即日", "当天用“即日”"),
    "即往不咎": ("既往不咎", "已往的事用“既往”"),
    "即成事实": ("既成事实", "已成的事用“既成”"),
    "以经": ("已经", "已经用“已”"),
    "其它": ("其他", "法律文书统一写“其他”"),
    "调节员": ("调解员", "人民调解用“调解”"),
    "调节委员会": ("调解委员会", "人民调解用“调解”"),
    "调节协议": ("调解协议", "人民调解用“调解”"),
    "受权委托": ("授权委托", "给予权限用“授权”"),
}
"""What is wrong wherever it stands."""

_CHILD = "(?:子女|孩子|儿子|女儿|小孩|婚生子|婚生女|未成年人)"
_OLD = "(?:老人|双亲|父母|父亲|母亲|公婆|岳父|岳母|爷爷|奶奶|祖父|祖母)"
_SUPPORT = "长辈对未成年子女是“抚养”，夫妻、兄弟姐妹之间是“扶养”，子女对父母是“赡养”"
DEPOSIT = "“定金”有担保作用，违约时双倍返还或者不退（民法典第五百八十七条）；“订金”只是预付款"
"""Why 定金 and 订金 are not the same."""
_ACCOUNT = "钱款往来用“账”，“帐”只用于帐篷、蚊帐"
_OWN_SIDE = "指自己一方用“己方”，指协议另一方用“乙方”"
_HARM = "(?:打伤|致伤|撞伤|咬伤|损坏|砸坏|烧毁|侵权)"
_RIGHT = "依法享有的是“权利”，机关的职权才是“权力”"

_IN_CONTEXT: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), right, why)
    for pattern, right, why in (
        (rf"{_CHILD}(?:[^，。；]{{0,8}}[由归随跟][^，。；]{{1,8}}?|的)(?P<w>扶养)", "抚养", _SUPPORT),
        (rf"(?P<w>扶养)(?:费|权)?(?=[^，。；由]{{0,3}}{_CHILD})", "抚养", _SUPPORT),
        (rf"(?P<w>赡养)(?={_CHILD}(?!.?[共应]))", "抚养", _SUPPORT),
        (rf"(?P<w>抚养|扶养)(?=(?:年[迈老]的?)?{_OLD})", "赡养", _SUPPORT),
        (r"老人的?(?P<w>抚养|扶养)(?=费|问题|义务|事宜|$)", "赡养", _SUPPORT),
        (r"(?:夫妻|配偶|兄弟姐妹)(?:之间)?[^，。；]{0,4}?(?P<w>抚养|赡养)(?=义务|费|对方|$)", "扶养", _SUPPORT),
        (r"(?P<w>订金)(?=[^。；]{0,20}(?:双倍|不予?退|不再退|没收))", "定金", DEPOSIT),
        (r"(?P<w>彩光)(?!灯|板|瓦|带|效果|棚)", "采光", "房屋取得光线是“采光”"),
        (r"(?:转|结|欠|对|台|记|还|算|付|到|入|查|清|呆|坏|赊)(?P<w>帐)(?!篷)", "账", _ACCOUNT),
        (r"(?<![蚊营])(?P<w>帐)(?=[号户目单款面务簿本])", "账", _ACCOUNT),
        (r"(?:诉讼|合法|民事|各项|享有|放弃|主张|行使|财产|人身|继承|受偿|债)的?(?P<w>权力)", "权利", _RIGHT),
        (r"(?P<w>权力)(?=[和与、]?义务)", "权利", _RIGHT),
        (r"(?P<w>法人代表)(?![人证])", "法定代表人", "“法人”是单位，代表它的人是“法定代表人”（民法典第六十一条）"),
        (r"(?P<w>务工)(?=费|损失)", "误工", "因伤耽误工作的损失是“误工费”"),
        (r"(?:伤情|伤残|字迹|笔迹|司法|质量)(?P<w>签定)", "鉴定", "专门的判断叫“鉴定”"),
        (r"(?:一式[一二三四五六七八九十两0-9]{1,2}|各[持执]一)(?P<w>分)", "份", "文书的数量用“份”"),
        (r"(?P<w>在无)(?=其[他它]|任何|争议|纠纷|纠葛|瓜葛)", "再无", "表示不再有用“再”"),
        (r"(?P<w>截止)(?=[0-9二]|目前|今[日天]|本协议)", "截至", "后面带日期用“截至”，“截止”后面不带日期"),
        (r"(?P<w>必需)(?=[在于按]|支付|履行|遵守|保证|停止|立即)", "必须", "表示一定要用“必须”，“必需”是不可缺少"),
        (r"(?<!自)(?P<w>已方)(?![便可能才知向会当])", "己方", _OWN_SIDE),
        (r"(?P<w>巳方)", "己方", _OWN_SIDE),
        (r"(?:^|[，。；、])(?P<w>做为)", "作为", "“作为”申请人、条件用“作”"),
        (r"(?P<w>再此)(?=确认|承诺|声明|保证)", "在此", "表示处所用“在”"),
        (r"(?P<w>撤消)(?=[^，。；]{0,4}(?:协议|决定|请求|申请|委托|诉讼))", "撤销", "法律文书写“撤销”"),
        (r"(?:经|主持|达成|参加|接受|人民)(?P<w>调节)(?!器|阀|温|水|用水)", "调解", "人民调解用“调解”"),
        (r"(?P<w>滞纳金)(?=[^，。；]*(?:甲方|乙方|申请人|双方))", "违约金", "滞纳金由有权机关依法加收，当事人之间约定的是“违约金”"),
        (
            rf"{_HARM}[^，。；]{{0,12}}(?P<w>补偿)(?=[^，。；]{{0,8}}(?:医疗费|损失))",
            "赔偿",
            "有过错造成损失的是“赔偿”，没有过错自愿给的是“补偿”",
        ),
    )
)
"""What is doubtful in the context of the pattern: the group `w` is the word."""

_SLIPS = re.compile("|".join(map(re.escape, _ALWAYS)))
_EITHER = re.compile("定金|订金")


def doubtful_words(text: str) -> tuple[Word, ...]:
    """The doubtful words of a text in their order, each spelling once."""
    found: dict[str, Word] = {}
    for pattern, right, why in _IN_CONTEXT:
        for match in pattern.finditer(text):
            found.setdefault(match["w"], Word(match["w"], right, why, match.start("w")))
    for match in _SLIPS.finditer(text):
        if not any(word.start <= match.start() < word.start + len(word.found) for word in found.values()):
            found.setdefault(match[0], Word(match[0], *_ALWAYS[match[0]], match.start()))
    return tuple(sorted(found.values(), key=lambda word: word.start))


def mixed_deposit(texts: tuple[str, ...]) -> bool:
    """Whether an agreement says both 定金 and 订金, which are different things."""
    return len({word for text in texts for word in _EITHER.findall(text)}) == 2
