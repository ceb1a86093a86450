"""Numbers and the names of what supervisors number, as patterns."""

from __future__ import annotations

NUM = r"\d{1,5}|[零一二三四五六七八九十百两]{1,5}"
ITEM = r"(?:问题|困难|诉求|建议|意见|事项|难题|工单|提案|小提案|反映|事情|条目|台账)"
