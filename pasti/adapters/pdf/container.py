"""The part of a signature that no signature covers: its own wrapping, checked to hold nothing but what is needed (51.5).

A PDF signature leaves a gap for itself. Whoever changes a letter there changes nothing that was signed, and the format lets it
pass; we do not, so that a changed byte is a changed byte wherever it lies.
"""

from typing import Any

from asn1crypto import cms, parser  # type: ignore[import-untyped]  # it ships no types

STAMP = "signature_time_stamp_token"


def gap_is_plain(gap: bytes) -> bool:
    """Whether the gap is one plain signature in one kind of hexadecimal letters, then zeros. ValueError when it is none."""
    letters = gap[1:-1]
    if gap[:1] + gap[-1:] != b"<>" or letters not in (letters.lower(), letters.upper()):
        return False
    content = bytes.fromhex(letters.decode("ascii"))
    size = parser.peek(content)
    if content[size:].strip(b"\0"):
        return False
    info = cms.ContentInfo.load(content[:size])
    return _parts(info) == 2 and _is_plain(info["content"])


def _parts(value: Any) -> int:
    """How many elements a sequence really holds, known to its reader or not."""
    at = count = 0
    while at < len(value.contents):
        at += parser.peek(value.contents[at:])
        count += 1
    return count


def _is_plain(data: Any) -> bool:
    """One signer; the versions and digests that the rest implies; no attribute beside a time stamp, itself plain."""
    if len(data["signer_infos"]) != 1 or len(data["digest_algorithms"]) != 1:
        return False
    signer = data["signer_infos"][0]
    by_key = signer["sid"].name == "subject_key_identifier"
    versions = ("v3" if by_key or data["encap_content_info"]["content_type"].native != "data" else "v1", "v3" if by_key else "v1")
    digests = (data["digest_algorithms"][0], signer["digest_algorithm"])
    unsigned = signer["unsigned_attrs"]
    return (
        (data["version"].native, signer["version"].native) == versions
        and digests[0]["algorithm"].native == digests[1]["algorithm"].native
        and all(digest["parameters"].native is None and digest["parameters"].tag in (None, 5) for digest in digests)
        and len(unsigned) <= 1
        and _parts(signer) == 6 + len(unsigned)
        and all(_is_stamp(attribute) for attribute in unsigned)
    )


def _is_stamp(attribute: Any) -> bool:
    if attribute["type"].native != STAMP or len(attribute["values"]) != 1:
        return False
    token = attribute["values"][0]
    return (
        token["content_type"].native == "signed_data"
        and not token["content"]["signer_infos"][0]["unsigned_attrs"]
        and _is_plain(token["content"])
    )
