"""Static files, compressed once, cached by browsers for as long as their content stays the same."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from flask import Request, Response

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to go out."""

    content: bytes
    packed: bytes
    mimetype: str
    version: str


def load_assets(folder: Path = FOLDER) -> Mapping[str, Asset]:
    """Every file that pages may ask for, by its name."""
    return {path.name: _load(path) for path in sorted(folder.iterdir()) if path.suffix in TYPES}


def _load(path: Path) -> Asset:
    content = path.read_bytes()
    version = blake2b(content, digest_size=6).hexdigest()
    return Asset(content, gzip.compress(content, 9, mtime=0), TYPES[path.suffix], version)


def asset_response(asset: Asset, request: Request) -> Response:
    """The file, gzipped for who takes that; its address holds its version, so it never grows stale."""
    packed = request.accept_encodings["gzip"] > 0
    response = Response(asset.packed if packed else asset.content, mimetype=asset.mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.set_etag(asset.version + ("-gzip" if packed else ""))
    response.make_conditional(request)
    return response
