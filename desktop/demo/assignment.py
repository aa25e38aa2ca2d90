"""The county asks another village to help with a case, by a 任务单; it answers with a 反馈单."""

from datetime import timedelta

import msgspec

from desktop.demo.county import COUNTY, TOWN, Demo
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.services import cases, handover
from desktop.services.desk import Desk


def hand_down(demo: Demo, sample: str, helper: str) -> None:
    """The case goes down to the helper, its answer comes up, and both papers are printed."""
    county, village, case_id = demo.desks[COUNTY], demo.desks[helper], demo.numbers[sample]
    case = handover.assign(county, cases.load(county, case_id), helper).case
    cases.save(county, case, msgspec.structs.replace(case, letters=(*case.letters, _task_order(county))))
    demo.deliver(COUNTY, TOWN, helper)
    case = cases.load(village, case_id)
    cases.save(village, case, msgspec.structs.replace(case, letters=(*case.letters, _feedback(village, case))))
    demo.deliver(helper, TOWN, COUNTY)
    demo.print_papers(COUNTY, case_id, ["任务单"])
    demo.print_papers(helper, case_id, ["反馈单"])


def _task_order(county: Desk) -> Letter:
    today = county.today()
    return Letter(
        kind="任务单",
        to="柳林村",
        title="协助核实田埂地界履行情况",
        matter="两户村民田埂地界纠纷已达成协议，其中一户的承包地与柳林村相邻，请协助核实田埂重筑后的界线。",
        measures=("会同石桥村调解员到现场核对界线", "与相邻农户见面，了解有无新的争议", "七日内书面反馈"),
        due_on=today + timedelta(days=7),
        responsible="柳林村调解委员会主任",
        signer="云溪县综治中心主任",
        issued_on=today,
    )


def _feedback(willow: Desk, case: Case) -> Letter:
    order = next(letter for letter in case.letters if letter.kind == "任务单")
    return Letter(
        kind="反馈单",
        to=order.issuer,
        matter="已会同石桥村到现场核对，界线与协议一致，相邻农户没有争议。",
        measures=("现场核对界线并拍照", "走访相邻农户两户"),
        responsible="柳林村调解委员会主任",
        signer="柳林村调解委员会主任",
        issued_on=willow.today(),
        replies_to=order.number,
    )
