"""Entry 51 as it ships: every number and fact of the annex (51.1 to 51.14)."""

from datetime import date, time

import pytest

from pasti.domain.roles import Role
from pasti.domain.standard import FieldKind, OnLapse, Standard, Way
from tests.standards.library import shipped

REQUIREMENTS = [f"51.1.A.{n}" for n in range(1, 6)] + [f"51.1.B.{n}" for n in range(1, 9)]
SHORT = ["51.2", "51.3", "51.4", "51.5"]
CHANNELS = [f"51.6.2.{letter}" for letter in "abcdefghijklm"]
COMPLAINTS = [
    "51.6.1",
    "51.6.2",
    *CHANNELS,
    "51.6.3",
    "51.6.4",
    "51.6.5.a",
    "51.6.5.b",
    "51.6.5.c.1",
    "51.6.5.c.2",
    "51.6.6.a",
    "51.6.6.b",
    "51.6.6.c",
    "51.6.6.d",
    "51.6.6.e",
    "51.6.7.a",
    "51.6.7.b",
    "51.6.7.c",
    "51.6.8",
]
PART_A = [*REQUIREMENTS, *SHORT, *COMPLAINTS]
PART_B = [
    *(f"51.7.{n}" for n in range(1, 7)),
    *(f"51.8.{n}" for n in range(1, 51)),
    *(f"51.9.{n}" for n in range(1, 10)),
    "51.10.1",
    "51.10.2",
    "51.11",
    *(f"51.12.{n}" for n in range(1, 6)),
    *(f"51.13.{n}" for n in range(1, 4)),
    *(f"51.14.{n}" for n in range(1, 4)),
]
MEASURED = [
    "51.3",
    *CHANNELS,
    "51.6.4",
    "51.10.1",
    "51.11",
    "51.12.5",
    "51.14.1",
    "51.14.2",
    "51.14.3",
]
ATTESTED_B = [f"51.8.{n}" for n in range(1, 51)] + [f"51.9.{n}" for n in range(2, 10)]
ATTESTED = ["51.1.A.5", *ATTESTED_B, "51.12.1", "51.12.2", "51.12.3", "51.12.4", "51.13.1", "51.13.3"]


@pytest.fixture(scope="module", params=[date(2022, 1, 3), date(2026, 6, 15)], ids=["edition 1", "edition 2"])
def standard(request: pytest.FixtureRequest) -> Standard:
    return shipped().edition("51", request.param)


def test_it_has_exactly_the_126_clauses_of_the_annex(standard: Standard) -> None:
    assert [clause.id for clause in standard.clauses()] == [*PART_A, *PART_B]
    assert (len(PART_A), len(PART_B)) == (17 + 30, 79)


def test_each_clause_says_how_it_is_fulfilled(standard: Standard) -> None:
    ways = {way: [c.id for c in standard.clauses() if c.way is way] for way in Way}
    assert ways[Way.MEASURED] == MEASURED
    assert ways[Way.ATTESTED] == ATTESTED
    assert len(ways[Way.ENFORCED]) == 126 - len(MEASURED) - len(ATTESTED)


def test_every_component_and_clause_has_both_languages(standard: Standard) -> None:
    texts = [c.title for c in standard.components] + [c.text for c in standard.clauses()]
    assert [text.id for text in texts if not text.en] == []


@pytest.mark.clause("51.3")
def test_the_promise_is_seven_working_days_and_deemed_approved_when_it_lapses(standard: Standard) -> None:
    clock = standard.clock
    assert (clock.promise.amount, clock.promise.unit) == (7, "working_days")
    assert (clock.closing, clock.day_zero, clock.warnings) == (time(16), True, (3, 1, 0))
    assert clock.on_lapse is OnLapse.DEEMED_APPROVED
    assert "Pasal 225 PP 28/2025" in clock.on_lapse_ground.id
    assert "DIANGGAP" in clock.source


@pytest.mark.clause("51.4")
def test_it_is_free_of_charge(standard: Standard) -> None:
    assert standard.fee_rupiah == 0


@pytest.mark.clause("51.5")
def test_the_number_of_a_certificate_has_its_sequence_month_and_year(standard: Standard) -> None:
    number = standard.certificate_number.format(sequence=7, month_roman="XI", year=2026)
    assert number == f"503/0007/SS-{standard.kbli}/DPMPTSP/XI/2026"


@pytest.mark.clause("51.1")
def test_each_requirement_stands_on_its_clause(standard: Standard) -> None:
    assert [r.clause for r in standard.requirements] == REQUIREMENTS
    assert [r.clause for r in standard.requirements if r.due == "after_issue"] == ["51.1.A.5"]
    assert {r.clause: r.section for r in standard.requirements if r.section} == {"51.1.A.1": "scale", "51.1.A.4": "place"}


@pytest.mark.clause("51.1.B.8")
def test_a_calibration_instrument_is_named_with_number_body_and_a_validity_to_come(standard: Standard) -> None:
    (rows,) = standard.requirement("51.1.B.8").fields
    columns = {column.name: column for column in rows.columns}
    assert rows.kind is FieldKind.ROWS
    assert list(columns) == ["instrument", "serial_number", "certificate_number", "body", "standard", "valid_until"]
    assert columns["valid_until"].must_be_after_today


@pytest.mark.clause("51.1.A.1")
def test_only_small_and_medium_businesses_are_served(standard: Standard) -> None:
    scales = {s.id: (s.served, s.capital_up_to, s.sales_up_to) for s in standard.intake.scales}
    billion = 1_000_000_000
    assert scales == {
        "mikro": (False, billion, 2 * billion),
        "kecil": (True, 5 * billion, 15 * billion),
        "menengah": (True, 10 * billion, 50 * billion),
        "besar": (False, None, None),
    }


@pytest.mark.clause("51.1.A.4")
def test_five_grounds_allow_a_site_outside_an_estate(standard: Standard) -> None:
    classes = {g.code: set(g.classes) for g in standard.intake.location_grounds}
    assert classes == {"a": set(), "b": set(), "c": {"kecil"}, "d": {"menengah"}, "e": set()}


@pytest.mark.clause("51.2")
def test_the_four_classes_are_assumed_and_end_in_a_signed_certificate_handed_over(standard: Standard) -> None:
    assert [p.code for p in standard.procedures] == ["3", "7", "12", "16"]
    assert {p.source for p in standard.procedures} == {"assumed"}
    assert {p.states()[-2:] for p in standard.procedures} == {("signing", "issued")}
    assert {p.code: (p.assisted, p.visit) for p in standard.procedures} == {
        "3": (True, False),
        "7": (True, True),
        "12": (False, False),
        "16": (False, True),
    }


@pytest.mark.clause("51.2")
def test_no_class_lets_one_role_examine_validate_and_decide(standard: Standard) -> None:
    for procedure in standard.procedures:
        actors = {step.state: step.actor for step in procedure.steps}
        assert actors["submitted"] is Role.EXAMINER
        assert actors["validation"] is Role.VALIDATOR
        assert actors["decision"] is Role.HEAD


@pytest.mark.clause("51.6.2")
def test_thirteen_channels_carry_their_published_addresses(standard: Standard) -> None:
    addresses = {channel.clause: channel.address for channel in standard.complaint_channels}
    veteran = "Jalan Veteran Nomor 139, Kelurahan Nagrikaler Kec. Purwakarta, Kabupaten Purwakarta, Jawa Barat 41115"
    sudirman = "Jalan Jenderal Sudirman, Kelurahan Nagrikaler Kec. Purwakarta, Kabupaten Purwakarta, Jawa Barat 41115"
    assert list(addresses) == CHANNELS
    assert addresses["51.6.2.a"] == veteran
    assert addresses["51.6.2.b"] == sudirman
    assert veteran in addresses["51.6.2.c"]
    assert sudirman in addresses["51.6.2.c"]
    assert [addresses[f"51.6.2.{letter}"] for letter in "defghijk"] == [
        "(0264) 8224794 ext.103",
        "081809898222",
        "081809898222",
        "pengaduanptsp139@gmail.com",
        "dpmpptsp_pwk",
        "pengaduanptsp139.purwakarta",
        "www.dpmpptsp.purwakartakab.go.id",
        "www.mpp.purwakartakab.go.id",
    ]


def test_complaints_are_filed_in_thirty_calendar_days_and_answered_in_fourteen_working_days(standard: Standard) -> None:
    assert (standard.complaint_filing.amount, standard.complaint_filing.unit) == (30, "calendar_days")
    assert (standard.complaint_answer.amount, standard.complaint_answer.unit) == (14, "working_days")
    assert standard.staff_required == 30


@pytest.mark.clause("51.7")
@pytest.mark.parametrize(
    ("day", "own", "successors"),
    [
        (date(2022, 6, 1), ["UU-11-2020", "PP-5-2021", "PP-6-2021", "BKPM-3-2021", "BKPM-4-2021", "PERMENPERIN-9-2021"], []),
        (
            date(2023, 6, 1),
            ["PP-5-2021", "PP-6-2021", "BKPM-3-2021", "BKPM-4-2021", "PERMENPERIN-9-2021"],
            ["UU-6-2023"],
        ),
        (
            date(2025, 6, 5),
            ["PP-6-2021", "BKPM-3-2021", "BKPM-4-2021", "PERMENPERIN-9-2021"],
            ["UU-6-2023", "PP-28-2025"],
        ),
        (date(2026, 11, 24), ["PP-6-2021", "PERMENPERIN-9-2021"], ["UU-6-2023", "PP-28-2025", "BKPM-5-2025"]),
    ],
)
def test_a_decision_cites_what_is_in_force_on_its_day(day: date, own: list[str], successors: list[str]) -> None:
    always, standard = {"UU-25-2009", "UU-30-2014", "PP-7-2021"}, shipped().edition("51", date(2022, 1, 3))
    bases = standard.legal_bases_on(day)
    assert [b.id for b in bases if b.clause] == own
    assert [b.id for b in bases if not b.clause and b.id not in always] == successors
    assert {b.id for b in standard.legal_bases_on(date(2026, 11, 24))} >= always


@pytest.mark.clause("51.12.4")
def test_the_office_has_both_mottoes_both_addresses_and_its_seventeen_districts() -> None:
    office = shipped().office()
    assert [str(m) for m in office.mottoes] == [
        "PASTI: Pelayanan Sepenuh Hati",
        "KSATRIA: Kolaborasi, Satu Pintu, Rekreatif, Inovatif, dan Amanah",
    ]
    assert [code for code, _ in office.districts] == [f"32.14.{n:02}" for n in range(1, 18)]
    assert office.minutes_a_day == 450
    assert [place.id for place in office.places] == ["kantor", "mpp"]


@pytest.mark.clause("51.13.2")
def test_the_safety_checklist_says_that_it_is_assumed(standard: Standard) -> None:
    checklist = standard.safety_checklist

    assert checklist.clause == "51.13.2"
    assert "assumed" in checklist.source
    assert [item.id for item in checklist.items][:2] == ["protective_gear", "identity"]
