import pytest

from desktop.domain.wrong_words import doubtful_words, mixed_deposit
from tests.domain.samples import PATHS, sample


@pytest.mark.parametrize(
    ("text", "found", "right"),
    [
        ("婚生子由女方扶养", "扶养", "抚养"),
        ("男方支付孩子的扶养费", "扶养", "抚养"),
        ("承担扶养子女的义务", "扶养", "抚养"),
        ("兄弟二人共同抚养老人", "抚养", "赡养"),
        ("老人的抚养费由长子承担", "抚养", "赡养"),
        ("夫妻之间互相抚养", "抚养", "扶养"),
        ("每月支付瞻养费300元", "瞻养", "赡养"),
        ("已收的订金不予退还", "订金", "定金"),
        ("不得影响彩光", "彩光", "采光"),
        ("当面赔礼道欠", "道欠", "道歉"),
        ("赔理道歉", "赔理", "赔礼"),
        ("通过银行转帐", "帐", "账"),
        ("汇入乙方帐户", "帐", "账"),
        ("不再主张其它费用", "其它", "其他"),
        ("双方签定本协议", "签定", "签订"),
        ("伤情签定后再议", "签定", "鉴定"),
        ("放弃诉讼权力", "权力", "权利"),
        ("法人代表周建华", "法人代表", "法定代表人"),
        ("一式三分", "分", "份"),
        ("截止2025年3月31日", "截止", "截至"),
        ("商铺租凭合同", "租凭", "租赁"),
        ("必需在三日内搬离", "必需", "必须"),
        ("双方在无其他争议", "在无", "再无"),
        ("由镇调节委员会主持", "调节委员会", "调解委员会"),
        ("赔偿务工费500元", "务工", "误工"),
        ("因打伤申请人自愿补偿医疗费", "补偿", "赔偿"),
        ("共同重筑田梗", "田梗", "田埂"),
    ],
)
def test_slips_are_found(text: str, found: str, right: str) -> None:
    (word,) = doubtful_words(text)
    assert (word.found, word.right) == (found, right)
    assert text[word.start :].startswith(found)
    assert word.why


@pytest.mark.parametrize(
    "text",
    [
        "婚生女由女方直接抚养，男方支付抚养费",
        "子女应当赡养父母",
        "赡养费由三个子女分担",
        "由父母抚养至成年",
        "夫妻有相互扶养的义务",
        "夫妻双方共同抚养孩子",
        "已收定金双倍返还",
        "订金500元冲抵货款",
        "不影响采光、通风",
        "拆除屋顶的彩光灯",
        "挂蚊帐、搭帐篷",
        "转账至乙方账户",
        "其他费用自理",
        "伤情鉴定、签订协议",
        "享有合法权利",
        "法定代表人周建华",
        "法人代表人",
        "一式三份，各持一份",
        "申请截止日期为3月31日",
        "被申请人外出务工",
        "征地补偿款",
        "被申请人自愿补偿申请人3000元",
        "自己方便时",
        "温度调节器由甲方修理",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert doubtful_words(text) == ()


def test_words_come_in_their_order_and_once() -> None:
    words = doubtful_words("其它欠帐、其它帐目，签定协议")
    assert [word.found for word in words] == ["其它", "帐", "签定"]


@pytest.mark.parametrize(
    ("texts", "mixed"),
    [(("支付定金500元", "退还订金"), True), (("支付定金500元", "退还定金"), False), (("订金",), False), ((), False)],
)
def test_both_kinds_of_deposit_in_one_agreement(texts: tuple[str, ...], mixed: bool) -> None:
    assert mixed_deposit(texts) is mixed


@pytest.mark.parametrize("number", PATHS)
def test_the_samples_have_no_slips(number: str) -> None:
    case = sample(number)
    agreement = case.agreement
    assert agreement is not None
    texts = [case.summary, *case.claims, agreement.facts or "", *(clause.text for clause in agreement.clauses)]
    texts += [session.record or "" for session in case.sessions]
    assert [doubtful_words(text) for text in texts if doubtful_words(text)] == []
