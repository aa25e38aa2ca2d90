"""Forms as data: what is shipped is right, an office's own take their place, and a mistake is refused with its place."""

import io
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from desktop.documents.compose import pages
from desktop.documents.form import Form
from desktop.documents.form_file import FormError, line_of, read_form
from desktop.documents.forms import Forms, NoFormError, shipped
from desktop.documents.mark import Text
from desktop.documents.paper import kinds, kinds_for, layout, render, required_for
from desktop.documents.paper import pages as pages_of
from desktop.documents.view import values
from desktop.domain.case import Case
from desktop.domain.office import Office
from desktop.resources import resource
from tests.documents import form_pictures

HEAD = 'name = "试"\nabout = "case"\ntitle = "试"\n[looks]\n"正文" = { size = 14 }\n'
BLOCK = '[[block]]\nkind = "text"\ntext = "甲"\n'
GRID = '[[block]]\nkind = "grid"\nwidths = [20, 0]\n'
GROUP = '[[block]]\nkind = "group"\n[[block.parts]]\nkind = "text"\ntext = "乙"\n'

NAMES = (
    *(
        "卷宗封面",
        "卷内目录",
        "申请书",
        "受理登记表",
        "受理通知书",
        "不予受理通知书",
        "一案一策",
        "权利义务告知书",
        "当事人身份证明",
        "授权委托书",
    ),
    *("调查记录", "证据材料", "专家咨询申请书", "邀请函", "调解记录", "延期调解同意书", "调解协议书", "口头协议登记表"),
    *("终止调解告知书", "委托移送函", "回复函", "上报函", "履行凭证", "回访记录", "司法确认申请书", "送达地址确认书", "结案报告表"),
    *("卷宗情况说明", "封底", "任务单", "督办单", "反馈单", "提示函"),
)


def written(folder: Path, text: str, name: str = "试") -> Path:
    path = folder / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def own_shared(folder: Path, name: str) -> Path:
    return folder / f"{name}.toml"


def read(folder: Path, text: str) -> Form:
    return read_form(written(folder, text), lambda name: own_shared(folder / "共用", name)).form


def lines(form: Form, case: Case, office: Office) -> list[str]:
    return [mark.line.ink for mark in pages(form, values(case, office))[0] if isinstance(mark, Text)]


def test_all_papers_are_there_in_the_order_of_the_dossier() -> None:
    assert kinds() == NAMES
    assert shipped().names() == NAMES


def test_every_form_says_who_signs_and_where_it_belongs() -> None:
    forms = [shipped().form(name) for name in NAMES]
    assert [form.name for form in forms if not form.signs] == ["卷内目录"]
    assert [form.name for form in forms if form.dossier is None] == ["任务单", "督办单", "反馈单", "提示函"]
    assert [form.name for form in forms if form.dossier and not form.dossier.numbered] == ["卷宗封面", "卷内目录", "封底"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = ", 1),
        (HEAD + "[[block\n", 6),
        (HEAD.replace("case", "cases") + BLOCK, 2),
        (HEAD.replace('"试"\na', '"别"\na') + BLOCK, 1),
        (HEAD.replace("size", "sise") + BLOCK, 5),
        (HEAD.replace("size = 14", "size = 900") + BLOCK, 5),
        (HEAD.replace("size = 14", 'font = "隶书"') + BLOCK, 5),
        ('name = "试"\nabout = "case"\ntitle = "试"\n[page]\nright = 3\ntop = 900\n[looks]\n' + BLOCK, 5),
        (HEAD + BLOCK + '[[block]]\nkind = "texte"\ntext = "甲"\n', 10),
        (HEAD + BLOCK + '[[block]]\nkind = "text"\n', 9),
        (HEAD + BLOCK + '[[block]]\nkind = "text"\ntext = "甲"\nallign = "left"\n', 12),
        (HEAD + BLOCK + BLOCK + '[[block]]\nkind = "text"\ntext = 3\n', 14),
        (HEAD + BLOCK + '[[block]]\nkind = "text"\ntext = "甲"\nlook = "大"\n', 9),
        (HEAD + BLOCK + '[[block]]\nkind = "text"\ntext = "{% for %}"\n', 11),
        (HEAD + BLOCK + '[[block]]\nkind = "text"\ntext = "{% set x = 1 %}"\n', 11),
        (HEAD + BLOCK + '[[block]]\nkind = "part"\nname = "没有"\n', 11),
        (HEAD + BLOCK + '[[block]]\nkind = "part"\nname = "../试"\n', 11),
        (HEAD + GROUP + '[[block.parts]]\nkind = "text"\ntext = 3\n', 13),
        (HEAD + GROUP + GROUP + '[[block.parts]]\nkind = "text"\ntext = 3\n', 18),
        (HEAD + GRID + 'rows = [{ cells = [{ text = "甲" }] }]\n', 6),
        (HEAD + BLOCK + GRID.replace("20, 0", "120, 100") + "rows = []\n", 9),
        (HEAD + '[[block]]\nkind = "table"\ncolumns = []\n', 6),
        (HEAD.replace("title", 'base = "没有"\ntitle') + BLOCK, 3),
    ],
)
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(FormError, match=f"“试.toml”第{line}行有误"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe", "第1行有误（不是UTF-8编码）"),
        (b"a = 1\n# \xff", "第2行有误（不是UTF-8编码）"),
        (b"#" * 400_000, "文件太大"),
        (b"a = " + b"[" * 20_000, "有误"),
        (("title = " + '"' + "甲" * 30_000 + '"').encode(), "有误"),
        (HEAD.split("[looks]", maxsplit=1)[0].encode() + b"[looks]\n" + BLOCK.encode(), "没有名为“正文”的字样"),
    ],
)
def test_a_file_that_is_no_form_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "试.toml"
    path.write_bytes(data)
    with pytest.raises(FormError, match=r"“试\.toml”") as refused:
        read_form(path, lambda name: tmp_path / name)
    assert reason in str(refused.value)


def test_a_mistake_in_a_shared_file_names_that_file(tmp_path: Path) -> None:
    written(tmp_path / "共用", '[[block]]\nkind = "text"\ntext = 3\n', "头")
    with pytest.raises(FormError, match=r"“头\.toml”第3行有误"):
        read(tmp_path, HEAD + '[[block]]\nkind = "part"\nname = "头"\n')
    written(tmp_path / "共用", '[looks]\n"正文" = { size = 900 }\n', "底")
    with pytest.raises(FormError, match=r"“底\.toml”第2行有误"):
        read(tmp_path, 'base = "底"\n' + HEAD + BLOCK)


def test_shared_files_do_not_lead_in_circles(tmp_path: Path) -> None:
    written(tmp_path / "共用", '[[block]]\nkind = "part"\nname = "圈"\n', "圈")
    with pytest.raises(FormError, match="不能引用共用文件"):
        read(tmp_path, HEAD + '[[block]]\nkind = "part"\nname = "圈"\n')


def test_a_form_takes_over_what_its_base_says_and_may_say_it_otherwise(tmp_path: Path) -> None:
    written(tmp_path / "共用", '[page]\ntop = 30\nleft = 40\n[looks]\n"正文" = { size = 9 }\n"大" = { size = 30 }\n', "底")
    form = read(tmp_path, 'base = "底"\n' + HEAD + "[page]\nleft = 50\n" + BLOCK)
    assert (form.page.top, form.page.left) == (30, 50)
    assert (form.looks["正文"].size, form.looks["大"].size) == (14, 30)


def test_lines_of_paths() -> None:
    text = "[page]\ntop = 1\n[[block]]\na = 1\n[[block.parts]]\n[[block.parts]]\nb = 1\n[[block]]\n[[block.parts]]\nb = 2\n"
    wanted = {"$.page.top": 2, "$.block[0].a": 4, "$.block[0].parts[1].b": 7, "$.block[1].parts[0].b": 10, "$.block[1].c": 8, "$.x": None}
    assert {path: line_of(text, path) for path in wanted} == wanted


def test_a_value_that_there_is_not_is_refused_with_its_line(tmp_path: Path, case: Case, office: Office) -> None:
    written(tmp_path, HEAD + BLOCK + BLOCK.replace("甲", "甲\\n{{ case.colour }}"))
    with pytest.raises(FormError, match=r"“试\.toml”第11行有误（没有“case\.colour”这个值）"):
        render("试", case, office, forms=Forms(tmp_path))


@pytest.mark.parametrize("line", ['when = "case.colour"', 'each = "colours"', 'each = "case.place"'])
def test_a_condition_or_list_that_there_is_not_is_refused_with_its_line(tmp_path: Path, case: Case, office: Office, line: str) -> None:
    written(tmp_path, HEAD + BLOCK + line + "\n")
    with pytest.raises(FormError, match=r"“试\.toml”第9行有误"):
        render("试", case, office, forms=Forms(tmp_path))


def test_an_occasion_that_there_is_not_is_refused_with_its_line(tmp_path: Path, case: Case) -> None:
    written(tmp_path, 'when = "case.colour"\n' + HEAD + BLOCK)
    with pytest.raises(FormError, match=r"“试\.toml”第1行有误"):
        kinds_for(case, Forms(tmp_path))


STRAY = HEAD + BLOCK + '[[blocks]]\nkind = "text"\n'


def test_a_stray_file_that_cannot_be_read_stops_no_other_paper(tmp_path: Path, case: Case, office: Office) -> None:
    written(tmp_path, STRAY)
    (tmp_path / "夹.toml").mkdir()
    forms = Forms(tmp_path)
    assert (forms.names(), kinds(forms)) == (NAMES, NAMES)
    assert kinds_for(case, forms) == kinds_for(case)
    assert required_for(case, forms) == required_for(case)
    assert [str(fault) for fault in forms.faults()] == [str(NoFormError("夹")), str(FormError("试.toml", 9, "不认识“blocks”这一项"))]
    with pytest.raises(FormError, match=r"“试\.toml”第9行有误（不认识“blocks”这一项）"):
        render("试", case, office, forms=forms)


def test_a_bad_file_that_is_asked_for_is_refused(tmp_path: Path, case: Case) -> None:
    """One in a shipped form's place, or one that a letter of the case is printed with, is never dropped in silence."""
    assert shipped().faults() == []
    letter = msgspec.structs.replace(case.letters[0], kind="试")
    written(tmp_path, STRAY)
    with pytest.raises(FormError, match=r"“试\.toml”第9行"):
        kinds_for(msgspec.structs.replace(case, letters=(letter,)), Forms(tmp_path))
    written(tmp_path, STRAY, "封底")
    with pytest.raises(FormError, match=r"“封底\.toml”第9行"):
        kinds_for(case, Forms(tmp_path))
    assert len(Forms(tmp_path).faults()) == 2


def test_a_form_that_repeats_without_end_is_refused(tmp_path: Path, huge_case: Case, office: Office) -> None:
    inner = '[[block]]\nkind = "group"\neach = "parties"\nparts = [{ kind = "group", each = "parties", parts = [{ kind = "group", '
    text = inner + 'each = "parties", parts = [{ kind = "group", each = "parties", parts = [{ kind = "space", height = 1 }] }] }] }]\n'
    written(tmp_path, HEAD + text)
    with pytest.raises(FormError, match="重复的次数太多"):
        render("试", huge_case, office, forms=Forms(tmp_path))


def test_an_own_form_may_use_jinja(tmp_path: Path, case: Case, office: Office) -> None:
    text = "{% for party in parties %}{{ party.name }}{% if not loop.last %}；{% endif %}{% endfor %}"
    form = read(tmp_path, HEAD + BLOCK.replace("甲", text))
    assert lines(form, case, office)[0] == "杨自立；普秀芬；玉溪某某商务服务有限公司"


def test_own_forms_override_shipped_ones_by_name(tmp_path: Path, case: Case, office: Office) -> None:
    own = resource("forms", "调解协议书.toml").read_text(encoding="utf-8").replace("经调解，自愿达成如下协议：", "经调解，双方议定：")
    written(tmp_path, own, "调解协议书")
    forms = Forms(tmp_path)
    text = "".join(mark.line.ink for page in pages_of("调解协议书", case, office, forms=forms) for mark in page if isinstance(mark, Text))
    assert "经调解，双方议定：" in text
    assert forms.names() == NAMES
    assert render("受理登记表", case, office, forms=forms) == render("受理登记表", case, office)


def test_an_own_shared_file_changes_every_form_that_uses_it(tmp_path: Path, case: Case, office: Office) -> None:
    written(tmp_path / "共用", '[[block]]\nkind = "text"\ntext = "本县统一签名栏"\n', "调解员签名")
    for kind in ("调解协议书", "调解记录"):
        page = pages_of(kind, case, office, forms=Forms(tmp_path))[-1]
        assert "本县统一签名栏" in [mark.line.ink for mark in page if isinstance(mark, Text)]


def test_an_office_switches_a_form_off_and_adds_one(tmp_path: Path, case: Case) -> None:
    written(
        tmp_path, resource("forms", "结案报告表.toml").read_text(encoding="utf-8").replace("about", "on = false\nabout", 1), "结案报告表"
    )
    written(tmp_path, HEAD + BLOCK)
    forms = Forms(tmp_path)
    assert set(kinds(forms)) == {*NAMES, "试"} - {"结案报告表"}
    found = [form.name for form, _ in kinds_for(case, forms)]
    assert "试" in found
    assert "结案报告表" not in found


def test_a_broken_own_form_is_refused_and_the_others_print(tmp_path: Path, case: Case, office: Office) -> None:
    written(tmp_path, "name = ", "调解协议书")
    forms = Forms(tmp_path)
    assert render("受理登记表", case, office, forms=forms)
    with pytest.raises(FormError, match=r"“调解协议书\.toml”第1行"):
        render("调解协议书", case, office, forms=forms)


@pytest.mark.parametrize("name", ["没有", "../forms/调解协议书", "共用/当事人", "", "/etc/passwd", "a\0b"])
def test_a_form_that_there_is_not_is_refused(tmp_path: Path, case: Case, office: Office, name: str) -> None:
    with pytest.raises(NoFormError, match="没有名为"):
        render(name, case, office, forms=Forms(tmp_path))


def test_a_counterfoil_and_a_receipt_are_options(tmp_path: Path, case: Case, office: Office) -> None:
    for kind in ("任务单", "督办单", "反馈单", "提示函"):
        plain = resource("forms", f"{kind}.toml").read_text(encoding="utf-8")
        switched = plain.replace('"存根" = false', '"存根" = true') if "[options]" in plain else plain.replace("\n[[block]]", STUB, 1)
        written(tmp_path, switched, kind)
        number = next(one.number for one in case.letters if one.kind == kind)
        own, text = (
            "".join(mark.line.ink for page in made for mark in page if isinstance(mark, Text))
            for made in (pages_of(kind, case, office, forms=Forms(tmp_path)), layout(kind, case, office))
        )
        assert f"{kind}（存根）" in own
        assert f"骑缝　{number}" in own
        assert "存根" not in text
        assert kind == "反馈单" or "回　执" in text


STUB = '\n[options]\n"存根" = true\n\n[[block]]'


def test_the_list_of_forms_shows_each_with_a_small_picture() -> None:
    docs = resource().parent / "docs"
    text = (docs / "forms.md").read_text(encoding="utf-8")
    assert [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")][: len(NAMES)] == list(NAMES)
    for name in NAMES:
        assert f"![{name}](pictures/forms/{name}.png)" in text
    for name in (*NAMES, "三单一函通报", "会商材料", "会商纪要"):
        assert (docs / "pictures" / "forms" / f"{name}.png").stat().st_size <= 40_000


def test_the_pictures_can_be_drawn_anew() -> None:
    """Each is the first page of its paper; the quickest of them are drawn here."""
    drawn = {name: pdf for name, pdf in form_pictures.papers() if name in ("封底", "督办单", "三单一函通报", "会商纪要")}
    for name, pdf in drawn.items():
        with Image.open(io.BytesIO(form_pictures.packed(pdf))) as new, Image.open(form_pictures.PLACE / f"{name}.png") as shown:
            assert new.size == shown.size
    assert len(drawn) == 4
