"""Which indicators the rows and columns of a workbook are, and which of them nobody may be sure of."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dacommission.indicators.catalogue import vocabulary
from imports.matching import Lexicon, family, names, normalised
from imports.meanings import written
from imports.naming import named
from imports.periods import Period
from imports.reading import Basis, Expected, Line, Match, Part
from imports.series import CONFIDENT, Named, Sense
from tests.imports.labels import is_right, score, told

CATALOGUE = vocabulary()
# The share of the labels that are some indicator's of which the right one is accepted or proposed first.
LABELS = {"labels_tuned.txt": 0.97, "labels_tuned_too.txt": 0.97, "labels_held_out.txt": 0.95}
SHEETS = {
    "HUB": "Hub",
    "CBS": "Community service",
    "SA": "Refuge",
    "WFA": "Whole family approach",
    "RES": "Respect programme",
    "PRP": "Perpetrator programme",
}
MORE_WORDS = (
    *(
        "Not {}",
        "Target {}",
        "{} (last year)",
        "Estimated {}",
        "Eligible {}",
        "{} refused",
        "{} missed",
        "Potential {}",
    ),
    *("{} not completed", "{} requested", "{} cancelled", "Former {}", "{} in Leeds", "{} by volunteers", "Cost of {}"),
    *("Change in {}", "{} per worker", "Average {}", "Male and female {}"),
)


def series(*row, column=(), sheet="", title="", values=(45, 52), **said):
    numbers = tuple(Decimal(value) for value in values)
    return Named(row=row, column=column, sheet=sheet, title=title, values=numbers, **said)


def named_alone(*row, expected=None, lexicon=None, **said):
    return named([series(*row, **said)], lexicon or Lexicon(CATALOGUE), expected)[0]


def due(*codes, previous=()):
    lines = tuple(Line(code, True, dict(previous)) for code in codes)
    return Expected("C-1", "Support", "A provider", Period.quarter(2022, 1), lines)


@pytest.mark.parametrize("name", LABELS)
def test_labels_in_other_words_of_the_field_are_never_named_wrongly_in_silence(name):
    found = score(told(name), CATALOGUE)

    assert [(case.one.row, case.one.column, naming.why) for case, naming in found.wrong] == []
    assert (found.accepted + found.proposed) / found.known >= LABELS[name]


def test_there_are_enough_labels_and_many_of_them_are_accepted():
    scores = [score(told(name), CATALOGUE) for name in LABELS]

    assert sum(len(told(name)) for name in LABELS) >= 300
    assert sum(found.accepted for found in scores) >= 0.7 * sum(found.known for found in scores)


def test_the_same_labels_are_named_alike_every_time():
    cases = [case.one for case in told("labels_tuned.txt")]

    assert named(cases, Lexicon(CATALOGUE)) == named(cases, Lexicon(CATALOGUE))


def test_a_name_with_one_more_word_is_no_longer_certain():
    known = {normalised(text) for term in CATALOGUE.terms.values() for _, text, _ in names(term)}
    cases = [
        (series(more.format(text), sheet=SHEETS.get(family(code), "Data"), title=f"({place}) {more}"), code)
        for more in MORE_WORDS
        for place, (code, text) in enumerate(
            (t.code, text) for t in CATALOGUE.terms.values() for _, text, _ in names(t)
        )
        if place % 5 == 0 and normalised(more.format(text)) not in known
    ]

    found = zip(cases, named([one for one, _ in cases], Lexicon(CATALOGUE)), strict=True)

    wrong = [(one.row, naming.sense) for (one, code), naming in found if naming.sense and naming.sense.code != code]
    assert wrong == []


@pytest.mark.parametrize("service", SHEETS)
def test_a_name_of_one_service_is_not_taken_for_it_on_the_sheet_of_another(service):
    cases = [
        (series(text, sheet=SHEETS[service], percent=sense.part is Part.PERCENT), term.code)
        for term in CATALOGUE.terms.values()
        for _, text, sense in names(term)
        if family(term.code) in SHEETS and family(term.code) != service
    ]

    found = [named([one], Lexicon(CATALOGUE))[0] for one, _ in cases[::4]]

    assert {family(naming.sense.code) for naming in found if naming.sense} <= {service, "XS"}


def test_what_is_certain_is_so_by_nine_tenths_and_what_is_proposed_is_less():
    for naming in named([case.one for case in told("labels_tuned.txt")], Lexicon(CATALOGUE)):
        assert (naming.confidence >= CONFIDENT) == (naming.sense is not None)
        assert all(one.confidence < CONFIDENT for one in naming.candidates)
        assert naming.why.endswith(".")


def test_a_code_in_a_column_of_its_own_is_certain():
    naming = named_alone("Calls", code="HUB-09")

    assert (naming.sense, naming.match, naming.confidence) == (Sense("HUB-09"), Match.CODE, 1)
    assert naming.why == "The code stands beside it: HUB-09 Helpline calls answered."


def test_a_running_number_is_no_code():
    assert named_alone("3. Helpline calls answered", code="3.").match is Match.ALIAS


def test_a_label_beside_a_code_says_which_part_of_it():
    assert named_alone("Exits with a risk assessment", code="PRP-06").sense == Sense("PRP-06", Part.DENOMINATOR)


def test_a_heading_says_which_part_of_a_code():
    assert named_alone("Planned closures", code="CBS-11", part=Part.DENOMINATOR).sense.part is Part.DENOMINATOR
    assert named_alone("Planned closures", code="CBS-11", part=Part.PERCENT).sense.part is Part.PERCENT


def test_a_name_says_why_it_was_recognised():
    assert named_alone("Helpline calls answered").why == "The label is a name of HUB-09 Helpline calls answered."


@pytest.mark.parametrize(
    ("words", "sense"),
    [
        ({"row": ("Refuge and dispersed accommodation", "Adults")}, Sense("SA-01")),
        ({"row": (), "column": ("Whole family approach", "Children")}, Sense("WFA-02")),
        ({"row": ("Adults supported",), "sheet": "Refuge"}, Sense("SA-01")),
        ({"row": ("Adults supported",), "title": "Whole family approach"}, Sense("WFA-01")),
        ({"row": ("Adults supported",), "column": ("Refuge",)}, Sense("SA-01")),
        ({"row": (), "title": "Helpline calls answered", "sheet": "Data"}, Sense("HUB-09")),
        ({"row": ("Referrals",), "sheet": "Hub"}, Sense("HUB-01")),
        ({"row": ("Referrals",), "sheet": "Respect programme"}, Sense("RES-03")),
        ({"row": ("Individuals referred",), "sheet": "Community service"}, Sense("CBS-01")),
    ],
)
def test_sections_headings_titles_and_sheets_say_what_a_label_leaves_open(words, sense):
    row = words.pop("row")

    assert named_alone(*row, **words).sense == sense


@pytest.mark.parametrize(
    "label", ["Referrals", "Adults supported", "Children supported", "New cases", "People supported"]
)
def test_a_label_of_several_services_is_only_proposed_where_nothing_says_which(label):
    naming = named_alone(label, sheet="Data")

    assert naming.sense is None
    assert naming.candidates
    assert naming.why.startswith("It is most like ")


def test_an_unknown_label_has_no_candidates():
    naming = named_alone("Average weeks waiting", sheet="Hub")

    assert (naming.sense, naming.confidence, naming.candidates) == (None, 0, ())


def test_the_series_beside_it_say_the_service_of_a_common_name():
    rows = [series(label, sheet="Q1") for label in ("Nights available", "Nights occupied", "Adults supported")]

    assert [naming.sense.code for naming in named(rows, Lexicon(CATALOGUE))] == ["SA-05", "SA-06", "SA-01"]


def test_what_a_return_owes_says_the_service_of_a_common_name():
    assert named_alone("Referrals", expected=due("PRP-01", "PRP-02")).sense == Sense("PRP-02")
    assert named_alone("New cases", expected=due("CBS-03")).sense == Sense("CBS-03")
    assert named_alone("New cases", expected=due("HUB-01")).sense is None
    assert named_alone("Referrals", expected=due("PRP-02", "HUB-01")).sense is None


def test_a_percentage_is_never_a_count_and_a_count_never_a_percentage():
    share = named_alone("Referrals supported by the hub", percent=True, values=(80,))
    count = named_alone("Referrals supported by the hub", values=(1903,))
    calls = named_alone("Helpline calls", percent=True, values=(40,))

    assert (share.sense.part, count.sense.part) == (Part.PERCENT, Part.NUMERATOR)
    assert calls.sense is None


@pytest.mark.parametrize("values", [(48, 52), ("48.5", "52.1")])
def test_the_name_of_a_share_over_bare_numbers_is_asked_about(values):
    naming = named_alone("Planned closures", sheet="Community", values=values)

    assert naming.sense is None
    assert naming.candidates[0].sense.part is (Part.NUMERATOR if values == (48, 52) else Part.PERCENT)


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ({"unit": "households"}, (45, 52)),
        ({}, ("45.5", "52")),
        ({}, (-4, 52)),
        ({"part": Part.DENOMINATOR}, (45, 52)),
    ],
)
def test_figures_that_cannot_be_an_indicators_are_only_proposed(said, values):
    assert named_alone("Helpline calls answered", **said, values=values).sense is None


def test_a_unit_that_says_nothing_or_the_same_does_no_harm():
    assert named_alone("Helpline calls answered", unit="Number").sense == Sense("HUB-09")
    assert named_alone("Helpline calls answered", unit="calls").sense == Sense("HUB-09")
    assert named_alone("Occupancy", unit="%", sheet="Refuge").sense == Sense("SA-07", Part.PERCENT)


def test_a_percentage_above_a_hundred_is_asked_about():
    assert named_alone("% occupancy", percent=True, values=(120,)).sense is None


@pytest.mark.parametrize(("before", "is_taken"), [(480, True), (20, False), (46000, False)])
def test_what_is_only_alike_must_be_as_large_as_last_quarter(before, is_taken):
    expected = due("CBS-01", previous={Part.VALUE: Decimal(before)}.items())

    naming = named_alone("Clients referred to community service", expected=expected, values=(446,))

    assert (naming.sense is not None) is is_taken


def test_a_name_may_be_as_large_as_it_likes():
    expected = due("HUB-09", previous={Part.VALUE: Decimal(2)}.items())

    assert named_alone("Helpline calls answered", expected=expected, values=(4187,)).sense


@pytest.mark.parametrize(
    ("row", "column", "category"),
    [
        (("Referrals received",), ("Police",), ("Police", "referral-source")),
        (("Police",), ("Referrals received",), ("Police", "referral-source")),
        (("Referrals received", "High risk"), (), ("High", "risk")),
        (("Referrals received by source", "GP"), (), ("General practice", "referral-source")),
        (("Referrals received",), ("York",), ("City of York", "area")),
        (("Referrals received", "Total"), (), (None, None)),
        (("Referrals received",), ("All",), (None, None)),
    ],
)
def test_a_category_beside_a_name_is_one_of_the_indicators_own(row, column, category):
    naming = named_alone(*row, column=column, sheet="Hub")

    assert (naming.sense.category, naming.sense.breakdown) == category


def test_a_category_of_two_breakdowns_is_known_by_those_beside_it():
    rows = [series("Referrals", column=(who,), sheet="Perpetrator programme") for who in ("Self", "Agency")]

    senses = [naming.sense for naming in named(rows, Lexicon(CATALOGUE))]

    assert [(sense.category, sense.breakdown) for sense in senses] == [
        ("Self", "self-or-agency"),
        ("Agency", "self-or-agency"),
    ]


def test_an_alias_of_a_category_is_of_the_smallest_breakdown_that_has_it():
    naming = named_alone("Self-referrals", sheet="Perpetrator programme")

    assert naming.sense == Sense("PRP-02", category="Self", breakdown="self-or-agency")


def test_a_category_within_a_label_is_proposed():
    naming = named_alone("Female clients referred to community service", sheet="Community")

    assert naming.sense is None
    assert naming.candidates[0].sense == Sense("CBS-01", category="Female", breakdown="sex")


def test_a_sheet_or_section_that_is_a_category_is_not_passed_over():
    by_sheet = named_alone("Helpline calls answered", sheet="York")
    by_section = named_alone("York", "Helpline calls answered", sheet="Hub")
    split = named_alone("Referrals received", sheet="Hub", title="York")

    assert (by_sheet.sense, by_section.sense, split.sense) == (None, None, None)
    assert split.candidates[0].sense.category == "City of York"


def test_two_categories_at_once_are_asked_about():
    assert named_alone("Referrals received", "High risk", column=("York",), sheet="Hub").sense is None


def test_a_part_that_is_no_category_is_asked_about():
    assert named_alone("Referrals received", column=("Leeds",), sheet="Hub").sense is None


def test_a_shares_count_among_categories_is_asked_about():
    rows = [series(f"{risk} risk referrals", sheet="Hub") for risk in ("High", "Medium", "Standard")]
    exact = [series("High-risk referrals received", sheet="Hub"), series("Medium risk referrals received", sheet="Hub")]

    assert all(naming.sense is None for naming in named(rows, Lexicon(CATALOGUE)))
    assert named(exact[:1], Lexicon(CATALOGUE))[0].sense == Sense("HUB-04", Part.DENOMINATOR)
    assert named(exact, Lexicon(CATALOGUE))[0].sense is None


def test_two_series_that_claim_the_same_figure_are_both_doubtful():
    rows = [series("Helpline calls answered"), series("Calls answered")]

    namings = named(rows, Lexicon(CATALOGUE))

    assert [naming.sense for naming in namings] == [None, None]
    assert namings[0].why.endswith("but another row or column claims the same figure.")


def test_of_two_that_claim_the_same_figure_the_one_that_fits_better_stays():
    rows = [series("Helpline calls answered", sheet="Summary"), series("Helpline calls answered", sheet="Hub")]
    coded = [series("Helpline calls answered", sheet="Hub"), series("Calls", code="HUB-09", sheet="Hub")]

    assert [bool(naming.sense) for naming in named(rows, Lexicon(CATALOGUE))] == [False, True]
    assert [bool(naming.sense) for naming in named(coded, Lexicon(CATALOGUE))] == [False, True]


def test_the_quarter_and_the_year_so_far_are_two_figures():
    rows = [series("Safety plans"), series("Safety plans undertaken", basis=Basis.YEAR_TO_DATE)]
    labels = [series("Adults in refuge", sheet="R"), series("Adults in refuge (cumulative)", sheet="R")]

    assert all(naming.sense for naming in named(rows, Lexicon(CATALOGUE)))
    assert [naming.sense.basis for naming in named(labels, Lexicon(CATALOGUE))] == [None, Basis.YEAR_TO_DATE]


def test_the_same_words_on_a_sheet_a_month_are_one_figure():
    rows = [series("Helpline calls answered", sheet=month) for month in ("April 2022", "May 2022", "Q2")]

    assert all(naming.sense for naming in named(rows, Lexicon(CATALOGUE)))


def test_what_somebody_has_said_of_another_row_is_taken():
    naming = named([series("Helpline calls answered")], Lexicon(CATALOGUE), taken=[Sense("HUB-09")])[0]

    assert naming.sense is None
    assert naming.candidates[0].sense == Sense("HUB-09")


def test_a_title_that_says_otherwise_is_a_doubt():
    assert named_alone("Helpline calls answered", title="Targets for the year").sense is None


def test_a_misspelt_word_is_proposed_as_what_it_is_likely_meant_for():
    naming = named_alone("Helpline calls anwsered", sheet="Hub")

    assert naming.sense is None
    assert naming.candidates[0].sense == Sense("HUB-09")


@pytest.mark.parametrize(
    ("row", "sheet"),
    [
        (("Not supported", "New cases"), "Community"),
        (("New cases",), "Community: target"),
        (("Calls from hub to refuge",), ""),
    ],
)
def test_words_around_a_label_that_say_otherwise_are_doubts(row, sheet):
    assert named_alone(*row, sheet=sheet).sense is None


def test_a_section_that_nothing_explains_is_a_doubt():
    naming = named_alone("Kettle room", "New cases", sheet="Community")

    assert naming.sense is None
    assert naming.why == "It is most like CBS-03 New cases opened, but it stands under “Kettle room”."


def test_what_is_likely_is_likelier_of_the_service_that_the_others_are():
    rows = [
        series("Our service", "Exits with evidenced reduced risk"),
        series("Our service", "Exits with a risk assessment"),
        series("Our service", "Clients supported"),
    ]
    terms = {code: replace(term, aliases=()) if code == "PRP-01" else term for code, term in CATALOGUE.terms.items()}

    last = named(rows, Lexicon(replace(CATALOGUE, terms=terms)))[-1]

    assert is_right(last.candidates[0].sense, "PRP-01")


def test_thousands_of_series_are_named():
    rows = [series(f"Helpline calls answered {word}", sheet=f"S{word}") for word in range(1200)]

    assert len(named(rows, Lexicon(CATALOGUE))) == 1200


@pytest.mark.parametrize("unit", ["No.", "Nos", "n", "Number", "#", "Qty"])
def test_a_unit_that_says_only_that_something_is_counted_suits_every_count(unit):
    assert named_alone("Helpline calls answered", unit=unit).sense.code == "HUB-09"


def test_a_unit_of_something_else_is_a_doubt():
    found = named_alone("Helpline calls answered", unit="Hours")

    assert found.sense is None
    assert "Hours" in found.why


def test_the_count_of_a_share_is_doubtful_where_another_name_says_more_of_the_label():
    found = named_alone("Inbound helpline calls answered", unit="Hours")

    assert found.sense is None
    assert "says more of that label" in found.why


def test_a_count_with_the_name_of_a_shares_is_asked_about_where_nothing_else_of_the_share_is_there():
    whole = series("Households that left", sheet="Refuge")
    share = series("Average length of stay", sheet="Refuge", values=("48.5", "52.1"))
    alone, beside = named([whole], Lexicon(CATALOGUE)), named([whole, share], Lexicon(CATALOGUE))
    said = named_alone("Households that left", sheet="Refuge", part=Part.DENOMINATOR)

    assert (alone[0].sense, alone[0].likely) == (None, Sense("SA-13.a", Part.DENOMINATOR))
    assert alone[0].why.endswith("it may be a count of its own.")
    assert beside[0].sense == Sense("SA-13.a", Part.DENOMINATOR)
    assert said.sense == Sense("SA-13.a", Part.DENOMINATOR)


def test_a_service_beside_a_name_is_a_category_of_it_and_asked_about():
    columns = ("Refuge", "Community outreach", "Leeds")
    refuge, outreach, _ = named(
        [series("Safety plans undertaken", column=(column,)) for column in columns], Lexicon(CATALOGUE)
    )

    assert (refuge.sense, refuge.likely) == (None, Sense("XS-01", category="Safe accommodation", breakdown="service"))
    assert outreach.likely == Sense("XS-01", category="Community-based support", breakdown="service")
    assert refuge.why.endswith("but it may be that of “Refuge” alone.")


def test_a_part_of_the_row_above_is_its_category():
    rows = [series("Households supported", part, sheet="Refuge") for part in ("of which refuge", "of which sanctuary")]
    police = series("Referrals received", "of which: police", sheet="Hub")
    first, second, third = named([*rows, police], Lexicon(CATALOGUE))

    assert first.likely == Sense("SA-03", category="Refuge", breakdown="accommodation-type")
    assert (second.sense, second.why.endswith("“sanctuary” is a part of it.")) == (None, True)
    assert (third.sense or third.likely).category == "Police"


def test_a_heading_that_only_says_what_is_counted_leaves_the_name_to_the_title():
    rows = [
        series(reason, column=("Households",), title="Households unable to be supported")
        for reason in ("Pets", "No recourse to public funds")
    ]
    pets, recourse = named(rows, Lexicon(CATALOGUE))

    assert pets.sense == Sense("SA-09", category="Pets", breakdown="unmet-need-reason")
    assert recourse.sense == Sense("SA-09", category="No recourse or no funding", breakdown="unmet-need-reason")


def test_a_category_of_another_breakdown_than_those_beside_it_is_asked_about():
    rows = [
        series(text, title="Households unable to be supported") for text in ("Pets", "Older male child", "Armed forces")
    ]
    pets, _, forces = named(rows, Lexicon(CATALOGUE))

    assert pets.likely.breakdown == "unmet-need-reason"
    assert (forces.sense, forces.likely.breakdown) == (None, "specialist-characteristic")


def test_a_doubt_quotes_the_words_of_the_label_as_they_are_written():
    why = named_alone("Number of clients taken on by the IDVA service", sheet="Community service").why

    assert "“clients, IDVA” is not part of that name" in why


def test_a_meaning_that_no_single_word_has_is_quoted_itself():
    assert written(("Children and young people",), frozenset({"elsewhere"})) == "elsewhere"
