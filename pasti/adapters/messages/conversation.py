"""What was said through the stand-in: a file of lines, and the page that shows it (51.6.2.e, 51.6.2.f)."""

import json
import os
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from threading import Lock

SHOWN = 50
PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Gerbang pesan peragaan</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body{{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1rem;color:#0b0c0c}}
label{{display:block;font-weight:700;margin-top:1rem}} input,select,textarea{{font:inherit;width:100%;box-sizing:border-box}}
button{{font:inherit;font-weight:700;margin:1rem 0;padding:.5rem 1rem}}
li{{margin:1rem 0;white-space:pre-wrap;overflow-wrap:anywhere}}
ol{{padding-left:1.2rem}} .kantor{{border-left:.3rem solid #00703c;padding-left:.7rem}} small{{display:block}}
[role=alert]{{border:.2rem solid #d4351c;padding:.7rem}}</style></head><body><main>
<h1>Kirim pesan ke kantor</h1><p>Gerbang ini peragaan: tidak ada yang sampai ke telepon sungguhan.</p>{problem}
<form method="post" action="/say">
<label for="from">Nomor telepon Anda</label><input id="from" name="from" type="tel" autocomplete="tel" required>
<label for="medium">Lewat</label><select id="medium" name="medium"><option value="sms">SMS</option>
<option value="whatsapp">WhatsApp</option></select>
<label for="text">Pesan</label><textarea id="text" name="text" rows="4" required></textarea><button>Kirim</button></form>
<h2>Percakapan</h2><p><a href="/">Muat ulang</a> untuk melihat jawaban kantor.</p><ol reversed>{lines}</ol></main></body></html>
"""
LINE = '<li class="{side}"><strong>{who}</strong> ({medium})\n{text}<small>{state}</small></li>'


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message, the office's or a person's with that number."""

    id: str
    medium: str
    number: str
    text: str
    is_office: bool
    state: str = ""


class Conversation:
    """Everything said, in memory and in one file that only its owner may read. Safe for many threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = folder / "messages.jsonl"
        self._lock = Lock()
        self._lines: dict[str, Line] = {}
        if self._file.exists():
            for written in self._file.read_text().splitlines():
                line = Line(**json.loads(written))
                self._lines[line.id] = line

    def add(self, line: Line) -> bool:
        """Keep it; False when one of its id is kept already."""
        with self._lock:
            if line.id in self._lines:
                return False
            self._write(line)
            return True

    def note(self, id: str, state: str) -> None:
        """What became of it."""
        with self._lock:
            self._write(replace(self._lines[id], state=state))

    def lines(self) -> list[Line]:
        """The latest, the newest first."""
        with self._lock:
            return list(reversed(self._lines.values()))[:SHOWN]

    def _write(self, line: Line) -> None:
        self._lines[line.id] = line
        with open(os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.write(json.dumps(asdict(line)) + "\n")


def page(lines: list[Line], *, problem: str) -> str:
    """The form, and what was said."""
    shown = "".join(
        LINE.format(
            side="kantor" if line.is_office else "orang",
            who=escape(f"Kantor kepada {line.number}" if line.is_office else line.number),
            medium=escape(line.medium),
            text=escape(line.text),
            state=escape(line.state),
        )
        for line in lines
    )
    return PAGE.format(problem=f'<p role="alert">{escape(problem)}</p>' if problem else "", lines=shown)
