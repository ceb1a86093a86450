"""A link to a file, with the code that opens it."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import randbelow
from typing import Any

from handlers.asked import Asked
from models.files import ask_file
from models.refusal import Refusal


def link(asked: Asked, form: str, wanted: Mapping[str, Any], what: str) -> str:
    """Keep what was asked for, and say where it lies and what opens it."""
    if asked.address is None:
        raise Refusal("还发不了文件：服务还没有设置对外网址，请管理员填好 DUNDIAN_BASE_URL。")
    code = f"{randbelow(10**6):06}"
    number = ask_file(asked.connection, asked.actor, form, asked.vault.hash(f"file {code}"), wanted)
    return (
        f"{what}，点开后输入取件码{code}：\n{asked.address(number)}\n"
        "24小时内有效，只认第一个输对取件码的手机或电脑，转发给别人打不开。"
    )
