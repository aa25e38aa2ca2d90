"""Examining the office's database, and saying in one sentence what was found."""

from desktop.services.desk import Desk
from desktop.store import soundness
from desktop.store.soundness import Soundness


def examine(desk: Desk) -> Soundness:
    """Prove that the tables equal the changes and that nothing is damaged; takes seconds for a thousand cases."""
    return soundness.examine(desk.database)


def told(found: Soundness) -> str:
    """What was found, as one sentence that says what to do."""
    if found.damage or found.altered or found.altered_contents:
        return "数据库有损坏，请停止使用，先复制整个数据文件夹，再用最近的备份恢复。"
    if found.different or found.loose:
        return f"有{found.different + found.loose}处与改动记录不一致，已尽量改正，请再检查一次；仍不一致的请用备份恢复。"
    return "数据库完好，不需要处理。"
