"""The survey's arithmetic against sheets worked out by hand (51.14.2)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasti import standards
from pasti.domain.errors import InvalidInput, RuleBroken
from pasti.domain.survey import Answers, Quarter, Result, band_of, compute, half_up, sample_size, tally
from pasti.domain.survey_paper import PaperFile, require_new, spelled
from pasti.domain.survey_sheet import Sheet, csv_rows, read_sheet

pytestmark = pytest.mark.clause("51.14.2")
SURVEY = standards.load().survey()
CODES = SURVEY.codes
HEADER = ",".join(CODES)


def result(answers: Iterable[Answers], weight: str = "exact") -> Result:
    """What these questionnaires come to."""
    return compute(SURVEY, tally(answers, CODES), weight=weight)


def sheets(columns: Sequence[Sequence[int]]) -> list[Answers]:
    """Questionnaires of which each column answers one element, from the first sheet down."""
    longest = max(map(len, columns))
    return [{code: column[n] for code, column in zip(CODES, columns, strict=True) if n < len(column)} for n in range(longest)]


def column(total: int, count: int) -> list[int]:
    """`count` answers of 3 and 4 (or 2 and 3) that add up to `total`."""
    low, more = divmod(total, count)
    return [low + 1] * more + [low] * (count - more)


def test_a_sheet_worked_by_hand_with_gaps() -> None:
    # u3 has one answer, u9 too: 3.5 + 3 + 3 + 4 + 3 + 3 + 3 + 4 + 4 = 30.5; 30.5 x 25 / 9 = 84.722...
    found = result(
        [
            {"u1": 4, "u2": 3, "u4": 4, "u5": 3, "u6": 3, "u7": 3, "u8": 4, "u9": 4},
            {"u1": 3, "u2": 3, "u3": 3, "u4": 4, "u5": 3, "u6": 3, "u7": 3, "u8": 4},
        ]
    )

    assert (found.n, found.nrr["u1"], found.nrr["u3"], found.nrr["u9"]) == (2, Fraction(7, 2), 3, 4)
    assert (found.index, found.band.grade) == (Decimal("84.72"), "B")


# 8a + 625b = 5000 x the sum wanted: a column of 625 answers and one of 8 bring the index to the very middle of two hundredths.
@pytest.mark.parametrize(
    ("totals", "u1", "u2", "exact", "index", "grade"),
    [
        ((3, 3, 3, 3, 3, 3, 3), 2158, 25, Fraction(76605, 1000), "76.61", "B"),
        ((3, 3, 3, 3, 3, 3, 3), 2157, 25, Fraction(76605, 1000) - Fraction(25, 9 * 625), "76.60", "C"),
        ((4, 4, 4, 4, 3, 3, 3), 1978, 29, Fraction(88305, 1000), "88.31", "A"),
        ((4, 4, 4, 4, 3, 3, 3), 1977, 29, Fraction(88305, 1000) - Fraction(25, 9 * 625), "88.30", "B"),
    ],
)
def test_a_tie_is_rounded_up_before_it_is_graded(
    totals: tuple[int, ...], u1: int, u2: int, exact: Fraction, index: str, grade: str
) -> None:
    found = result(sheets([column(u1, 625), column(u2, 8), *([value] for value in totals)]))

    assert sum(found.nrr.values()) * 25 / 9 == exact
    assert (found.index, found.band.grade) == (Decimal(index), grade)


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        ("25.00", "D"),
        ("64.99", "D"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.31", "A"),
        ("100", "A"),
    ],
)
def test_each_band_begins_and_ends_where_the_regulation_has_it(index: str, grade: str) -> None:
    assert band_of(SURVEY, Decimal(index)).grade == grade


def test_the_printed_weight_is_a_choice_with_a_name() -> None:
    best = [dict.fromkeys(CODES, 4)]

    assert (result(best).index, result(best, "printed").index) == (100, 99)
    assert result(best, "printed").weight.title.id == "bobot tercetak 0,11"
    assert result([dict.fromkeys(CODES, 1)], "printed").band.grade == "D"  # 24.75: below every band


def test_the_printed_weight_may_cost_a_grade() -> None:
    one = sheets([[4], [4], [4], [4], [4], [3], [3], [3], [3]])  # 32 x 25 / 9 = 88.89, 32 x 0.11 x 25 = 88.00

    assert (result(one).index, result(one).band.grade) == (Decimal("88.89"), "A")
    assert (result(one, "printed").index, result(one, "printed").band.grade) == (Decimal("88.00"), "B")


def test_an_element_that_nobody_answered_is_unknown_and_the_others_weigh_an_eighth() -> None:
    # u1 to u4 at 4, u6 to u9 at 3: (16 + 12) x 25 / 8 = 87.50. As nothing it would be 77.78, two grades of a different office.
    found = result([{"u1": 4, "u2": 4, "u3": 4, "u4": 4, "u6": 3, "u7": 3, "u8": 3, "u9": 3}])

    assert (found.unanswered, found.share, "u5" in found.nrr) == (("u5",), Fraction(1, 8), False)
    assert (found.index, found.band.grade) == (Decimal("87.50"), "B")
    assert found.lowest(3) == ("u6", "u7", "u8")


def test_the_tie_of_a_sheet_with_a_missing_element_is_rounded_up_too() -> None:
    # eight elements: 28.2592 x 25 / 8 = 88.31 exactly at 28.2592; 88.305 needs a sum of 28.2576 = 6 x 4 + 2.2576 + 2
    found = result(sheets([[4], [4], [4], [4], [4], [4], [2], [], column(22576, 10000)]))

    assert (sum(found.nrr.values()) * 25 / 8, found.index, found.band.grade) == (Fraction(88305, 1000), Decimal("88.31"), "A")


@given(st.lists(st.dictionaries(st.sampled_from(CODES), st.integers(1, 4), min_size=1), min_size=1, max_size=30))
def test_whatever_is_missing_the_index_lies_on_the_scale(answers: list[Answers]) -> None:
    found = result(answers)

    assert 25 <= found.index <= 100
    assert found.index == half_up(sum(found.nrr.values(), Fraction()) * 25 / len(found.nrr))
    assert {*found.nrr, *found.unanswered} == set(CODES)


def test_no_questionnaire_gives_no_index() -> None:
    with pytest.raises(RuleBroken, match="Belum ada kuesioner"):
        result([])


def test_the_three_lowest_elements_of_equal_ones_the_earlier() -> None:
    assert result(sheets([[4], [2], [4], [3], [2], [4], [1], [3], [4]])).lowest(3) == ("u7", "u2", "u5")


KREJCIE_MORGAN = {10: 10, 20: 19, 50: 44, 100: 80, 150: 108, 200: 132, 300: 169, 400: 196, 500: 217, 700: 248, 1000: 278}
KREJCIE_MORGAN |= {1500: 306, 2000: 322, 5000: 357, 10000: 370, 100000: 383, 0: 0, 1: 1}


@pytest.mark.parametrize(("population", "needed"), KREJCIE_MORGAN.items())
def test_the_sample_is_that_of_krejcie_and_morgan(population: int, needed: int) -> None:
    assert sample_size(population, SURVEY.sampling) == needed


@given(st.integers(1, 10**7))
def test_a_sample_is_never_more_than_everybody(population: int) -> None:
    assert 1 <= sample_size(population, SURVEY.sampling) <= min(population, 385)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(CODES, st.integers(1, 4))), min_size=1, max_size=30))
def test_the_order_of_questionnaires_and_elements_changes_nothing(answers: list[Answers]) -> None:
    shuffled = [dict(reversed(sheet.items())) for sheet in reversed(answers)]
    found = result(answers)

    assert found == result(shuffled)
    assert 25 <= found.index <= 100
    assert found.index == half_up(Fraction(25 * sum(sum(sheet.values()) for sheet in answers), 9 * len(answers)))


@given(st.lists(st.dictionaries(st.sampled_from(CODES), st.integers(1, 4)), min_size=1, max_size=30), st.sampled_from(CODES))
def test_a_better_answer_never_lowers_the_index(answers: list[dict[str, int]], code: str) -> None:
    whole = [*answers, dict.fromkeys(CODES, 2)]

    assert result([*whole[:-1], {**whole[-1], code: 3}]).index >= result(whole).index


@given(st.fractions(0, 100))
def test_half_up_is_the_nearest_hundredth(value: Fraction) -> None:
    assert Fraction(-1, 200) < Fraction(half_up(value)) - value <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("day", "code", "last"),
    [(date(2026, 1, 1), "2026-1", date(2026, 3, 31)), (date(2026, 12, 31), "2026-4", date(2026, 12, 31))],
)
def test_a_quarter_has_its_days(day: date, code: str, last: date) -> None:
    quarter = Quarter.of(day)

    assert (str(quarter), quarter.last_day, Quarter.of(quarter.last_day)) == (code, last, quarter)
    assert Quarter.of(quarter.next().first_day) == quarter.next() != quarter


def read(*lines: str) -> list[Answers]:
    """The questionnaires of a CSV text."""
    return list(read_sheet(csv_rows("\n".join(lines)), CODES).answers)


def test_a_blank_cell_is_not_answered_and_a_blank_row_is_no_questionnaire() -> None:
    sheet = read_sheet(csv_rows(f"{HEADER}\n4,,3,3,3,3,3,3,3\n,,,,,,,,\n\n 1 ,1,1,1,1,1,1,1,1\n"), CODES)

    assert sheet.blank == (3,)
    assert [len(answers) for answers in sheet.answers] == [8, 9]


def test_columns_may_stand_in_any_order_and_be_parted_by_semicolons() -> None:
    swapped = ";".join(("no", *CODES[:7], "u9", "u8", "saran"))

    assert read(swapped, "1;1;1;1;1;1;1;1;4;2;ruang tunggu") == [{**dict.fromkeys(CODES[:7], 1), "u9": 4, "u8": 2}]


def test_every_wrong_row_is_told_by_its_line() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(HEADER, "4,4,4,4,4,4,4,4,5", "4,4,4,4,4,4,4,4,4", "4,4", "x,4,4,4,4,4,4,4,3.5", "٣,4,4,4,4,4,4,4,4")

    told = [str(problem) for problem in refusal.value.problems]
    assert [line.split(":")[0] for line in told] == ["Baris 2", "Baris 4", "Baris 5", "Baris 5", "Baris 6"]
    assert told[0] == "Baris 2: u9 berisi “5”; tulis 1 sampai 4, atau kosongkan bila tidak dijawab."


@pytest.mark.parametrize(
    ("header", "words"),
    [("", "tidak memuat kolom u1"), ("u1,u2,u3,u4,u5,u6,u7,u8", "kolom u9"), (f"{HEADER},u1", "u1 ada lebih dari sekali")],
)
def test_a_header_that_is_not_right_is_refused(header: str, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        read(header, "1,1,1,1,1,1,1,1,1")


SUMMER = Quarter(2026, 3)


def paper(*lines: str, quarter: Quarter = SUMMER) -> tuple[PaperFile, Sheet]:
    """A file of questionnaires by its marks, here the rows themselves."""
    sheet = read_sheet(csv_rows("\n".join(lines)), CODES)
    rows = sorted(spelled(sheet))
    serials = tuple(serial for serial in sheet.serials if serial)
    return PaperFile(quarter=quarter, taken_on=date(2026, 9, 1), mark="\n".join(rows), rows=tuple(rows), serials=serials), sheet


FIVE = ("1,2,3,4,1,2,3,4,1", "2,2,3,4,1,2,3,4,1", "3,2,3,4,1,2,3,4,1", "4,2,3,4,1,2,3,4,1", "1,1,3,4,1,2,3,4,1")


@pytest.mark.parametrize(
    "again",
    [
        (HEADER, *FIVE),
        (HEADER, *reversed(FIVE), ",,,,,,,,", ""),
        (";".join((*CODES, "catatan")), *(f"{line.replace(',', ';')};disalin" for line in FIVE)),
        (HEADER, *FIVE, "4,4,4,4,4,4,4,4,4"),
    ],
    ids=["same", "other order and blank rows", "saved otherwise", "typed on"],
)
def test_a_file_that_was_taken_in_is_known_again(again: tuple[str, ...]) -> None:
    earlier, _ = paper(HEADER, *FIVE)

    with pytest.raises(RuleBroken, match=r"1 September 2026.*kolom “lembar”"):
        require_new(*paper(*again), [earlier], fewest=5)


def test_two_small_files_may_hold_the_same_answers_among_others() -> None:
    earlier, _ = paper(HEADER, "4,4,4,4,4,4,4,4,4")

    require_new(*paper(HEADER, "4,4,4,4,4,4,4,4,4", "3,3,3,3,3,3,3,3,3"), [earlier], fewest=5)
    with pytest.raises(RuleBroken, match="kuesioner lain"):
        require_new(*paper(HEADER, "4,4,4,4,4,4,4,4,4"), [earlier], fewest=5)
    require_new(*paper(f"{HEADER},lembar", "4,4,4,4,4,4,4,4,4,2"), [earlier], fewest=5)


def test_a_sheet_is_known_by_the_number_on_it_within_its_quarter() -> None:
    earlier, _ = paper(f"{HEADER},lembar", "4,4,4,4,4,4,4,4,4,007", "3,4,4,4,4,4,4,4,4,A-8")

    with pytest.raises(InvalidInput) as refusal:
        require_new(
            *paper(f"{HEADER},Lembar", "1,1,1,1,1,1,1,1,1,9", "1,1,1,1,1,1,1,1,1,7", "2,,,,,,,,,a-8"), [earlier], fewest=5
        )
    require_new(*paper(f"{HEADER},lembar", "4,4,4,4,4,4,4,4,1,7", quarter=Quarter(2026, 4)), [earlier], fewest=5)

    assert [str(problem).split(" sudah")[0] for problem in refusal.value.problems] == ["Baris 3: lembar 7", "Baris 4: lembar a-8"]


def test_a_file_with_numbers_has_one_on_each_sheet_and_each_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(f"{HEADER},lembar", "4,4,4,4,4,4,4,4,4,1", "4,4,4,4,4,4,4,4,4,", "4,4,4,4,4,4,4,4,4,01", ",,,,,,,,,")

    told = [str(problem).split(";")[0] for problem in refusal.value.problems]
    assert told == ["Baris 3: nomor lembarnya kosong", "Baris 4: nomor lembar 1 sudah ada pada baris 2."]
