"""公众号, sending: customer-service messages by the platform's interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

import requests
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from bot.channels.base import Outgoing, Receipt, SendError, first_page
from bot.channels.official import NOT_XML
from bot.channels.official_errors import RULES, STALE_TOKEN, TOKEN_RULES, TOO_LONG, Rule, error, http_error
from bot.channels.official_reading import CHANNEL

TIMEOUT = (3.05, 8.0)  # seconds to connect, and to answer
EARLY = timedelta(minutes=5)  # a token is renewed this long before it ends
SHORT_BYTES = 1000


class Tokens(Protocol):
    """Where an access token is kept, for all processes."""

    def get(self, name: str, now: datetime) -> str | None:
        """The token, unless it has ended."""
        ...

    def set(self, name: str, token: str, until: datetime) -> None:
        """Keep a token until a moment."""
        ...


class TokensInMemory:
    """Tokens of one process; for checks and tests."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, datetime]] = {}

    def get(self, name: str, now: datetime) -> str | None:
        """The token, unless it has ended."""
        token, until = self._kept.get(name, (None, now))
        return token if until > now else None

    def set(self, name: str, token: str, until: datetime) -> None:
        """Keep a token until a moment."""
        self._kept[name] = (token, until)


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
        return self._tokens.get(self.access_token_key, self._now()) or self.fetch_access_token()

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
        if self._tokens.get(self.access_token_key, self._now()) in (refused, None):
            self.fetch_access_token(force=True)

    def _keep(self, answer: Mapping[str, Any]) -> str:
        token, seconds = answer.get("access_token"), answer.get("expires_in", 7200)
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            raise SendError("no token in the platform's answer", "retry")
        self._tokens.set(self.access_token_key, token, self._now() + timedelta(seconds=seconds) - EARLY)
        return token


class OfficialChannel:
    """The 公众号 as the outbox sees it."""

    name = CHANNEL

    def __init__(self, client: Client) -> None:
        self._client = client

    def send(self, message: Outgoing) -> Receipt:
        """Push one customer-service message; raises SendError."""
        text = NOT_XML.sub("", message.text)
        try:
            answer = self._deliver(message.user, first_page(text)[0])
        except SendError as fault:
            if fault.code != TOO_LONG:
                raise
            answer = self._deliver(message.user, first_page(text, SHORT_BYTES)[0])
        return Receipt("custom", str(answer.get("msgid", "")))

    def _deliver(self, user: str, text: str) -> Mapping[str, Any]:
        token = self._client.access_token
        try:
            return self._post(user, text)
        except SendError as fault:
            if fault.code not in STALE_TOKEN:
                raise
        self._client.renew(token)
        return self._post(user, text)

    def _post(self, user: str, text: str) -> Mapping[str, Any]:
        try:
            return accepted(self._client.message.send_text(user, text))
        except WeChatClientException as fault:
            if fault.errcode is None:
                raise http_error(fault.response.status_code) from None
            raise error(fault.errcode, str(fault.errmsg)) from None
        except requests.RequestException as fault:
            raise SendError(type(fault).__name__, "retry" if never_sent(fault) else "doubtful") from None


def accepted(answer: object, rules: Mapping[int, Rule] = RULES) -> Mapping[str, Any]:
    """The platform's answer where it is one and says success; raises SendError."""
    if not isinstance(answer, dict):
        raise SendError("an answer that is not the platform's (a proxy's page?)", "retry", wait=60)
    if answer.get("errcode", 0) != 0:
        raise error(int(answer["errcode"]), str(answer.get("errmsg", "")), rules)
    return answer


def never_sent(fault: requests.RequestException) -> bool:
    """Whether the connection was not even made, so that nothing can have arrived."""
    if isinstance(fault, requests.ConnectTimeout):
        return True
    reason = getattr(fault.args[0], "reason", None) if fault.args else None
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
