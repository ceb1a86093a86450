"""The two applications that throughput.py drives: the service, and a wechatpy echo bot, both for gunicorn."""

from __future__ import annotations

import os

from flask import Flask, request
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

from bot.wsgi import application


def service() -> Flask:
    """The service as configured by the environment."""
    return application()


def echo() -> Flask:
    """The least a 公众号 bot in safe mode can do: decrypt, parse, say it back, encrypt."""
    app = Flask("echo")
    crypto = WeChatCrypto(
        os.environ["WECHAT_TOKEN"], os.environ["WECHAT_ENCODING_AES_KEY"], os.environ["WECHAT_APP_ID"]
    )

    @app.post("/wechat/official")
    def receive() -> str:
        names = ("msg_signature", "timestamp", "nonce")
        signature, timestamp, nonce = (request.args[name] for name in names)
        message = parse_message(crypto.decrypt_message(request.data, signature, timestamp, nonce))
        reply = create_reply(message.content, message).render()
        return str(crypto.encrypt_message(reply, nonce, timestamp))

    return app
