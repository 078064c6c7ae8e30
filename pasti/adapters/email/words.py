"""The words of a letter as clean text, whatever bytes and charsets it claims (51.6.2.g)."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from html import unescape

from pasti.domain.messages import clean

LONGEST_HEADER = 4000
LONGEST_HTML = 2 * 1024 * 1024
# Python's own codecs that are no charset of any letter; some take the square of a text's length.
NO_CHARSETS = re.compile(r"(?i)punycode|idna|.*escape|undefined|mbcs|oem|utf[-_]?7")
TAG = re.compile(r"(<[^<>]*>)")
SILENT_TAGS = frozenset({"script", "style", "head", "title"})
LINE_TAGS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "ul", "ol"})


def decoded(data: bytes, charset: str = "") -> str:
    """The text of `data`: in UTF-8, else in the charset it claims, else as Windows wrote it; never an error."""
    for name in ("utf-8", charset):
        if name and not NO_CHARSETS.fullmatch(name) and not (name == "utf-8" and _is_other(charset)):
            try:
                return clean(data.decode(name))
            except (LookupError, ValueError):  # no such charset, or not in it; an embedded NUL in the name is a ValueError too
                continue
    return clean(data.decode("cp1252", "replace"))


def _is_other(charset: str) -> bool:
    """Whether bytes of that charset may be valid UTF-8 and yet mean something else."""
    return bool(re.match(r"(?i)utf[-_]?(16|32)|iso-2022|hz", charset))


def header(value: str) -> str:
    """One header in words, on one line."""
    raw = value[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
    text = decoded(raw)
    if "=?" in text:
        try:
            pieces = decode_header(text)
        except (HeaderParseError, ValueError):  # broken base64: shown as sent
            pieces = [(text, None)]
        text = "".join(piece if isinstance(piece, str) else decoded(piece, name or "") for piece, name in pieces)
    return " ".join(clean(text).split())


def text_of_html(page: str) -> str:
    """What a reader would see of a page, line by line; each sign is looked at once, however broken it is."""
    lines: list[str] = []
    silent = ""
    for piece in TAG.split(page[:LONGEST_HTML]):
        name = _tag(piece)
        if silent:
            silent = "" if name == f"/{silent}" else silent
        elif name in SILENT_TAGS:
            silent = name
        elif name:
            lines.append("\n" if name.strip("/") in LINE_TAGS else "")
        else:
            lines.append(re.sub(r"\s+", " ", unescape(piece)))
    text = "".join(lines)
    return clean("\n".join(line.strip() for line in re.sub(r"\n{3,}", "\n\n", text).split("\n"))).strip()


def _tag(piece: str) -> str:
    """The name of a tag, "/" before a closing one; empty for text, "!" for a comment."""
    if not (piece.startswith("<") and piece.endswith(">") and len(piece) > 2):
        return ""
    found = re.match(r"<(/?[a-zA-Z][a-zA-Z0-9]*)", piece)
    return found[1].lower() if found else "!"
