import pytest

from desktop.domain.finding import by_rules
from desktop.domain.forbidden import FORBIDDEN

GRAVE, WARNING = True, False


def found(text: str) -> list[bool]:
    return [finding.grave for finding in by_rules(FORBIDDEN, "agreement.clauses[0]", text)]


@pytest.mark.parametrize(
    ("text", "grave"),
    [
        ("双方各承担调解手续费100元", GRAVE),
        ("调解费由被申请人负担", GRAVE),
        ("付给调解员辛苦费500元", GRAVE),
        ("申请人不得再就此事向法院起诉", GRAVE),
        ("双方承诺不再申请劳动仲裁", GRAVE),
        ("申请人放弃诉讼权利", GRAVE),
        ("任何一方不得再上访", WARNING),
        ("如再犯，罚款500元", GRAVE),
        ("接受村委会处罚1000元", GRAVE),
        ("违反者拘留三日", GRAVE),
        ("双方自愿离婚", GRAVE),
        ("自即日起解除收养关系", GRAVE),
        ("父子二人断绝父子关系", GRAVE),
        ("确认甲是乙的亲生子女", GRAVE),
        ("争议宅基地归申请人使用", WARNING),
        ("该房屋所有权归申请人", WARNING),
    ],
)
def test_what_may_not_stand_in_an_agreement(text: str, grave: bool) -> None:
    assert found(text) == [grave]


@pytest.mark.parametrize(
    "text",
    [
        "双方就本次租赁再无其他争议",
        "本次调解不收取任何费用",
        "不收调解费",
        "银行转账手续费由甲方承担",
        "款项支付至调委会代管，由调委会转付申请人",
        "申请人放弃布展损失的请求",
        "乙方放弃其他诉讼请求，并于三日内撤回起诉",
        "本协议不影响当事人向人民法院起诉的权利",
        "被申请人不得阻止申请人起诉",
        "双方协商不成的可以向人民法院起诉",
        "甲方不能按期支付的乙方有权向法院起诉",
        "双方共同向人民法院申请司法确认",
        "不得非法上访、缠访",
        "申请人请求公安机关从轻处罚",
        "交通违法罚款由驾驶人自行承担",
        "逾期按日支付违约金",
        "没收定金",
        "双方自愿离婚，到民政部门办理登记",
        "离婚后子女由女方抚养",
        "父母子女关系不因离婚而解除",
        "劳动关系自3月31日解除",
        "甲方将占用的土地归还乙方使用",
        "以排水沟为界",
        "土地租给乙方使用",
    ],
)
def test_what_is_alike_and_allowed(text: str) -> None:
    assert found(text) == []
