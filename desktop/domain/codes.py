"""The code tables of the case file (domain.md 5.2, 6.5; the case format `fengqiao-case/1`)."""

from typing import Literal, get_args

DisputeType = Literal[
    "婚姻家庭",
    "邻里",
    "房屋宅基地",
    "合同",
    "生产经营",
    "损害赔偿",
    "山林土地",
    "征地拆迁",
    "环境污染",
    "拖欠农民工工资",
    "其他劳动争议",
    "旅游",
    "电子商务",
    "其他消费",
    "医疗",
    "道路交通事故",
    "物业",
    "其他",
]
"""The eighteen types of the ministry's statistics (domain.md 5.2)."""

Source = Literal[
    "当事人申请",
    "主动调解",
    "社区上报",
    "网格排查",
    "群众来访",
    "12345热线",
    "110警情",
    "公安机关委托移送",
    "法院委托移送",
    "检察院委托移送",
    "信访部门委托移送",
    "其他部门委托移送",
    "政府部门指定",
    "上级交办",
]
"""Where a dispute came from (domain.md 3.4, 3.21)."""

Risk = Literal["低", "中", "高"]
AssessmentStage = Literal["初定", "议定", "审定"]
"""三定: a group's first view, the village's discussion, the township's decision (domain.md 2.7)."""

HandlingMode = Literal["即采即办", "采办分离", "应急"]
"""How what the grid reports is handled: at once on the spot, by a specialised office, or as an emergency (domain.md 8.4)."""

IntakeDecision = Literal["受理", "不予受理", "引导"]
"""引导: the parties were shown another way (arbitration, court, legal aid)."""

RoutingKind = Literal["分流", "升级", "移送", "吹哨", "上报"]
"""分流 to one of three levels, 升级 to a higher one, 移送 to another body, 吹哨 calls bodies together, 上报 what crosses departments."""

LEVEL_NAMES = ("社区首调", "联调室", "街道（乡镇）调委会")
"""抓三级: the levels of mediation from the first to the third (domain.md 2.4)."""

SupportKind = Literal["心理疏导", "法律援助", "司法救助", "民政救助", "普法宣传", "其他"]
LetterMoveKind = Literal[
    "送签",
    "签发",
    "送达",
    "签收",
    "开始办理",
    "反馈",
    "认可销号",
    "退回重办",
    "异议退回",
    "申请延期",
    "准予延期",
    "不准延期",
    "督办",
    "提级",
    "作废",
]
"""What happens to a letter after it was drafted (domain.md 1.5)."""

Role = Literal["申请人", "被申请人", "第三人"]
PartyKind = Literal["自然人", "组织"]
Sex = Literal["男", "女"]
AgentKind = Literal["律师", "法律工作者", "单位工作人员", "近亲属", "公民"]
SessionKind = Literal["调查记录", "调解记录"]
SessionResult = Literal["达成协议", "未达成协议", "择期再调", "终止"]
EvidenceKind = Literal["书证", "物证", "物证照片", "视听资料", "电子数据", "证人证言", "鉴定意见", "勘验笔录"]
AgreementForm = Literal["书面", "口头"]
Repeat = Literal["每周", "每月", "每季", "每年"]
OutcomeKind = Literal["调解不成", "撤回", "不予受理", "稳控", "移送"]
LetterKind = Literal["任务单", "督办单", "反馈单", "提示函"]
"""The kinds of the default preset (domain.md 1.3); an office may use others, see `letter_kinds`."""

VisitMethod = Literal["上门", "电话", "其他"]
Performance = Literal["全部履行", "部分履行", "未履行", "未到期"]
Satisfaction = Literal["满意", "基本满意", "不满意", "未评价"]
Grievance = Literal["已消除", "缓和", "未消除", "激化"]
OfficeLevel = Literal["村", "镇", "县"]

_NATIONS = (
    "汉 彝 白 哈尼 傣 壮 苗 傈僳 回 拉祜 佤 纳西 瑶 藏 景颇 布朗 普米 怒 阿昌 德昂 基诺 独龙 蒙古 布依 水 满 维吾尔 朝鲜 侗 土家 哈萨克 "
    "黎 畲 高山 东乡 柯尔克孜 土 达斡尔 仫佬 羌 撒拉 毛南 仡佬 锡伯 塔吉克 乌孜别克 俄罗斯 鄂温克 保安 裕固 京 塔塔尔 鄂伦春 赫哲 门巴 珞巴"
)
NATIONS = tuple(f"{name}族" for name in _NATIONS.split())
"""The 56 nations of GB/T 3304, those of Yunnan first as a picker shows them (domain.md 6.5)."""


def choices(codes: object) -> tuple[str, ...]:
    """The values of one of the tables above, in the order in which a picker shows them."""
    return get_args(codes)
