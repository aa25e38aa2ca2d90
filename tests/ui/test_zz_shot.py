import pytest
from tests.ui.test_kept import *
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("scale",[100,200])
def test_shot(window, page, desk, answers, theme, scale):
    theme.set_scale(scale)
    def begin(d):
        typed(d,"note","当事人向法院起诉"); escape(d)
    def look(d):
        QApplication.processEvents(); d.grab().save(f"/tmp/dlg{scale}.png"); escape(d)
    answers.next=[begin,look]
    page.course.decline(); page.course.decline()
    c=page.collect()
    page.put(Typed(msgspec.structs.replace(c, parties=(msgspec.structs.replace(c.parties[0], name="阿"*300), *c.parties[1:]))))
    page.tabs.reveal("parties[0]")
    QApplication.focusWidget()
    page.stepping.note(page.typed(), "修改当事人的身份证号码")
    page.undo_row.kept.setText("草稿已留存 10:31")
    page._check()
    for _ in range(4): QApplication.processEvents()
    window.grab().save(f"/tmp/win{scale}.png")
    theme.set_scale(100)
import msgspec
from desktop.services.drafts import Typed
