"""The demonstration office's facilities: most of them seen lately, one worn, one broken, one long not looked at (51.8)."""

from datetime import datetime, timedelta

from pasti import standards
from pasti.actions import facilities
from pasti.domain.calendar import jakarta_day
from pasti.domain.facilities import Check
from pasti.domain.roles import Actor
from pasti.records.facilities import Facility

# (item of component 8 and, where it names several things, which; name, place, days since it was seen, condition, what was seen)
THINGS = (
    ("8.1", "Parkir pengunjung", "Halaman depan", 12, "good", "Garis parkir jelas, ada tempat bagi kursi roda."),
    ("8.2", "Ruang tunggu", "Lantai 1", 12, "good", "Kursi lengkap, kipas menyala."),
    ("8.3", "Meja informasi", "Lantai 1", 12, "good", "Dijaga, papan syarat terpasang."),
    ("8.5", "Meja pengaduan", "Lantai 1", 12, "good", "Formulir dan kotak tersedia."),
    ("8.6", "Komputer mandiri 1", "Lantai 1", 5, "worn", "Papan ketik aus, diganti bulan depan."),
    ("8.21", "Ruang laktasi", "Lantai 1", 12, "good", "Bersih, pintu dapat dikunci."),
    ("8.24/general", "Toilet umum", "Lantai 1", 3, "good", "Bersih, air mengalir, kunci berfungsi."),
    ("8.24/accessible", "Toilet disabilitas", "Lantai 1", 3, "good", "Pegangan kokoh, lantai kering."),
    ("8.28", "Kursi roda 1", "Lantai 1, pintu masuk", 3, "good", "Ban terisi, rem baik."),
    ("8.31/machine", "Mesin antrean", "Lantai 1", 2, "broken", "Pencetak macet; teknisi dijadwalkan."),
    ("8.37/safety", "APAR 1", "Lantai 1, dekat loket", 20, "good", "Segel utuh, jarum hijau."),
    ("8.38", "Kolimator survei", "Lantai 2, gudang", 92, "good", "Lengkap dalam kotaknya."),
    ("13.1", "APAR 2", "Lantai 1, ruang tunggu", 20, "good", "Segel utuh, jarum hijau, petunjuk pakai terpasang."),
)


def furnish(keeper: Actor, entry: str, *, at: datetime) -> None:
    """Enter and check every thing, once."""
    if Facility.objects.filter(entry=entry).exists():
        return
    for item, name, place, days, condition, note in THINGS:
        then = at - timedelta(days=days)
        number, _slash, part = item.partition("/")
        clause = standards.load().in_force(entry, jakarta_day(then)).cite(number)
        row = facilities.enter(keeper, entry, clause, part=part, name=name, place=place, at=then)
        seen = Check(condition=condition, note=note, seen_on=jakarta_day(then), expires_on=None, has_photo=False)
        facilities.check(keeper, row.id, seen, at=then)
