"""What a password must be, how strong it is in words, and why one may not open."""

from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Password

SHORTEST, GOOD = 8, 12
WRONG = "密码区分大小写；请看看大写锁定（Caps Lock）是否开着、输入法是不是英文。"


FIELDS = (
    Field("password", "密码", lambda: Password(f"至少{SHORTEST}个字符"), 3, "请设定密码。"),
    Field("again", "再输一遍密码", Password, 3, "请再输一遍密码。"),
)


def password_fault(password: str | None, again: str | None) -> str:
    """Why the password cannot be taken, as one sentence, or ""."""
    if len(password or "") < SHORTEST:
        return f"密码至少要{SHORTEST}个字符，请换一个长一些的。"
    return "" if password == again else "两遍密码不一样，请重新输入。"


def strength(password: str) -> str:
    """How strong the password is, as a hint in words; nothing while nothing is typed."""
    if not password:
        return ""
    if len(password) < SHORTEST:
        return f"密码强度：太短，还差{SHORTEST - len(password)}个字符。"
    if password.isdigit():
        return "密码强度：弱。全是数字，生日、电话容易被猜到，请加上几个字母或汉字。"
    if len(set(password)) < SHORTEST // 2:
        return "密码强度：弱。重复的字符太多。"
    if len(password) >= GOOD or _kinds(password) > 2:
        return "密码强度：强。"
    return f"密码强度：中。再长一些更好，{GOOD}个字符以上为强；一句自己记得住的话就很好。"


def _kinds(password: str) -> int:
    """How many of: small letters, large letters, figures, everything else."""
    tests = (str.islower, str.isupper, str.isdigit, lambda sign: not (sign.isascii() and sign.isalnum()))
    return sum(any(test(sign) for sign in password) for test in tests)
