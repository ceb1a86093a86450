"""公众号, 网页授权: who holds the browser that opened a link, asked of the platform without a word to the person."""

from __future__ import annotations

from typing import Any

from wechatpy.oauth import WeChatOAuth

from bot.channels.base import SendError
from bot.channels.official_reading import CHANNEL
from bot.channels.official_sending import TIMEOUT, faults


class _OAuth(WeChatOAuth):  # type: ignore[misc]
    """wechatpy's client with time-outs, at the configured address."""

    def __init__(self, app_id: str, secret: str, base_url: str, back: str = "", state: str = "") -> None:
        super().__init__(app_id, secret, back, "snsapi_base", state)
        # It shares the host of the other interfaces, not their folder.
        self.API_BASE_URL = base_url.rstrip("/").removesuffix("/cgi-bin") + "/"

    def _get(self, url: str, **more: Any) -> Any:
        return super()._get(url, timeout=TIMEOUT, **more)


class OfficialLogin:
    """The 公众号 as the pages see it."""

    channel = CHANNEL

    def __init__(self, app_id: str, secret: str, base_url: str) -> None:
        self._account = (app_id, secret, base_url)

    def address(self, back: str, state: str) -> str:
        """Where a browser is sent to be known; it comes back to `back` with `code` and `state`."""
        return str(_OAuth(*self._account, back, state).authorize_url)

    def user(self, code: str) -> str:
        """The user of a code, which is good once; raises SendError. No message of it holds the code or the secret."""
        try:
            with faults("retry"):
                return str(_OAuth(*self._account).fetch_access_token(code)["openid"])
        except (KeyError, TypeError, ValueError):
            raise SendError("an answer that is not the platform's (a proxy's page?)", "retry") from None
