"""The strict reader: every fault at once, on its own line, as a sentence (51.1 to 51.14)."""

from pathlib import Path

import pytest

from pasti.standards import PACKAGE_FOLDER
from tests.standards.library import EDITION, break_line, copy, faults

DUTIES = "51/2022-01-03/duties.yaml"
HANDLING = "51/2022-01-03/complaints.yaml"
STAFFING = "51/2022-01-03/staffing.yaml"
FIVE_MISTAKES: list[tuple[str, str, str, str]] = [
    (EDITION, "issuer: local", "issuer: dinas", "issuer: “dinas” tidak dikenal; pilih local atau oss."),
    (EDITION, "staff_required: 30", "staff_requird: 30", "staff_requird: kunci tidak dikenal; maksudnya “staff_required”?"),
    (EDITION, "amount: 7,", "amount: tujuh,", "clock.promise.amount: harus bilangan bulat, bukan “tujuh”."),
    (EDITION, "procedure: 16", "procedure: 17", "prosedur 17 tidak ada di procedures; pilih 3, 7, 12, 16."),
    (EDITION, "51.7.2: PP-5-2021", "51.7.2: PP-50-2021", "dasar hukum PP-50-2021 tidak ada di legal_bases.yaml"),
]

ONE_MISTAKE: list[tuple[str, str, str, str]] = [
    (EDITION, "entry: 51", "entry: 52", "entry 52 tidak sama dengan nama folder; seharusnya 51."),
    (EDITION, "effective: 2022-01-03", "effective: 2022-01-04", "tidak sama dengan nama berkas; seharusnya 2022-01-03."),
    (EDITION, "effective: 2022-01-03", "effective: 2022-02-30", "“2022-02-30” bukan tanggal; tulis TTTT-BB-HH"),
    (EDITION, 'closing: "16:00"', 'closing: "16:30"', "closing 16:30 sesudah kantor tutup; paling lambat 16:00."),
    (EDITION, "warnings: [3, 1, 0]", "warnings: [1, 3, 0]", "warnings harus menurun"),
    (EDITION, "day_zero: true", "day_zero: yes", "clock.day_zero: harus true atau false, bukan “yes”."),
    (EDITION, "fee_rupiah: 0", "fee_rupiah: 012", "fee_rupiah: harus bilangan bulat, bukan “012”."),
    (EDITION, "fee_rupiah: 0", "fee_rupiah: -1", "fee_rupiah: -1 terlalu kecil; paling sedikit 0."),
    (EDITION, "{sequence:04d}", "{sequnce:04d}", "pola nomor harus memuat {sequence:04d} dan {year}"),
    (EDITION, "procedures: [3, 7, 12, 16]", "procedures: [3, 7, 12, 16, 9]", "prosedur 9 tidak ada di procedures/"),
    (EDITION, "capital_up_to: 5000000000", "capital_up_to: 900000000", "capital_up_to skala kecil harus lebih dari 1000000000."),
    (EDITION, "clause: 51.6.2.m", "clause: 51.7.1", "klausul 51.7.1 tidak ada di komponen 6."),
    (EDITION, "\n  51.7.6: PERMENPERIN-9-2021", "", "dasar hukum untuk 51.7.6 belum disebut."),
    ("51/2022-01-03/delivery.yaml", "id: 51.6.7.b", "id: 51.6.7.d", "nomor 51.6.7.d tidak berurutan"),
    ("51/2022-01-03/delivery.yaml", "id: 51.6.8", "id: 51.7.8", "klausul 51.7.8 berada di komponen yang salah"),
    (
        "51/2022-01-03/delivery.yaml",
        "way: measured",
        "way: measurd",
        "“measurd” tidak dikenal; pilih enforced,",
    ),
    ("51/2022-01-03/management.yaml", "id: 51.8.50", "id: 51.8.49", "klausul 51.8.49 sudah ada; tiap nomor hanya sekali."),
    ("51/2022-01-03/management.yaml", "  clause: 51.13.2", "  clause: 51.12.2", "klausul 51.12.2 tidak ada di komponen 13"),
    ("51/2022-01-03/management.yaml", "- id: contact", "- id: identity", "butir “identity” sudah ada; hapus salah satunya."),
    ("51/2022-01-03/requirements.yaml", "clause: 51.1.B.8", "clause: 51.1.B.9", "klausul 51.1.B.9 tidak ada di komponen 1."),
    ("51/2022-01-03/requirements.yaml", "value: sewa", "value: kontrak", "only_when menunggu “kontrak”"),
    ("51/2022-01-03/requirements.yaml", "check: phone", "check: telepon", "check “telepon” tidak dikenal"),
    ("51/2022-01-03/requirements.yaml", "kind: rows", "kind: text", "columns diisi bila, dan hanya bila, kind-nya rows"),
    (STAFFING, "grounds_clause: 51.9.1", "grounds_clause: 51.8.1", "klausul 51.8.1 tidak ada di komponen 9."),
    (STAFFING, "      clause: 51.12.2", "      clause: 51.9.2", "klausul 51.9.2 tidak ada di komponen 12."),
    (STAFFING, "unqualified: warn", "unqualified: tell", "“tell” tidak dikenal; pilih warn atau refuse."),
    (STAFFING, "{id: oss,", "{id: ptsp,", "“ptsp” sudah ada; hapus salah satunya."),
    (STAFFING, "      years: 3\n", "", "dasar “one_stop” harus memuat experience dan years bersama"),
    (STAFFING, "competence: true, ", "", "dasar “technical” tidak meminta apa pun"),
    (STAFFING, "judged: [counter_officer", "judged: [applicant", "peran applicant bukan peran petugas"),
    ("procedures/7.yaml", "actor: head", "actor: kepala", "“kepala” tidak dikenal; pilih applicant, counter_officer"),
    ("procedures/7.yaml", "state: validation", "state: validasi", "state “validasi” tidak dikenal"),
    ("procedures/7.yaml", "code: 7", "code: 8", "code 8 tidak sama dengan nama berkas; seharusnya 7."),
    ("procedures/7.yaml", "visit: true", "visit: false", "visit harus true bila ada langkah field_inspection"),
    ("procedures/7.yaml", "    within_promise: false\n", "", "within_promise langkah “pengisian” harus false"),
    (
        "holidays/2026.yaml",
        "2026-12-24:",
        "2027-12-24:",
        "bukan hari pada tahun 2026; pindahkan ke holidays/2027.yaml.",
    ),
    ("survey.yaml", "code: u9", "code: u8", "kode u8 harus salah satu dari u1 sampai u9, sekali."),
    ("survey.yaml", "      - {id: Gratis, en: Free of charge}\n", "", "harus 4 jawaban, dari yang terburuk; ada 3."),
    ("survey.yaml", "denominator: 9", "denominator: 8", "bobot “exact” harus ada, dan tepat 1/9."),
    ("survey.yaml", '"76.61"', '"89.61"', "urutkan dari nilai tertinggi ke terendah"),
    ("survey.yaml", '"3.841"', "tiga", "sample.chi_square"),
    ("holidays/2026.yaml", "2026-05-28:", "2026-05-32:", "“2026-05-32” bukan tanggal"),
    ("holidays/2026.yaml", "  - decree: SKB", "  - deree: SKB", "kunci tidak dikenal; maksudnya “decree”?"),
    ("holidays/2026.yaml", "2026-01-16:", "2026-01-01:", "kunci “2026-01-01” sudah ada di baris"),
    ("legal_bases.yaml", "in_force_until: 2022-12-29", "in_force_until: 2019-12-29", "berakhir sebelum mulai berlaku"),
    (
        "legal_bases.yaml",
        "replaced_by: [PP-28-2025]",
        "replaced_by: [PP-99-2025]",
        "pengganti PP-99-2025 tidak ada",
    ),
    (HANDLING, "needs_approval: true", "needs_approval: false", "kategori 3 melibatkan APIP, jadi needs_approval harus true."),
    (HANDLING, "role: inspector", "role: examiner", "examiner tidak dapat membuka pengaduan"),
    (HANDLING, '"ADU-{year}-{sequence:05d}"', '"ADU-{year}"', "pola nomor harus memuat {sequence:05d} dan {year}"),
    (HANDLING, "id: waktu, component", "id: prosedur, component", "kelompok “prosedur” sudah ada"),
    (HANDLING, "clause: 51.6.7.b", "clause: 51.7.1", "klausul 51.7.1 tidak ada di komponen 6."),
    ("office.yaml", '"32.14.17"', '"32.15.17"', "kode kecamatan 32.15.17 tidak berbentuk 32.14.NN."),
    ("office.yaml", "ladder: [validator, head", "ladder: [validator, validator", "peran validator sudah ada di ladder"),
    ("office.yaml", "told_of_lapse: [inspector", "told_of_lapse: [applicant", "peran applicant tidak membuka berkas"),
    ("office.yaml", "warned_too: [processing_officer", "warned_too: [piket", "“piket” tidak dikenal; pilih applicant"),
    (EDITION, "fulfilment_warnings: [7, 1]", "fulfilment_warnings: [1, 7]", "fulfilment_warnings harus menurun"),
    (DUTIES, "reminders: [30, 7, 0]", "reminders: [7, 30, 0]", "reminders harus menurun, misalnya [30, 7, 0]."),
    (DUTIES, "told_when_overdue: [processing_officer", "told_when_overdue: [administrator", "peran administrator tidak membuka"),
    (DUTIES, "clause: 51.1.A.5", "clause: 51.2", "klausul 51.2 tidak ada di komponen 1."),
    (DUTIES, "id: siinas_report", "id: supporting_licences", "kewajiban “supporting_licences” sudah ada; beri nama lain."),
    (DUTIES, '"06-30"', '"06-31"', "“06-31” bukan hari dalam setahun; tulis BB-HH"),
    (DUTIES, '["06-30", "12-31"]', '["12-31", "06-30"]', "period_ends harus urut dalam setahun, tiap hari sekali."),
    ("office.yaml", "weekdays: [4]", "weekdays: [3]", "hari 3 sudah ada (0 adalah Senin)"),
]


# A fault of a whole row or list is told at its beginning: so many lines from the changed one.
ELSEWHERE = {
    "dasar hukum untuk 51.7.6 belum disebut.": -5,
    "columns diisi bila, dan hanya bila, kind-nya rows": -2,
    "within_promise langkah “pengisian” harus false": -6,
    "harus 4 jawaban, dari yang terburuk; ada 3.": -4,
    "dasar “one_stop” harus memuat experience dan years bersama": -3,
}


def test_the_shipped_files_are_sound() -> None:
    assert faults(PACKAGE_FOLDER) == ()


def test_five_mistakes_are_five_lines_with_their_line_numbers(tmp_path: Path) -> None:
    root = copy(tmp_path)
    expected = [(break_line(root, name, old, new), said) for name, old, new, said in FIVE_MISTAKES]
    found = faults(root)
    assert len(found) == 5
    for line, (number, said) in zip(found, sorted(expected), strict=True):
        assert line.startswith(f"{root / EDITION}:{number}: ")
        assert said in line


@pytest.mark.parametrize(("name", "old", "new", "said"), ONE_MISTAKE)
def test_a_mistake_is_one_line_that_says_what_is_expected(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    root = copy(tmp_path)
    number = break_line(root, name, old, new)
    (line,) = faults(root)
    assert said in line
    file, found = line.split(": ", 1)[0].rsplit(":", 1)
    assert (file, int(found)) == (str(root / name), number + ELSEWHERE.get(said, 0))


@pytest.mark.clause("51.3")
def test_a_procedure_longer_than_the_promise_is_refused(tmp_path: Path) -> None:
    root = copy(tmp_path)
    break_line(root, "procedures/16.yaml", "minutes: 900", "minutes: 1546")
    assert [line.split(": ", 1)[1] for line in faults(root)] == [
        "langkah prosedur 16 memerlukan 3151 menit kerja, lebih dari janji entri 51 "
        "(7 hari kerja × 450 menit = 3150); kurangi 1 menit."
    ]


@pytest.mark.clause("51.3")
def test_a_procedure_as_long_as_the_promise_is_accepted(tmp_path: Path) -> None:
    root = copy(tmp_path)
    break_line(root, "procedures/16.yaml", "minutes: 900", "minutes: 1545")
    assert faults(root) == ()


@pytest.mark.clause("51.2")
def test_a_rule_that_leaves_applications_without_a_class_is_refused(tmp_path: Path) -> None:
    root = copy(tmp_path)
    old = "  - procedure: 12\n    assisted: false\n"
    break_line(root, EDITION, old, old + "    visit_when: [medium_scale]\n")
    assert "baris terakhir (untuk tiap assisted) harus tanpa visit_when" in faults(root)[0]


def test_a_fault_in_one_row_does_not_hide_faults_elsewhere(tmp_path: Path) -> None:
    root = copy(tmp_path)
    break_line(root, "51/2022-01-03/requirements.yaml", "evidence: required", "evidence: perlu")
    break_line(root, "51/2022-01-03/requirements.yaml", "clause: 51.1.B.8", "clause: 51.1.B.1")
    break_line(root, "procedures/7.yaml", "actor: head", "actor: kepala")
    break_line(root, "procedures/7.yaml", "minutes: 900", "minutes: 9000")
    found = "\n".join(faults(root))
    assert "evidence: “perlu” tidak dikenal" in found
    assert "syarat untuk 51.1.B.1 sudah ada" in found
    assert "“kepala” tidak dikenal" in found
    assert "langkah prosedur 7 memerlukan" in found


REQUIREMENTS = "51/2022-01-03/requirements.yaml"
# A fault of shape that once hid the fault of another kind beside it.
HIDING = [
    [(REQUIREMENTS, "clause: 51.1.A.3", "clause: 51.1.A.33", "klausul 51.1.A.33 tidak ada"),
     (REQUIREMENTS, "name: period\n", "name: Period\n", "“Period” tidak berbentuk")],
    [(REQUIREMENTS, "name: period\n", "name: Period\n", "“Period” tidak berbentuk"),
     (REQUIREMENTS, "check: phone", "check: telepon", "check “telepon” tidak dikenal")],
    [(EDITION, "amount: 7,", "amount: tujuh,", "harus bilangan bulat"),
     (EDITION, 'closing: "16:00"', 'closing: "16:30"', "sesudah kantor tutup")],
    [(EDITION, "day_zero: true", "day_zero: yes", "day_zero: harus true"),
     (EDITION, "warnings: [3, 1, 0]", "warnings: [1, 3, 0]", "warnings harus menurun")],
    [(EDITION, "clause: 51.6.2.m", "clause: 51.7.1", "klausul 51.7.1 tidak ada di komponen 6."),
     (EDITION, "  filing: {amount: ", "  filing: {amount: x", "complaint.filing.amount")],
    [("51/2022-01-03/delivery.yaml", "id: 51.6.7.b", "id: 51.6.7.d", "nomor 51.6.7.d tidak berurutan"),
     ("51/2022-01-03/delivery.yaml", "number: 6\n", "number: enam\n", "“enam”")],
    [(EDITION, "51.7.2: PP-5-2021", "51.7.2: PP-50-2021", "dasar hukum PP-50-2021 tidak ada"),
     (EDITION, "51.7.1: ", "51.7-1: ", "tidak berbentuk")],
    [(EDITION, "procedure: 16", "procedure: 17", "prosedur 17 tidak ada di procedures"),
     (EDITION, "    assisted: false\n", "    assisted: tidak\n", "“tidak”")],
]  # fmt: skip


@pytest.mark.parametrize("mistakes", HIDING, ids=lambda each: each[0][3])
def test_a_fault_does_not_hide_another_in_the_same_row(tmp_path: Path, mistakes: list[tuple[str, str, str, str]]) -> None:
    root = copy(tmp_path)
    expected = [(f"{root / name}:{break_line(root, name, old, new)}: ", said) for name, old, new, said in mistakes]
    found = faults(root)
    unsaid = [said for place, said in expected if not any(line.startswith(place) and said in line for line in found)]
    assert unsaid == [], found


def test_a_key_in_two_files_of_an_edition_is_refused(tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / "51/2022-01-03/more.yaml").write_text("kbli: '11111'\n")
    assert "kunci “kbli” sudah ada di" in faults(root)[0]


def test_a_broken_part_is_one_line_not_a_line_for_each_key_it_holds(tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / "51/2022-01-03/management.yaml").write_text("management: [\n")
    (line,) = faults(root)
    assert "bukan YAML yang benar" in line


def test_a_file_that_nothing_reads_is_refused(tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / "holiday").mkdir()
    (root / "holiday/2028.yaml").write_text("year: 2028\n")
    (line,) = faults(root)
    assert line.endswith("berkas ini tidak dibaca; taruh di <entri>/<hari berlaku>.yaml, procedures/, atau holidays/.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "berkas kosong"),
        (b"- a\n- b\n", "harus kunci dan nilai"),
        (b"year: 2028\nyear: 2029\n", "kunci “year” sudah ada di baris 1"),
        (b"year: &a [1]\nsource: *a\n", "rujukan YAML (& dan *) tidak dipakai"),
        (b"year: &a [*a]\n", "rujukan YAML (& dan *) tidak dipakai"),
        (b"year: !!python/object:os.system x\n", "tag YAML"),
        (b"year: \xff\n", "ada bita yang bukan UTF-8"),
        (b"year: \x07\n", "huruf kendali"),
        (b"? [a, b]\n: 1\n", "kunci harus berupa kata"),
        (b"year: 2028\n---\nyear: 2029\n", "bukan YAML yang benar"),
        (b"[" * 100_000, "bukan YAML yang benar"),
        (b"x" * 2_000_001, "berkas terlalu besar"),
    ],
)
def test_what_is_not_plain_yaml_is_said_and_never_crashes(tmp_path: Path, content: bytes, said: str) -> None:
    root = copy(tmp_path)
    (root / "holidays/2028.yaml").write_bytes(content)
    assert any(said in line and "holidays/2028.yaml" in line for line in faults(root)), faults(root)


def test_what_looks_like_a_number_to_yaml_but_not_to_people_stays_text(tmp_path: Path) -> None:
    from pasti.standards.tree import read_tree

    file = tmp_path / "a.yaml"
    file.write_text("a: no\nb: 012\nc: 12:30\nd: 51.10\ne: 7\nf: true\ng: null\nh: '7'\ni: 1e3\nj: 2026-01-02\n")
    assert read_tree(file).data == {
        "a": "no",
        "b": "012",
        "c": "12:30",
        "d": "51.10",
        "e": 7,
        "f": True,
        "g": None,
        "h": "7",
        "i": "1e3",
        "j": "2026-01-02",
    }
