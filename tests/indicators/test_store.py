"""Indicators and KPIs out of the database, in the words of the pure modules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dacommission.audit import CommandLine
from dacommission.db import db, unit_of_work
from dacommission.indicators import catalogue, store
from dacommission.indicators.installing import install_catalogue
from dacommission.indicators.models import Indicator
from tests import make


def test_the_installed_catalogue_comes_back_as_it_was_shipped(app):
    install_catalogue(by=CommandLine())

    shipped = {entry.code: entry.measure for entry in catalogue.load().indicators}

    assert store.measures() == shipped
    assert list(store.measures()) == list(shipped)


def test_the_vocabulary_of_a_new_database_is_the_shipped_one(app):
    install_catalogue(by=CommandLine())
    shipped, stored = catalogue.vocabulary(), store.vocabulary()

    assert stored.breakdowns == shipped.breakdowns
    assert stored.breakdown_names == shipped.breakdown_names
    assert stored.multiple == shipped.multiple
    assert set(stored.terms) == set(shipped.terms)
    for code, term in shipped.terms.items():
        assert set(stored.terms[code].aliases) == set(term.aliases)
        assert replace(stored.terms[code], aliases=()) == replace(term, aliases=())


def test_what_people_edit_is_what_counts(app):
    install_catalogue(by=CommandLine())
    with unit_of_work():
        db.session.get_one(Indicator, "SA-07").name = "Nights let"

    measure = store.measures()["SA-07"]

    assert (measure.name, measure.numerator_indicator, measure.part_of_whole) == ("Nights let", "SA-06", True)


def test_an_indicator_of_ones_own_is_a_measure_too(app):
    make.indicator("HUB-20", unit="fte", count_type="S")

    measure = store.measures()["HUB-20"]

    assert (measure.name, measure.count_type, measure.adds_with) == ("Indicator HUB-20", "S", "")
    assert not store.vocabulary().terms["HUB-20"].whole


def test_the_kpis_of_a_year_come_in_the_order_of_the_catalogue(app):
    contract = make.contract()
    for code in ("HUB-02", "HUB-01"):
        make.indicator(code)
        make.kpi(contract, code)
    make.kpi(contract, "HUB-01", 2023)

    assert [kpi.indicator_code for kpi in store.kpis_of(contract.id, 2022)] == ["HUB-02", "HUB-01"]


def test_a_kpi_is_a_target(app):
    make.indicator("HUB-05", unit="percent", count_type="R", direction="higher")
    kpi = make.kpi(make.contract(), "HUB-05", target=Decimal(80), tolerance=Decimal(5), minimum_denominator=20)

    target = store.target_of(kpi)

    assert (target.words, target.tolerance, target.minimum_denominator) == ("at least 80%", 5, 20)
