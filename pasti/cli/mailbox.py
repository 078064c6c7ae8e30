"""`pasti mailbox`: whether the mailbox for complaints can be read, and how many letters wait in it (51.6.2.g)."""

import argparse
import os


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `mailbox`."""
    parser = commands.add_parser("mailbox", help="periksa kotak surat pengaduan, tanpa mengambil apa pun")
    parser.set_defaults(run=run, needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Look, and take nothing; 1 when no mailbox is set. DoorClosed, which is told, when it cannot be opened."""
    from pasti.adapters.email.mailbox import opened

    url = os.environ.get("PASTI_IMAP_URL", "")
    if not url:
        print("Pengaduan lewat surel tidak dibaca: PASTI_IMAP_URL belum diisi. Contoh: imaps://pengguna:sandi@peladen:993/INBOX")
        return 1
    with opened(url) as mailbox:
        waiting = sum(1 for _ in mailbox.waiting())
    print(f"Kotak surat dapat dibaca; {waiting} surat menunggu diambil.")
    return 0
