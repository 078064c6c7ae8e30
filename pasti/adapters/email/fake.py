"""A stand-in for the office's mail server, over real SMTP: `python -m pasti.adapters.email.fake --port N --data DIR` (51.3).

It listens on this machine only and puts each letter into the folder as one .eml file, whole or not at all.
"""

import argparse
import asyncio
import os
import secrets
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

# What stands before the @ of an address that makes the server say no, for trying out what happens then.
REFUSALS = {
    "sementara": "451 4.3.0 Coba lagi nanti",
    "ditolak": "550 5.1.1 Alamat tidak dikenal",
}


class Mailbox:
    """Takes letters into a folder that only its owner may read: they hold personal data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Refuse the addresses of `REFUSALS`, accept all others."""
        if refusal := REFUSALS.get(address.partition("@")[0]):
            return refusal
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the letter; it is on the disk before the server says so."""
        content = envelope.content
        assert isinstance(content, bytes), "the server does not decode"
        self.keep(content)
        return "250 OK"

    def keep(self, content: bytes) -> Path:
        """Write one letter under a name that sorts by time: first beside its place, then moved there."""
        place = self.folder / f"{time.time_ns():020}-{secrets.token_hex(4)}.eml"
        beside = place.with_suffix(".part")
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
        return place


async def serve(port: int, folder: Path) -> None:
    """Take letters on 127.0.0.1:`port` until told to stop. OSError when the port is taken."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    mailbox = Mailbox(folder)
    server = await loop.create_server(lambda: SMTP(mailbox, enable_SMTPUTF8=True, hostname="pasti.invalid"), "127.0.0.1", port)
    print(f"Kotak surat peragaan: smtp://127.0.0.1:{port}, surat disimpan di {folder}", flush=True)  # noqa: T201  # a program
    await stop.wait()
    server.close()


def main() -> int:
    """Run the stand-in; 1 when the port is taken."""
    parser = argparse.ArgumentParser(description="Peladen surat peragaan: menerima SMTP dan menyimpan surat sebagai berkas .eml.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", "--mailbox", dest="folder", type=Path, required=True, help="folder tempat surat disimpan")
    args = parser.parse_args()
    try:
        asyncio.run(serve(args.port, args.folder))
    except OSError as taken:
        print(f"Tidak dapat menerima surat di port {args.port}: {taken.strerror}", file=sys.stderr)  # noqa: T201  # a program
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
