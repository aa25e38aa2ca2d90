"""Paper for a whole day: the memory of a thousand agreements in one process, and the speed of a whole dossier.

Prints one JSON object a line: {"bench", "case", "value", "unit", "target", "ok", "detail"}.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median

from desktop.documents.dossier import Drawn, assemble
from desktop.documents.gathering import Source, gather
from desktop.documents.paper import render
from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.case_file import read_case
from desktop.domain.office import Office
from desktop.domain.party import Party
from desktop.resources import resource
from tests.benchmarks.bench_agreement import load_plainly, plain, seconds

AGREEMENTS, WINDOW, GROWTH_TARGET = 1000, 100, 5.0
DOSSIER_TARGET, DOSSIER_ROUNDS = 2.5, 15
CHUNK = 2000
"""Characters of an agreement of the warm-up, in which every character of the table is met once: what is known of a character is kept,
and its part of the mapped font file stays; both end with the table and are reported, but are no growth from paper to paper."""

OFFICE = Office(id="0" * 32, level="镇", name="关上街道综治中心", series="关上", committee="关上街道人民调解委员会")
TONGGUI = (Path(__file__).parent.parent / "documents" / "tonggui.txt").read_text(encoding="utf-8").strip()
SENTENCES = (
    "被申请人于{day}前退还申请人展位租金人民币{amount}元。",
    "双方确认田埂以原界石为准，{name}不再占用{name2}的承包地。",
    "{name}自愿承担医疗费、误工费共计人民币{amount}元，{day}前一次付清。",
    "{name2}负责修缮漏水的屋面，费用人民币{amount}元由双方各半承担。",
    "如逾期未付，{name}可以依法向人民法院申请强制执行。",
)


def different_cases(count: int) -> Iterator[Case]:
    """Cases of two to six parties with names of any of the 8,105 characters, one to nine clauses, none like another."""
    chance = random.Random(1)  # noqa: S311 -- the same cases in each run
    return (different_case(number, chance) for number in range(count))


def different_case(number: int, chance: random.Random) -> Case:
    names = ["".join(chance.sample(TONGGUI, 3)) for _ in range(chance.randint(2, 6))]
    day = date(2025, 1, 1) + timedelta(days=chance.randrange(365))
    texts = [sentence(names, day, chance) for _ in range(chance.randint(1, 9))]
    dues = tuple(Obligation(payer=names[-1], payee=name, amount=chance.randrange(100, 10**7), due_on=day) for name in names[:-1])
    agreement = Agreement(
        form="书面", signed_on=day, facts="".join(texts), clauses=tuple(Clause(text=text) for text in texts), obligations=dues
    )
    parties = tuple(Party(role="申请人" if name != names[-1] else "被申请人", kind="自然人", name=name) for name in names)
    number_text = f"〔2025〕关上人调字第{number + 1}号"
    return Case(type="合同", number=number_text, registered_on=day, summary="".join(texts), parties=parties, agreement=agreement)


def sentence(names: list[str], day: date, chance: random.Random) -> str:
    pattern = chance.choice(SENTENCES)
    return pattern.format(day=day, amount=chance.randrange(100, 99999), name=chance.choice(names), name2=chance.choice(names))


def met_every_character() -> Iterator[Case]:
    for start in range(0, len(TONGGUI), CHUNK):
        text = TONGGUI[start : start + CHUNK]
        agreement = Agreement(form="书面", facts=text, clauses=(Clause(text=text),))
        parties = (Party(role="申请人", kind="自然人", name="杨自立"), Party(role="被申请人", kind="自然人", name="普秀芬"))
        yield Case(type="合同", registered_on=date(2025, 1, 1), summary=text, parties=parties, agreement=agreement)


def memory() -> dict[str, float]:
    """What the process holds, in MB: all of it, and its own part, which is without the mapped font files."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    values = dict(line.split(":", 1) for line in lines)
    return {name: int(values[key].split()[0]) / 1024 for name, key in (("all", "VmRSS"), ("own", "RssAnon"))}


def growth() -> dict[str, object]:
    """How much more memory the last 100 of 1,000 different agreements find in use than the first 100, in per cent."""
    warm, rounds, sizes = [], [], []
    for case in met_every_character():
        render("调解协议书", case, OFFICE)
        warm.append(memory())
    for case in different_cases(AGREEMENTS):
        sizes.append(len(render("调解协议书", case, OFFICE)))
        rounds.append(memory())
    first, last = rounds[:WINDOW], rounds[-WINDOW:]
    detail = {
        f"{name}_{when}_mb": mean(r[name] for r in part) for when, part in (("first", first), ("last", last)) for name in ("all", "own")
    }
    detail |= {"highest_mb": max(r["all"] for r in rounds), "after_one_mb": warm[0]["all"], "mean_file_kb": mean(sizes) / 1024}
    return result("growth", (detail["all_last_mb"] / detail["all_first_mb"] - 1) * 100, GROWTH_TARGET, "per cent", detail)


def dossier() -> dict[str, object]:
    """The whole dossier of sample 01, its papers laid out anew each time, against `drawString` of the same characters in the same fonts."""
    case = read_case(next(resource("samples").glob("01-*.json")).read_bytes())
    source = Source(case, OFFICE, no_content, {})
    pages = [list(page) for part in gather(source) if isinstance(part, Drawn) for page in part.pages]
    load_plainly(pages)
    pdf, _ = whole(source), plain(pages)
    rounds = [(seconds(lambda: whole(source)), seconds(lambda: plain(pages))) for _ in range(DOSSIER_ROUNDS)]
    ours, theirs = (median(column) for column in zip(*rounds, strict=True))
    detail = {"dossier_ms": ours * 1000, "drawString_ms": theirs * 1000, "pages": len(pages), "file_kb": len(pdf) / 1024}
    return result("dossier", ours / theirs, DOSSIER_TARGET, "ratio", detail)


def whole(source: Source) -> bytes:
    return assemble(gather(source), title="卷宗", author=OFFICE.name, subject=source.case.title)


def no_content(sha256: str) -> bytes:
    raise FileNotFoundError(sha256)  # sample 01 has no scans and no sealed papers


def result(case: str, value: float, target: float, unit: str, detail: dict[str, float]) -> dict[str, object]:
    rounded = {name: round(number, 1) for name, number in detail.items()}
    bench = {"bench": "paper", "case": case, "value": round(value, 2), "unit": unit, "target": target}
    return bench | {"ok": value <= target, "detail": rounded}


if __name__ == "__main__":
    for measure in (growth, dossier):  # growth first: ReportLab's own fonts take 130 MB
        print(json.dumps(measure(), ensure_ascii=False), flush=True)
