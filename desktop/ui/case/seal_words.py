"""What the preview says about sealing (盖章定稿), about the dossier and about the check of an agreement (协议体检)."""

from collections.abc import Sequence

from desktop.domain.attachment import Seal
from desktop.domain.finding import Finding
from desktop.ui.case.remarks import FORBIDDEN
from desktop.ui.entry.dates import chinese


def state_told(seal: Seal | None, *, stands: bool) -> str:
    """How the paper that is shown stands with its newest seal; empty without one."""
    if seal is None:
        return ""
    version = f"第{seal.version}版" + (f"（{chinese(seal.sealed_on)}）" if seal.sealed_on else "")
    if stands:
        return f"✓ 已定稿，{version}。显示和打印的就是定稿原件。"
    return f"！{version}定稿与现在的内容不同，或者还没有到达本机。这里显示的是现在的内容，不是定稿；内容有更正的，请重新定稿。"


def question(name: str, seal: Seal | None) -> str:
    """What the operator is asked before sealing, which cannot be undone."""
    replaced = f"这将是第{seal.version + 1}版，代替第{seal.version}版。" if seal else ""
    return (
        f"要给《{name}》盖章定稿吗？{replaced}\n\n"
        "定稿后，这份文书的内容原样保存，不能再改，也不能撤回；以后要更正，只能另出一版。"
        "纸上会印二维码和校验码，凭它可以核对纸质件的真假。请先核对无误。"
    )


def gaps_told(gaps: Sequence[str]) -> str:
    """What the dossier lacks, a line for each."""
    lines = "\n".join(f"· {gap}" for gap in gaps)
    return f"卷宗还缺{len(gaps)}样（不影响打印）：\n{lines}" if gaps else ""


def findings_told(findings: Sequence[Finding]) -> str:
    """What the check of the agreement found, a line for each; what law forbids says so."""
    if not findings:
        return ""
    grave = sum(one.grave for one in findings)
    head = f"请核对（{len(findings)}处，其中{grave}处{FORBIDDEN}）" if grave else f"请核对（{len(findings)}处，不影响打印）"
    return "\n".join([f"{head}：", *(f"✕ {FORBIDDEN}：{one.message}" if one.grave else f"· {one.message}" for one in findings)])


def still(findings: Sequence[Finding], what: str) -> str:
    """Whether to print or save (`what`) all the same; empty where law forbids nothing."""
    grave = [f"✕ {one.message}" for one in findings if one.grave]
    return "\n".join([f"这份文书有{len(grave)}处{FORBIDDEN}：", *grave, "", f"仍要{what}？"]) if grave else ""
