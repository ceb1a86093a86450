"""Where the days of the records begin and end."""

from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
