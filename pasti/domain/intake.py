"""What is asked before a case is one: the sections of the form, whom the office serves, what is missing (51.1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from pasti.domain.answers import Answers, check_answers
from pasti.domain.errors import FieldProblem, NotServed, field_problem
from pasti.domain.kbli import kbli_fields, require_kbli
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Field, FieldKind, Intake, KbliMapping, LocationGround, ScaleBand, Standard, Text

OUTSIDE = "luar"  # the district's choice for a site outside the regency
SECTIONS = ("business", "place", "scale")
SIZES = {"kecil": Sentence("kecil"), "menengah": Sentence("menengah"), "besar": Sentence("besar")}  # of an industry


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The office's own lists that the form offers: districts and estates as (code, name)."""

    districts: tuple[tuple[str, str], ...]
    estates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One requirement of the dossier as the applicant filled it and the examiner judged it."""

    clause: str
    answers: Answers
    files: int  # current files, replaced ones not counted
    verdict: str = ""  # "" | "met" | "not_met"
    reason: str = ""


def _field(name: str, label: str, kind: FieldKind = FieldKind.TEXT, **more: object) -> Field:
    help = more.pop("help", None)
    return Field(name=name, label=Text(id=label), kind=kind, help=Text(id=str(help)) if help else None, **more)  # type: ignore[arg-type]  # keyword table


def _choices(*pairs: tuple[str, str]) -> tuple[tuple[str, Text], ...]:
    return tuple((value, Text(id=label)) for value, label in pairs)


YES_NO = _choices(("ya", "Ya"), ("tidak", "Tidak"))


@lru_cache(maxsize=8)
def business_fields(mapping: KbliMapping | None = None) -> tuple[Field, ...]:
    """Who applies (51.1, 51.5: the NIB is recorded from OSS), and what an earlier KBLI code has become."""
    return (
        _field("business_name", "Nama usaha", help="Seperti tertulis pada NIB."),
        _field(
            "legal_form",
            "Bentuk usaha",
            FieldKind.CHOICE,
            choices=_choices(
                ("pt", "PT"), ("cv", "CV"), ("perorangan", "Perorangan"), ("koperasi", "Koperasi"), ("lain", "Lainnya")
            ),
        ),
        _field("nib", "Nomor Induk Berusaha (NIB)", check="nib", help="13 angka, dari OSS (oss.go.id)."),
        _field("kbli", "Kode KBLI pada NIB", check="kbli", help="5 angka, tertulis pada lampiran NIB."),
        *kbli_fields(mapping),
        _field("npwp", "NPWP usaha", check="npwp", help="15 atau 16 angka."),
        _field("owner_name", "Nama penanggung jawab"),
        _field(
            "nik", "NIK penanggung jawab", check="nik", help="16 angka. Disimpan terenkripsi, hanya dilihat petugas bila perlu."
        ),
        _field("phone", "Nomor telepon atau WhatsApp", check="phone", help="Contoh: 0812 3456 7890."),
        _field("email", "Alamat surel", check="email", help="Kabar tentang permohonan dikirim ke sini."),
        _field("address", "Alamat usaha", FieldKind.PARAGRAPH, help="Jalan, nomor, RT/RW, desa atau kelurahan."),
    )


@lru_cache(maxsize=8)
def place_fields(choices: Choices, grounds: tuple[LocationGround, ...]) -> tuple[Field, ...]:
    """Where the factory stands, and by which ground (51.1.A.4)."""
    districts = (*choices.districts, (OUTSIDE, Sentence("Di luar kabupaten ini")))
    estates = (*choices.estates, ("lain", Sentence("Kawasan industri lain")))
    return (
        _field("site_address", "Alamat lokasi produksi", FieldKind.PARAGRAPH),
        _field("district", "Kecamatan", FieldKind.CHOICE, choices=_choices(*districts)),
        _field("village", "Desa atau kelurahan"),
        _field("postal_code", "Kode pos", check="postal_code", required=False),
        _field("latitude", "Lintang", check="latitude", required=False, help="Boleh dikosongkan. Contoh: -6.5567."),
        _field("longitude", "Bujur", check="longitude", required=False, help="Boleh dikosongkan. Contoh: 107.4433."),
        _field("crosses_border", "Apakah lokasi melintasi batas kabupaten?", FieldKind.CHOICE, choices=YES_NO),
        _field("in_estate", "Apakah lokasi di dalam kawasan industri?", FieldKind.CHOICE, choices=YES_NO),
        _field("estate", "Nama kawasan industri", FieldKind.CHOICE, choices=_choices(*estates), only_when=("in_estate", "ya")),
        _field("estate_name", "Nama kawasan industri lain itu", only_when=("estate", "lain")),
        _field(
            "ground",
            "Alasan berada di luar kawasan industri",
            FieldKind.CHOICE,
            choices=tuple((g.code, g.title) for g in grounds),
            only_when=("in_estate", "tidak"),
        ),
    )


@cache
def scale_fields() -> tuple[Field, ...]:
    """How large the business is: the scale of PP 7/2021, the industry class, the ownership (51.1.A.1)."""
    return (
        _field(
            "basis",
            "Keadaan usaha",
            FieldKind.CHOICE,
            choices=_choices(("baru", "Usaha baru"), ("berjalan", "Usaha sudah berjalan")),
        ),
        _field(
            "capital",
            "Modal usaha (rupiah)",
            FieldKind.NUMBER,
            help="Tanpa tanah dan bangunan tempat usaha.",
            only_when=("basis", "baru"),
        ),
        _field("yearly_sales", "Hasil penjualan setahun (rupiah)", FieldKind.NUMBER, only_when=("basis", "berjalan")),
        _field("workers", "Jumlah tenaga kerja", FieldKind.NUMBER),
        _field("investment", "Nilai investasi (rupiah)", FieldKind.NUMBER, help="Tanpa tanah dan bangunan tempat usaha."),
        _field(
            "ownership",
            "Kepemilikan modal",
            FieldKind.CHOICE,
            choices=_choices(("pmdn", "Seluruhnya dalam negeri"), ("pma", "Ada modal asing, berapa pun")),
        ),
    )


def section_fields(section: str, standard: Standard, choices: Choices) -> tuple[Field, ...]:
    """The questions of one section of the form; KeyError for a section that does not exist."""
    fields: dict[str, Callable[[], tuple[Field, ...]]] = {
        "business": lambda: business_fields(standard.kbli_mapping),
        "place": lambda: place_fields(choices, standard.intake.location_grounds),
        "scale": scale_fields,
    }
    return fields[section]()


def section_clause(section: str, standard: Standard) -> str:
    """The clause a section stands on."""
    return next((r.clause for r in standard.requirements if r.section == section), standard.cite("1"))


def scale_of(answers: Answers, intake: Intake) -> ScaleBand:
    """The business scale: by capital for a new business, by yearly sales for a running one (51.1.A.1; PP 7/2021).

    `answers` are the clean answers of the section "scale", amounts in rupiah.
    """
    by_capital = answers["basis"] == "baru"
    amount = int(str(answers["capital" if by_capital else "yearly_sales"]))
    for band in intake.scales:
        limit = band.capital_up_to if by_capital else band.sales_up_to
        if limit is None or amount <= limit:
            return band
    return intake.scales[-1]


def industry_class(answers: Answers, intake: Intake) -> str:
    """ "kecil", "menengah" or "besar" by workers and investment: what the location rule goes by (51.1.A.4)."""
    workers, investment = int(str(answers["workers"])), int(str(answers["investment"]))
    if workers <= intake.industry_small_workers:
        return "kecil" if investment < intake.industry_small_investment else "menengah"
    return "menengah" if investment <= intake.industry_medium_investment else "besar"


def require_served(standard: Standard, sections: Mapping[str, Answers]) -> None:
    """Raise NotServed with who does serve it, when this office may not (51.1.A.1, 51.1.A.4). Looks at what is answered so far."""
    intake, place, scale = standard.intake, sections.get("place", {}), sections.get("scale", {})
    place_clause, scale_clause = section_clause("place", standard), section_clause("scale", standard)
    require_kbli(standard, sections.get("business", {}))
    if place.get("district") == OUTSIDE:
        raise NotServed(place_clause, "Lokasi di luar kabupaten ini. {refer_to}", refer_to=intake.outside_regency_refer_to)
    if place.get("crosses_border") == "ya":
        raise NotServed(place_clause, "Lokasi melintasi batas kabupaten. {refer_to}", refer_to=intake.cross_border_refer_to)
    if scale.get("ownership") == "pma":
        raise NotServed(
            scale_clause,
            "Usaha dengan modal asing dilayani di tempat lain. {refer_to}",
            refer_to=intake.foreign_capital_refer_to,
        )
    if scale.get("basis"):
        band = scale_of(scale, intake)
        if not band.served:
            words = "Skala usaha {scale} tidak dilayani standar ini. {refer_to}"
            raise NotServed(scale_clause, words, scale=band.title, refer_to=band.refer_to or "")


def _ground_problem(standard: Standard, place: Answers, scale: Answers) -> tuple[FieldProblem, ...]:
    if place.get("in_estate") != "tidak" or not scale.get("workers"):
        return ()
    ground = next(g for g in standard.intake.location_grounds if g.code == place["ground"])
    size = industry_class(scale, standard.intake)
    if not ground.classes or size in ground.classes:
        return ()
    return (
        field_problem(
            "place.ground",
            section_clause("place", standard),
            "Alasan “{ground}” tidak berlaku untuk industri {size}. Pilih alasan lain pada bagian Lokasi.",
            ground=ground.title,
            size=SIZES[size],
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A draft's sections and rows after checking: what is clean, and every problem left, in the form's order."""

    sections: Mapping[str, Answers]
    problems: tuple[FieldProblem, ...]

    def of_section(self, section: str) -> tuple[FieldProblem, ...]:
        """The problems whose field lies in `section`."""
        return tuple(p for p in self.problems if p.field.partition(".")[0] == section)

    def of_row(self, clause: str) -> tuple[FieldProblem, ...]:
        """The problems of the dossier row of `clause`."""
        return tuple(p for p in self.problems if p.field == clause or p.field.startswith(f"{clause}:"))


def check_section(
    section: str, raw: Mapping[str, object], standard: Standard, choices: Choices, today: date
) -> tuple[Answers, tuple[FieldProblem, ...]]:
    """The clean answers of one section and its problems, fields named "section.field"."""
    fields = section_fields(section, standard, choices)
    return check_answers(fields, raw, clause=section_clause(section, standard), today=today, prefix=f"{section}.")


def check_row(standard: Standard, row: Row, *, place: Answers, today: date) -> tuple[FieldProblem, ...]:
    """What one requirement lacks: answers, files (51.1.A.2, 51.1.A.3, 51.1.B.*). A duty after issue is not asked before it."""
    requirement = standard.requirement(row.clause)
    if requirement.due == "after_issue":
        return ()
    _, problems = check_answers(requirement.fields, row.answers, clause=row.clause, today=today, prefix=f"{row.clause}:")
    outside = requirement.section == "place" and place.get("in_estate") == "tidak"
    if (requirement.evidence == "required" or outside) and row.files == 0:
        problems += (
            field_problem(
                f"{row.clause}:files",
                row.clause,
                "Unggah bukti untuk “{title}” (PDF, JPEG, atau PNG).",
                title=requirement.title,
            ),
        )
    return problems


def check_draft(
    standard: Standard, raw: Mapping[str, Mapping[str, object]], rows: tuple[Row, ...], choices: Choices, today: date
) -> Checked:
    """Everything a draft still lacks before it may be submitted (51.1), nothing refused and nothing lost."""
    clean: dict[str, Answers] = {}
    problems: tuple[FieldProblem, ...] = ()
    for section in SECTIONS:
        answers, found = check_section(section, raw.get(section, {}), standard, choices, today)
        clean[section] = {} if found else answers
        problems += found
    problems += _ground_problem(standard, clean["place"], clean["scale"])
    for row in rows:
        problems += check_row(standard, row, place=clean["place"], today=today)
    return Checked(sections=clean, problems=problems)
