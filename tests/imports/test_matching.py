"""Which indicator a label names, and when nobody can be sure."""

from dataclasses import replace

import pytest

from imports.matching import MOST_KEPT, Around, Lexicon, code_of, lexicon_of, normalised
from imports.reading import Alias, Basis, Match, Part, Term
from imports.series import Sense
from tests.imports.vocabulary import VOCABULARY

LEXICON = Lexicon(VOCABULARY)


@pytest.mark.parametrize(
    ("label", "sense"),
    [
        ("HUB-01", Sense("HUB-01")),
        ("hub 01 Referrals received", Sense("HUB-01")),
        ("HUB01: whatever it says", Sense("HUB-01")),
        ("SA-04.a", Sense("SA-04.a")),
        ("HUB-10", Sense("HUB-10", Part.PERCENT)),
        ("HUB-10 numerator", Sense("HUB-10", Part.NUMERATOR)),
        ("HUB-10 Calls offered", Sense("HUB-10", Part.DENOMINATOR)),
        ("CBS-10", Sense("CBS-10", Part.VALUE)),
    ],
)
def test_a_code_names_its_indicator(label, sense):
    matched = LEXICON.match(label)

    assert (matched.sense, matched.match, matched.confidence) == (sense, Match.CODE, 1)


@pytest.mark.parametrize(
    ("label", "sense"),
    [
        ("Helpline calls answered", Sense("HUB-09")),
        ("  helpline   CALLS answered * ", Sense("HUB-09")),
        ("Number of helpline calls answered (1)", Sense("HUB-09")),
        ("Total referrals received", Sense("HUB-01")),
        ("Calls offered", Sense("HUB-10", Part.DENOMINATOR)),
        ("Call answer rate", Sense("HUB-10", Part.PERCENT)),
        ("Service users supported (YTD)", Sense("PRP-01", basis=Basis.YEAR_TO_DATE)),
        ("Service users supported", Sense("PRP-01")),
        ("Individuals referred, cumulative", Sense("CBS-01", basis=Basis.YEAR_TO_DATE)),
        ("Self-referrals to the programme", Sense("PRP-02", category="Self")),
    ],
)
def test_a_known_name_names_its_indicator(label, sense):
    matched = LEXICON.match(label)

    assert (matched.sense, matched.match, matched.confidence) == (sense, Match.ALIAS, 1)


def test_a_count_that_is_another_indicator_is_that_indicator():
    assert LEXICON.match("Referrals received").sense == Sense("HUB-01")


def test_an_alias_decides_which_part_of_a_rate_its_name_means():
    assert LEXICON.match("Referrals supported by the hub").sense == Sense("HUB-05", Part.NUMERATOR)


def test_a_shared_name_alone_is_not_guessed():
    matched = LEXICON.match("Referrals")

    assert (matched.sense, matched.match, matched.confidence) == (None, Match.NONE, 0)
    assert {sense.code for sense in matched.possible} == {"HUB-01", "PRP-02"}


@pytest.mark.parametrize(
    "around", [Around(owed={"PRP-02", "PRP-06"}), Around(families={"PRP"}), Around(category="Agency")]
)
def test_a_shared_name_is_narrowed_by_what_stands_around_it(around):
    matched = LEXICON.match("Referrals", around)

    assert matched.sense == Sense("PRP-02")
    assert matched.confidence < 1


def test_a_category_that_both_have_decides_nothing():
    assert LEXICON.match("Referrals", Around(category="Police")).sense is None


def test_of_one_indicators_senses_the_whole_comes_before_its_categories():
    term = replace(VOCABULARY.terms["PRP-02"], aliases=(Alias("Referrals in"), Alias("Referrals in", category="Self")))
    lexicon = Lexicon(replace(VOCABULARY, terms={"PRP-02": term}))

    assert lexicon.match("Referrals in").sense == Sense("PRP-02")


def test_a_name_for_the_year_so_far_gives_way_to_the_plain_one():
    aliases = (Alias("People helped"), Alias("People helped (cumulative)"))
    lexicon = Lexicon(replace(VOCABULARY, terms={"X-01": Term("X-01", "Name", "people", "F", aliases=aliases)}))

    assert lexicon.match("People helped").sense == Sense("X-01")
    assert lexicon.match("People helped YTD").sense == Sense("X-01", basis=Basis.YEAR_TO_DATE)


def test_an_unknown_label_matches_nothing_and_may_have_a_suggestion():
    assert LEXICON.match("Average weeks waiting").match is Match.NONE
    assert LEXICON.suggestion("Helpline call answered") == "HUB-09 Helpline calls answered"
    assert LEXICON.suggestion("Average weeks waiting") is None


def test_a_category_is_found_in_the_indicators_own_breakdowns():
    term = VOCABULARY.terms["HUB-01"]

    assert LEXICON.category(term, "police") == ("referral-source", "Police")
    assert LEXICON.category(term, "Self-referral") == ("referral-source", "Self")
    assert LEXICON.category(term, "Agency") is None


def test_a_category_of_two_breakdowns_needs_the_breakdowns_name():
    term = VOCABULARY.terms["HUB-01"]

    assert LEXICON.category(term, "Unknown") is None
    assert LEXICON.category(term, "Unknown", breakdown="Risk") == ("risk", "Unknown")
    assert LEXICON.category(term, "Unknown", breakdown="referral-source") == ("referral-source", "Unknown")
    assert LEXICON.category(term, "Unknown", breakdown="Age") is None


def test_a_category_of_two_breakdowns_is_known_by_those_beside_it():
    term = VOCABULARY.terms["PRP-02"]

    assert LEXICON.category(term, "Self") is None
    assert LEXICON.category(term, "Self", beside={"Self", "Agency"}) == ("self-or-agency", "Self")
    assert LEXICON.category(term, "Self", beside={"Self", "Police"}) == ("referral-source", "Self")


def test_senses_of_several_indicators_have_no_one_code():
    assert code_of((Sense("HUB-01"), Sense("HUB-05", Part.DENOMINATOR))) is None
    assert code_of(()) is None


@pytest.mark.parametrize("label", ["Cases & closures", "cases and  closures†", "CASES AND CLOSURES [note 2]"])
def test_case_spaces_and_footnotes_do_not_matter(label):
    assert normalised(label) == "cases and closures"


def test_the_names_of_a_vocabulary_are_looked_up_once():
    first = lexicon_of(VOCABULARY)

    assert lexicon_of(replace(VOCABULARY)) is first
    assert lexicon_of(replace(VOCABULARY, terms={})).senses("Referrals received")[1] == ()


def test_only_the_names_of_the_last_vocabularies_are_kept():
    first = lexicon_of(VOCABULARY)
    others = [replace(VOCABULARY, multiple=frozenset({str(number)})) for number in range(MOST_KEPT)]

    assert [lexicon_of(other).vocabulary for other in others] == others
    assert lexicon_of(VOCABULARY) is not first
