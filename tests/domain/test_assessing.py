"""Risk of a dispute: what the facts suggest, who decides at which stage, what a high one obliges to."""

from typing import Any

import msgspec
import pytest

from desktop.domain.assessing import (
    TRIGGERS,
    current_risk,
    ever_risky,
    must_report,
    next_stage,
    propose,
    stages_of,
    triggered,
)
from desktop.domain.course_records import Assessment
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from tests.domain.samples import accepted


def _assessed(*found: tuple[str | None, str | None]) -> tuple[Assessment, ...]:
    return tuple(msgspec.convert({"stage": stage, "risk": risk}, Assessment) for stage, risk in found)


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, ()),
        ({"summary": "李四扬言要同归于尽。"}, ("扬言伤害他人或者自残",)),
        ({"summary": "没有人持刀，双方只是争吵。"}, ()),
        ({"summary": "双方争吵，李四持刀威胁要杀人。"}, ("扬言伤害他人或者自残", "持械")),
        ({"claims": ("申请人身安全保护令",)}, ("家庭暴力或者人身安全保护令",)),
        ({"summary": "已经四次报警。"}, ("三次以上报警",)),
        ({"sessions": (Session(kind="调查记录", record="李四患有精神分裂症。"),)}, ("涉及精神障碍患者",)),
        ({"people_count": 5}, ("群体5人以上",)),
        ({"people_count": 4}, ()),
        ({"group": True}, ("群体5人以上",)),
        ({"summary": "张某死亡赔偿协商不成。"}, ("死亡赔偿",)),
        ({"summary": "为防止矛盾激化引起械斗，请求调解。"}, ()),
    ],
)
def test_triggers(fields: dict[str, Any], names: tuple[str, ...]) -> None:
    case = accepted(**fields)
    assert triggered(case) == names
    assert propose(case).risk == ("高" if names else "低")
    assert propose(case).factors == names


def test_a_tick_is_enough_and_another_factor_is_middle() -> None:
    assert propose(accepted(risk_factors=(TRIGGERS[1].name, "积怨"))).risk == "高"
    assert propose(accepted(risk_factors=("积怨",))).risk == "中"


@pytest.mark.parametrize(
    ("done", "village", "town"),
    [((), "初定", "初定"), (("初定",), "议定", "议定"), (("初定", "议定"), "初定", "审定"), (("初定", "议定", "审定"), "议定", "议定")],
)
def test_the_stage_that_comes_next(done: tuple[str, ...], village: str, town: str) -> None:
    case = accepted(assessments=_assessed(*((stage, "中") for stage in done)))
    assert (next_stage(case, "村"), next_stage(case, "镇")) == (village, town)


def test_a_village_does_not_decide() -> None:
    assert stages_of("村") == ("初定", "议定")
    assert stages_of("镇") == stages_of("县") == ("初定", "议定", "审定")


def test_levels() -> None:
    case = accepted(assessments=_assessed(("初定", "高"), ("议定", "高"), ("审定", None), ("审定", "低")))
    assert current_risk(case) == "低"
    assert current_risk(msgspec.structs.replace(case, risk="中")) == "中"
    assert current_risk(accepted()) is None
    assert ever_risky(case)
    assert ever_risky(accepted(visits=(Visit(risk="中"),)))
    assert not ever_risky(accepted(risk="低"))


def test_a_high_risk_is_told_to_the_police() -> None:
    assert must_report(accepted(risk="高"))
    assert must_report(accepted(assessments=_assessed(("初定", "高"))))
    assert not must_report(accepted(risk="高", police_reported_at="2026-01-05T09:00"))
    assert not must_report(accepted(risk="中"))
