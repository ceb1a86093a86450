"""A link to a file or to the pages, with the code that opens it."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import randbelow
from typing import Any

from handlers.asked import Asked
from models.passes import PAGES, issue
from models.refusal import Refusal

CODED = ("点开后输入取件码", "24小时内有效，只认第一个输对取件码的手机或电脑，转发给别人打不开。")
KNOWN = ("在微信里点开就行，别处打开时输入取件码", "24小时内有效，转发给别人打不开。")


def link(asked: Asked, form: str, wanted: Mapping[str, Any], what: str) -> str:
    """Keep what was asked for, and say where it lies and what opens it."""
    return _link(asked, "f", form, wanted, "", what)


def page_link(asked: Asked, page: str, what: str) -> str:
    """The same for the pages; `page` is the one to begin with."""
    return _link(asked, "p", PAGES, {}, f"/{page}", what)


def _link(asked: Asked, kind: str, title: str, wanted: Mapping[str, Any], below: str, what: str) -> str:
    if asked.address is None:
        raise Refusal("还发不了链接：服务还没有设置对外网址，请管理员填好 DUNDIAN_BASE_URL。")
    code = f"{randbelow(10**6):06}"
    number = issue(asked.connection, asked.actor, title, asked.vault.hash(f"file {code}"), wanted)
    how, ends = KNOWN if asked.address.known else CODED
    return f"{what}，{how}{code}：\n{asked.address(kind, number)}{below}\n{ends}"
