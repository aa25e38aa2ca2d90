"""研判、分流: risk, level, plan and help."""

from functools import partial

from desktop.domain.codes import (
    Risk,
    choices,
)
from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Choice, Names
from desktop.ui.entry.typed import Minute
from desktop.ui.listing.table import RISKS

ROUTING = (
    Field("level", "调解层级", partial(Choice, ("1", "2", "3"), ("社区首调", "联调室", "街道（乡镇）调委会"), values=(1, 2, 3)), 2),
    Field("risk", "风险等级", partial(Choice, choices(Risk), tuple(RISKS[risk] for risk in choices(Risk))), 2),
    Field("risk_factors", "风险因素", partial(Names, "用顿号隔开"), 2),
    Field("police_reported_at", "向公安机关报告时间", Minute, 2),
)
