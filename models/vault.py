"""Encryption of what identifies an adult, and a keyed hash to find it by."""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256

from cryptography.fernet import Fernet


class Vault:
    """Encrypts and hashes with keys derived from the service's one secret key."""

    def __init__(self, secret_key: str) -> None:
        self._hash_key = hmac.digest(secret_key.encode(), b"dundian look-up", sha256)
        self._fernet = Fernet(base64.urlsafe_b64encode(hmac.digest(secret_key.encode(), b"dundian store", sha256)))

    def lock(self, plain: str) -> str:
        """Encrypt; empty stays empty."""
        return self._fernet.encrypt(plain.encode()).decode() if plain else ""

    def unlock(self, cipher: str) -> str:
        """Decrypt; raises cryptography.fernet.InvalidToken where the key is another."""
        return self._fernet.decrypt(cipher.encode()).decode() if cipher else ""

    def seal(self, content: bytes) -> bytes:
        """Encrypt a file."""
        return self._fernet.encrypt(content)

    def unseal(self, cipher: bytes) -> bytes:
        """Decrypt a file; raises as `unlock` does."""
        return self._fernet.decrypt(cipher)

    def hash(self, plain: str) -> str:
        """A keyed hash, equal for equal words, useless without the key."""
        return hmac.digest(self._hash_key, plain.encode(), sha256).hex()
