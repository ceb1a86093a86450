"""公众号: what follows from each of the platform's error codes, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.base import SendError

MINUTE = 60
DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Rule:
    """What an error code asks for: one of ACTIONS, what it means, how many seconds to wait at least."""

    action: str
    meaning: str
    wait: int = 0


STALE_TOKEN = frozenset({40001, 40014, 42001})  # the stored access token will not do; a new one may
TOO_LONG = 45002

# https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html
RULES: Mapping[int, Rule] = {
    -1: Rule("retry", "the platform is busy", 2),
    40001: Rule("pause", "access token refused, also a new one", MINUTE),
    40014: Rule("pause", "access token refused, also a new one", MINUTE),
    42001: Rule("pause", "access token expired, also a new one", MINUTE),
    40164: Rule("stop", "this server's IP is not on the whitelist of the 公众号 console"),
    61004: Rule("stop", "this server's IP is not on the whitelist of the 公众号 console"),
    89503: Rule("stop", "an administrator of the 公众号 must confirm this server's IP"),
    40013: Rule("stop", "WECHAT_APP_ID is wrong"),
    40125: Rule("stop", "WECHAT_APP_SECRET is wrong"),
    41001: Rule("stop", "the access token is missing"),
    41002: Rule("stop", "WECHAT_APP_ID is missing"),
    40029: Rule("drop", "the code of 网页授权 is none"),
    40163: Rule("drop", "the code of 网页授权 was used already"),
    40003: Rule("drop", "no such follower of this 公众号"),
    43004: Rule("drop", "the person does not follow the 公众号 any more"),
    43019: Rule("drop", "the person is on the blacklist"),
    48002: Rule("drop", "the person refuses messages"),
    50002: Rule("drop", "the person's account is restricted"),
    43101: Rule("fallback", "no subscription is left"),
    45015: Rule("fallback", "the person has not written for 48 hours"),
    45047: Rule("hold", "five messages since the person last wrote"),
    TOO_LONG: Rule("alarm", "too long, also when shortened"),
    45009: Rule("pause", "the day's quota of this interface is used up", DAY),
    45011: Rule("pause", "too many calls in this minute", MINUTE),
    43117: Rule("retry", "too many messages to this person", MINUTE),
    43108: Rule("retry", "two messages to this person at once", 5),
    40037: Rule("alarm", "the template is unknown"),
    41030: Rule("alarm", "the template's page is wrong"),
    47003: Rule("alarm", "the template's fields are wrong"),
    43107: Rule("alarm", "subscription messages are banned"),
    43116: Rule("alarm", "the template is banned"),
    45168: Rule("alarm", "the platform takes the words for sensitive"),
    87014: Rule("alarm", "the platform takes the words for sensitive"),
    48001: Rule("stop", "this kind of 公众号 may not use the interface"),
    48004: Rule("stop", "the interface is banned for this 公众号"),
}
UNKNOWN = Rule("alarm", "an error code without a rule")

# A new token was asked for, not used: then a refused credential is the secret itself.
TOKEN_RULES: Mapping[int, Rule] = {**RULES, 40001: Rule("stop", "WECHAT_APP_SECRET is wrong")}

# HTTP answers that are not the platform's JSON: these were certainly not carried out, other faults of the server may have been.
NOT_DONE = frozenset({429, 503})


def error(code: int, words: str, rules: Mapping[int, Rule] = RULES) -> SendError:
    """What to raise for an error code; `words` is the platform's errmsg, whose `rid` its support asks for."""
    rule = rules.get(code, UNKNOWN)
    return SendError(f"{code}: {rule.meaning} ({words})", rule.action, code, rule.wait)


def http_error(status: int) -> SendError:
    """What to raise for an HTTP status that is no success."""
    if status in NOT_DONE:
        return SendError(f"HTTP {status}", "retry", wait=MINUTE)
    return SendError(f"HTTP {status}", "doubtful" if status >= 500 else "alarm")
