"""`pasti ledger verify`: whether every chain of facts still holds (51.10.2)."""

import argparse


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `ledger verify`."""
    parser = commands.add_parser("ledger", help="periksa jejak audit")
    words = parser.add_subparsers(dest="word", required=True)
    verify = words.add_parser("verify", help="hitung ulang setiap rantai; menyebut sambungan pertama yang putus")
    verify.set_defaults(run=run, needs="tables")


def run(args: argparse.Namespace) -> int:
    """Recompute every chain; 1 and the first fault when one does not hold."""
    from pasti.queries import ledger

    report = ledger.verify()
    print(f"{report.entries} catatan dalam {report.chains} rantai diperiksa.")
    if report.fault:
        print(f"PUTUS: {report.fault}")
        return 1
    print("Utuh: setiap catatan menyambung ke catatan sebelumnya.")
    return 0
