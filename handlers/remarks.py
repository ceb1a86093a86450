"""The remark at the end of a message: what stands after its first comma."""

from __future__ import annotations

import re

_REMARK = re.compile(r"^[^，,。;；:：\s]+[，,。;；:：\s]+(?P<words>\S.{0,199})$", re.DOTALL)


def remark(words: str) -> str:
    """退回李红的清单，宣讲场次太少 gives 宣讲场次太少; empty where there is none."""
    found = _REMARK.match(words.strip())
    return found["words"].strip(" 。") if found else ""
