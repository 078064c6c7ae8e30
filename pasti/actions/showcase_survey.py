"""The demonstration office's survey: three past quarters answered by people it served, two published, one waiting (51.14.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from pasti.actions import showcase_served, survey, survey_paper
from pasti.actions.showcase_served import MORNING, Maker
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.domain.survey import CODES, Quarter
from pasti.domain.survey_run import Channel, Plan, Stage
from pasti.records.survey import SurveyRun, token_of

Office = Mapping[Role, Actor]
AFTERNOON = time(14)
APART = timedelta(days=9)  # between one applicant and the next: six of them fit into a quarter
SILENT = (30, 21)  # the makers who report nothing after issue
CLOSED_AFTER, PUBLISHED_AFTER = timedelta(days=5), timedelta(days=12)


@dataclass(frozen=True, kw_only=True)
class Past:
    """One past quarter: whom the office served, what each answered (nine digits, "-" for none), and what came of it."""

    ago: int  # quarters
    people: tuple[tuple[str, str, str, str], ...]  # business, owner, village, answers: "" when this one did not answer
    paper: tuple[str, ...] = ()
    remarks: Mapping[int, str]
    plans: Mapping[str, str]  # element -> what is done about it
    done: int = 0  # of the plans
    is_published: bool


PASTS = (
    Past(
        ago=3,
        people=(
            ("CV Lensa Maracang", "Aan Hasanah", "Maracang", "323433323"),
            ("CV Mikroskop Ciwareng", "Bambang Irawan", "Ciwareng", "333433333"),
            ("UD Teropong Tegalmunjul", "Cucu Sumiati", "Tegalmunjul", "222433-22"),
            ("CV Prisma Sindangkasih", "Dadang Supriatna", "Sindangkasih", "333434333"),
            ("PT Optik Munjuljaya", "Elin Herlina", "Munjuljaya", ""),
            ("CV Kaca Ciseureuh", "Fajar Nugroho", "Ciseureuh", "334444323"),
        ),
        remarks={
            0: "Contoh: daftar syaratnya panjang, saya bingung mana yang berlaku.",
            2: "Contoh: ruang tunggu panas di siang hari.",
        },
        plans={
            "u8": "Contoh peragaan: membuka kotak pengaduan tiap hari kerja dan mencatatnya.",
            "u2": "Contoh peragaan: memasang papan alur pelayanan di ruang tunggu.",
            "u1": "Contoh peragaan: menyusun lembar syarat satu halaman untuk tiap jenis usaha.",
        },
        done=3,
        is_published=True,
    ),
    Past(
        ago=2,
        people=(
            ("CV Binokular Nagritengah", "Gina Rahayu", "Nagritengah", "333433333"),
            ("CV Kolimator Cipaisan", "Herman Susanto", "Cipaisan", "334434333"),
            ("UD Lup Purwamekar", "Imas Komala", "Purwamekar", "3-3433323"),
            ("CV Lensa Nagrikidul", "Jaja Sutisna", "Nagrikidul", "343434433"),
            ("CV Spektrum Sukamaju", "Kiki Amalia", "Sukamaju", "333434433"),
            ("PT Teodolit Cigelam", "Lukman Hakim", "Cigelam", "444444344"),
        ),
        remarks={1: "Contoh: petugas loket sabar menjelaskan.", 2: "Contoh: pengaduan saya lewat kotak lama dijawab."},
        plans={
            "u8": "Contoh peragaan: menjawab tiap pengaduan lisan dengan nomor yang dapat dilacak.",
            "u1": "Contoh peragaan: melatih petugas loket menjelaskan syarat dengan contoh.",
            "u5": "Contoh peragaan: menyertakan petunjuk memakai sertifikat dalam surat penerbitan.",
        },
        done=1,
        is_published=True,
    ),
    Past(
        ago=1,
        people=(
            ("CV Kamera Babakancikao", "Maman Suherman", "Babakancikao", "343434433"),
            ("CV Periskop Bunder", "Nani Nuraeni", "Bunder", "334434433"),
            ("UD Mikroskop Jatimekar", "Otong Setiawan", "Jatimekar", "333433333"),
            ("CV Optik Cibinong", "Popong Rohaeti", "Cibinong", "444434444"),
            ("CV Lensa Kembangkuning", "Rahmat Hidayat", "Kembangkuning", "344444344"),
            ("PT Laser Mekargalih", "Sari Puspita", "Mekargalih", ""),
        ),
        paper=("333434434",),
        remarks={3: "Contoh: selesai lebih cepat dari janjinya.", 4: "Contoh: unggah berkas dari ponsel agak lambat."},
        plans={"u1": "Contoh peragaan: menunjukkan contoh berkas yang benar di halaman persyaratan."},
        is_published=False,
    ),
)


def unfinished() -> bool:
    """Whether a past quarter is still missing, as after an interrupted first start."""
    return SurveyRun.objects.exclude(stage=Stage.OPEN).count() < len(PASTS)


def furnish(office: Office, entry: str, *, password: str, passphrase: str, at: datetime) -> None:
    """Serve, ask, close, plan and publish, each at its moment in the past; what was done before stays."""
    for past in PASTS:
        quarter = _before(Quarter.of(jakarta_day(at)), past.ago)
        for place, (business, owner, village, answers) in enumerate(past.people):
            mornings = showcase_served.mornings(quarter.first_day + place * APART)
            maker = Maker(number=past.ago * 10 + place, business=business, owner=owner, village=village)
            row = showcase_served.serve(maker, office, entry, mornings, password=password, passphrase=passphrase)
            if maker.number not in SILENT:
                showcase_served.report(row, until=at)
            if answers and not survey.is_used("application", row.id):
                raw = _raw(answers) | {"remark": past.remarks.get(place, "")}
                survey.answer(token_of("application", row.id), raw, channel=Channel.LINK, at=next(mornings))
        _settle(past, office, SurveyRun.objects.get(entry=entry, year=quarter.year, quarter=quarter.number))


def _raw(answers: str) -> dict[str, str]:
    return {code: answer for code, answer in zip(CODES, answers, strict=False) if answer != "-"}


def _before(quarter: Quarter, count: int) -> Quarter:
    for _ in range(count):
        quarter = Quarter.of(quarter.first_day - timedelta(days=1))
    return quarter


def _settle(past: Past, office: Office, row: SurveyRun) -> None:
    """Take in the paper, close, plan what is done about the lowest elements, and publish."""
    if row.stage != Stage.OPEN:
        return
    keeper, ended = office[Role.SURVEY_OFFICER], Quarter(row.year, row.quarter).last_day
    closing = datetime.combine(ended + CLOSED_AFTER, AFTERNOON, JAKARTA)
    if past.paper:
        lines = [",".join((*CODES, "lembar")), *(",".join((*sheet, str(number))) for number, sheet in enumerate(past.paper, 1))]
        survey_paper.take_in(keeper, row.id, "\n".join(lines).encode(), at=closing)
    survey.close(keeper, row.id, at=closing)
    _plan(past, office, row, closing)
    if past.is_published:
        seen = SurveyRun.objects.get(pk=row.pk).ledger_length
        survey.publish(office[Role.HEAD], row.id, seen=seen, at=datetime.combine(ended + PUBLISHED_AFTER, MORNING, JAKARTA))


def _plan(past: Past, office: Office, row: SurveyRun, at: datetime) -> None:
    keeper = office[Role.SURVEY_OFFICER]
    owners = (Role.COUNTER_OFFICER, Role.COMPLAINTS_OFFICER, Role.FACILITY_CUSTODIAN)
    for number, ((code, action), owner) in enumerate(zip(past.plans.items(), owners, strict=False)):
        due_on = jakarta_day(at) + timedelta(days=60 + 15 * number)
        asked = Plan(element=code, action=action, owner=office[owner].id, due_on=due_on)
        survey.plan(keeper, row.id, asked, seen=SurveyRun.objects.get(pk=row.pk).ledger_length, at=at)
    for plan in row.plans.order_by("due_on")[: past.done]:
        evidence = "Contoh peragaan: sudah dikerjakan; fotonya ada pada catatan sarana."
        survey.finish_plan(keeper, plan.id, evidence, at=at + timedelta(days=40))
