"""Which media type a file is served with: a table of our own, since every machine's is different.

Layer: serve.
"""

from cogen.model.urls import FEED_FILES, FEED_TYPES

UNKNOWN = "application/octet-stream"
HTML = "text/html; charset=utf-8"
_FEEDS = {FEED_FILES[kind]: FEED_TYPES[kind] for kind in FEED_FILES}
_TEXT = {
    "atom": "application/atom+xml",
    "css": "text/css",
    "csv": "text/csv",
    "htm": "text/html",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "rss": "application/rss+xml",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "vcf": "text/vcard",
    "vtt": "text/vtt",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
}
_BYTES = {
    "apng": "image/apng",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "gz": "application/gzip",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ogg": "audio/ogg",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ttf": "font/ttf",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def media_type(name: str) -> str:
    """Give the ``Content-Type`` of a file by its name; texts are UTF-8."""
    extension = name.rpartition(".")[2].lower()
    text = _FEEDS.get(name) or _TEXT.get(extension)
    return f"{text}; charset=utf-8" if text else _BYTES.get(extension, UNKNOWN)
