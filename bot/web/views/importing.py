"""导入名册：上传填好的表，先看会改什么，确认了才写入"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bot.forms.order import XLSX, Made
from bot.understanding.masking import kept_words
from bot.web import keeping
from bot.web.visit import Done, Form, Shown, Visit
from handlers.figures import keep_of
from models import uploads
from models.refusal import Refusal
from models.roster import Report
from models.roster_files import PAGE
from models.roster_forms import note
from models.roster_parsed import dumped
from models.roster_preview import Importing, carry_out, preview, read
from models.roster_template import template
from models.roster_work import Change
from models.uploads import Sent, Waiting

WHO = keeping.ADMIN
PATH = "import"
GROUP = keeping.GROUP
SHOWN = 100
NAMES = 300


def show(visit: Visit, query: Mapping[str, str]) -> Shown:
    """The form of a file; with a file, exactly what it would change."""
    file = uploads.waiting(visit.connection, visit.service.vault, visit.person_id, visit.now)
    values: dict[str, Any] = {"file": file, "rows": PAGE.rows, "megabytes": PAGE.file_bytes >> 20}
    return Shown("pages/import.html", {**values, **(_preview(visit, query, file) if file else {})})


def _preview(visit: Visit, query: Mapping[str, str], file: Waiting) -> Mapping[str, Any]:
    found = preview(_importing(visit, file))
    report = found.report
    changes = sorted(report.changes, key=lambda one: one.new)  # what stands already first
    page = keeping.paged(changes, query, SHOWN)
    silent = [one for one in found.silent if one.unit_id == visit.who.unit_id]
    if page.number == 1:
        keeping.seen(visit, [one.id for one in (*found.known, *silent)], "roster")
    return {
        "digest": found.digest,
        "faults": report.faults[:SHOWN],
        "more_faults": max(len(report.faults) - SHOWN, 0),
        "tallies": _tallies(report),
        "fresh": _by_sheet([one for one in page.shown if one.new]),
        "changed": _by_sheet([one for one in page.shown if not one.new]),
        "number": page.number,
        "last": page.last,
        "notes": report.notes[:SHOWN],
        "silent": [one.name for one in silent[:NAMES]],
        "silent_own": len(silent),
        "silent_below": len(found.silent) - len(silent),
        "nothing": report.ok and not report.changes,
    }


def _tallies(report: Report) -> list[tuple[str, int, int, int]]:
    sheets = dict.fromkeys((*report.added, *report.changed, *report.unchanged))
    counts = (report.added, report.changed, report.unchanged)
    return [(sheet, *(tally.get(sheet, 0) for tally in counts)) for sheet in sheets]  # type: ignore[misc]


def _by_sheet(changes: list[Change]) -> Mapping[str, list[Change]]:
    found: dict[str, list[Change]] = defaultdict(list)
    for one in changes:
        found[one.sheet].append(one)
    return found


def _importing(visit: Visit, file: Waiting) -> Importing:
    service = visit.service
    policies = tuple(service.policies)
    return Importing(visit.connection, service.vault, file, visit.who.unit_path, policies, visit.now, masks=kept_words)


def _upload(visit: Visit, form: Form) -> Done:
    """Keep the file, encrypted, until it is confirmed, given up, or a day old."""
    file = form.files.get("file")
    if file is None:
        raise Refusal("请先选一个文件：按模板填好的 .xlsx 或 .csv。")
    if len(file.content) > PAGE.file_bytes:
        raise Refusal(f"文件超过{PAGE.file_bytes >> 20}MB。请删去图片等无关内容，或分几个文件导入。")
    parsed = dumped(read(file.name, file.content, kept_words))  # once, however often its page is opened
    sent = Sent(file.name, file.content, parsed)
    uploads.keep(visit.connection, visit.service.vault, visit.person_id, sent, visit.now)
    return Done("还没有写入任何内容。请看下面会改什么。", visit.url(PATH))


def _confirm(visit: Visit, form: Form) -> Done:
    """Write what the preview said, or nothing."""
    file = uploads.waiting(visit.connection, visit.service.vault, visit.person_id, visit.now)
    if file is None:
        raise Refusal("上传的文件已经不在了（只留24小时），请再上传一次。")
    done = carry_out(_importing(visit, file), form.get("digest"))
    uploads.drop(visit.connection, visit.person_id)
    for one in sorted(done.report.touched):
        keep_of(visit.asked, one)
    said = "，".join(
        f"{sheet}新增{added}、修改{changed}" for sheet, added, changed, _ in _tallies(done.report) if added or changed
    )
    note(keeping.keeper(visit), f"导入名册：{said or '没有改动'}")
    return Done(f"已导入：{said or '没有改动'}。", visit.url("roster"))


def _drop(visit: Visit, form: Form) -> Done:
    """Give the file up."""
    uploads.drop(visit.connection, visit.person_id)
    return Done("已放弃，文件已删除，名册没有变。", visit.url(PATH))


def _template(visit: Visit, form: Form) -> Made:
    """The empty workbook."""
    stream = io.BytesIO()
    template(stream)
    return Made("名册模板.xlsx", XLSX, stream.getvalue())


ACTIONS = {"upload": _upload, "confirm": _confirm, "drop": _drop, "template": _template}
