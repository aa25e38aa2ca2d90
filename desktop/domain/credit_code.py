"""The unified social credit code of organisations, GB 32100-2015 (domain.md 6.4)."""

_SET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(3**i % 31 for i in range(17))


def check_character(first17: str) -> str:
    """The eighteenth character that belongs to seventeen characters of the set (no I, O, S, V, Z)."""
    return _SET[(31 - sum(_SET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True)) % 31) % 31]


def fault(code: str) -> str | None:
    """What is doubtful about the code, as one Chinese sentence, or None. A doubt is a warning, never a wall."""
    code = code.replace(" ", "").upper()
    if len(code) != 18 or any(c not in _SET for c in code):
        return "统一社会信用代码应为18位数字和大写字母（不含I、O、S、V、Z），请核对营业执照。"
    if check_character(code[:17]) != code[17]:
        return "统一社会信用代码的最后一位校验码不对，请对照营业执照核对。"
    return None
