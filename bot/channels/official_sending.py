"""公众号, sending: customer-service messages by the platform's interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock
from time import sleep
from typing import Any, Protocol

import requests
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException, WeChatOAuthException

from bot.channels.base import Allowance, Outgoing, Receipt, SendError, first_page
from bot.channels.official import NOT_XML
from bot.channels.official_errors import RULES, STALE_TOKEN, TOKEN_RULES, TOO_LONG, Rule, error, http_error
from bot.channels.official_reading import CHANNEL
from bot.channels.official_template import Template

TIMEOUT = (3.05, 8.0)  # seconds to connect, and to answer
EARLY = timedelta(minutes=5)  # a token is renewed this long before it ends
SHORT_BYTES = 1000
TURN_SECONDS, TURNS = 0.25, 60  # how long to wait for another process that fetches a token
CUSTOM_PATH, TEMPLATE_PATH = "message/custom/send", "message/template/send"

# Five messages within 48 hours of what a user sent, three within a minute of a tap or a scan; a little is kept in hand,
# since the platform's clock is not ours.
WROTE, TAPPED = Allowance(5, 48 * 3600 - 60), Allowance(3, 50)
ALLOWANCES: Mapping[str, Allowance] = {
    **dict.fromkeys(("text", "voice", "image", "video", "location", "link", "file"), WROTE),
    **dict.fromkeys(("click", "subscribe", "scan"), TAPPED),
}


class Tokens(Protocol):
    """Where access tokens are kept, for all processes, and who may fetch one now."""

    def get(self, name: str, now: datetime) -> str | None:
        """The token, unless it has ended."""

    def set(self, name: str, token: str, until: datetime) -> None:
        """Keep a token until a moment."""

    def take_turn(self, name: str, now: datetime) -> bool:
        """Whether the caller may fetch; nobody else may until its turn has ended, or lasted too long."""

    def end_turn(self, name: str) -> None:
        """Let others fetch."""

    def may_force(self, name: str, now: datetime) -> bool:
        """Whether the platform may be asked to renew a token before its time; noted as done where it may."""


class TokensInMemory:
    """Tokens of one process; for checks and tests."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, datetime]] = {}
        self._turn = Lock()

    def get(self, name: str, now: datetime) -> str | None:
        """The token, unless it has ended."""
        token, until = self._kept.get(name, (None, now))
        return token if until > now else None

    def set(self, name: str, token: str, until: datetime) -> None:
        """Keep a token until a moment."""
        self._kept[name] = (token, until)

    def take_turn(self, name: str, now: datetime) -> bool:  # noqa: ARG002
        """Whether the caller may fetch."""
        return self._turn.acquire(blocking=False)

    def end_turn(self, name: str) -> None:  # noqa: ARG002
        """Let others fetch."""
        self._turn.release()

    def may_force(self, name: str, now: datetime) -> bool:  # noqa: ARG002
        """A check may."""
        return True


class Client(WeChatClient):  # type: ignore[misc]
    """wechatpy's client with time-outs everywhere, the stable token, and no renewals without end."""

    def __init__(self, app_id: str, secret: str, base_url: str, tokens: Tokens, now: Callable[[], datetime]) -> None:
        super().__init__(app_id, secret, timeout=TIMEOUT, auto_retry=False)
        self.API_BASE_URL = base_url.rstrip("/") + "/"
        self._tokens = tokens
        self._now = now

    @property
    def access_token(self) -> str:
        """The kept token, or a new one."""
        return self._tokens.get(self.access_token_key, self._now()) or self._obtain("")

    def fetch_access_token(self, force: bool = False) -> str:
        """A token from the stable interface, which gives every process the same one; `force` makes the platform renew it."""
        asked = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret, "force_refresh": force}
        try:
            response = self._http.post(self.API_BASE_URL + "stable_token", json=asked, timeout=TIMEOUT)
        except requests.RequestException as fault:
            raise SendError(f"no token: {type(fault).__name__}", "retry") from None
        if response.status_code != 200:
            raise SendError(f"no token: HTTP {response.status_code}", "retry", wait=60)
        return self._keep(accepted(self._decode_result(response), TOKEN_RULES))

    def renew(self, refused: str) -> None:
        """Replace a token that the platform refused, unless another process has done so."""
        self._obtain(refused)

    def _obtain(self, refused: str) -> str:
        """A token other than the refused one: what another process fetches meanwhile, else fetched in our turn."""
        for _ in range(TURNS):
            if self._tokens.take_turn(self.access_token_key, self._now()):
                try:
                    return self._newer(refused) or self._fetch_anew(refused)
                finally:
                    self._tokens.end_turn(self.access_token_key)
            sleep(TURN_SECONDS)
            if newer := self._newer(refused):
                return newer
        raise SendError("no token: another process is fetching one", "retry", wait=10)

    def _newer(self, refused: str) -> str | None:
        kept = self._tokens.get(self.access_token_key, self._now())
        return kept if kept != refused else None

    def _fetch_anew(self, refused: str) -> str:
        """The platform gives another token where the former has ended; only one it still holds good must be forced."""
        token = self.fetch_access_token()
        if token != refused:
            return token
        if not self._tokens.may_force(self.access_token_key, self._now()):
            raise SendError("the token is refused, and was renewed just now or too often today", "pause", wait=60)
        return self.fetch_access_token(force=True)

    def _keep(self, answer: Mapping[str, Any]) -> str:
        token, seconds = answer.get("access_token"), answer.get("expires_in", 7200)
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            raise SendError("no token in the platform's answer", "retry")
        self._tokens.set(self.access_token_key, token, self._now() + timedelta(seconds=seconds) - EARLY)
        return token


class OfficialChannel:
    """The 公众号 as the outbox sees it."""

    name = CHANNEL
    allowances = ALLOWANCES
    drops_repeats = False

    def __init__(self, client: Client, template: Template | None = None) -> None:
        self._client = client
        self._template = template
        self.ways = ("custom", "template") if template else ("custom",)

    def send(self, message: Outgoing) -> Receipt:
        """Push one message; raises SendError."""
        answer = self._by_template(message) if message.way == "template" else self._by_custom(message)
        return Receipt(message.way, str(answer.get("msgid", "")))

    def _by_template(self, message: Outgoing) -> Mapping[str, Any]:
        if self._template is None:
            raise SendError("no template is configured", "hold")
        return self._deliver(TEMPLATE_PATH, self._template.body(message))

    def _by_custom(self, message: Outgoing) -> Mapping[str, Any]:
        text = NOT_XML.sub("", message.text)
        try:
            return self._deliver(CUSTOM_PATH, _words(message.user, first_page(text)[0]))
        except SendError as fault:
            if fault.code != TOO_LONG:
                raise
        return self._deliver(CUSTOM_PATH, _words(message.user, first_page(text, SHORT_BYTES)[0]))

    def _deliver(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return renewed(self._client, lambda: self._client.post(path, data=body), "doubtful")


def renewed(client: Client, call: Callable[[], object], lost: str) -> Mapping[str, Any]:
    """Make a call, once more with another token where it was the token; raises SendError, with `lost` where no answer came."""
    token = client.access_token
    try:
        return _called(call, lost)
    except SendError as fault:
        if fault.code not in STALE_TOKEN:
            raise
    client.renew(token)
    return _called(call, lost)


def _called(call: Callable[[], object], lost: str) -> Mapping[str, Any]:
    with faults(lost):
        return accepted(call(), lost=lost)


@contextmanager
def faults(lost: str) -> Iterator[None]:
    """Whatever wechatpy raises in a call becomes a SendError, with `lost` where no answer came."""
    try:
        yield
    except (WeChatClientException, WeChatOAuthException) as fault:
        if fault.errcode is None:
            raise http_error(fault.response.status_code) from None
        raise error(fault.errcode, str(fault.errmsg)) from None
    except requests.RequestException as fault:
        raise SendError(type(fault).__name__, "retry" if never_sent(fault) else lost) from None


def _words(user: str, text: str) -> Mapping[str, Any]:
    return {"touser": user, "msgtype": "text", "text": {"content": text}}


def accepted(answer: object, rules: Mapping[int, Rule] = RULES, lost: str = "retry") -> Mapping[str, Any]:
    """The platform's answer where it is one and says success; raises SendError, with `lost` where its answer was lost."""
    if not isinstance(answer, dict) or (lost == "doubtful" and "errcode" not in answer):
        raise SendError("an answer that is not the platform's (a proxy's page?)", lost, wait=60)
    if answer.get("errcode", 0) != 0:
        raise error(int(answer["errcode"]), str(answer.get("errmsg", "")), rules)
    return answer


def never_sent(fault: requests.RequestException) -> bool:
    """Whether the connection was not even made, so that nothing can have arrived."""
    if isinstance(fault, requests.ConnectTimeout):
        return True
    reason = getattr(fault.args[0], "reason", None) if fault.args else None
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
