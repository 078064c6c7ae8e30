"""QR codes as pictures (51.8.47)."""

import io

import segno

# Any of the eight is read alike, and ours are addresses and proofs, as good as random without one; weighing them all takes longer
# than the rest of the picture.
MASK = 0


def svg(text: str) -> str:
    """`text` as a QR code, an SVG picture of one path with its quiet zone; its size is the reader's to choose.

    ValueError when the text is longer than a QR code can hold (about 2,300 characters).
    """
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False, mask=MASK).save(
        out, kind="svg", border=4, omitsize=True, xmldecl=False
    )
    return out.getvalue().decode()
