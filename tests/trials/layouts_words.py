"""Plain tables whose difficulty is their words: many indicators at once, and labels that only look like one."""

from __future__ import annotations

from tests.trials.building import layout
from tests.trials.layouts_periods import simple
from tests.trials.sheets import Trial
from tests.trials.words import Row

MANY = (
    Row("People taken on by more than one agency"),
    Row("Unique individuals referred to the hub so far this year", "HUB-02", basis="ytd"),
    Row("Longest time anyone waited to be allocated (working days)", "HUB-13.b"),
    Row("Web chats, emails and texts handled", "HUB-11"),
    Row("Households housed in safe accommodation so far this year", "SA-03", basis="ytd"),
    Row("Refuge units we are commissioned to provide", "SA-04.a"),
    Row("Beds we are commissioned to provide (bedspaces)", "SA-04.b"),
    Row("Stays of over 180 days", "SA-13.c"),
    Row("Median stay in refuge (nights)", "SA-13.b"),
    Row("Families worked with under Whole Family so far this year", "WFA-03", basis="ytd"),
    Row("Referrals into Respect young people's programme", "RES-03"),
    Row("Death reviews we were notified of (domestic abuse related)", "XS-06.a"),
    Row("Overdue actions from death reviews", "XS-06.b"),
    Row("Co-production sessions held with survivors", "XS-09.a"),
    Row("MARAC cases heard", "MRC-01"),
    Row("Children in households discussed at MARAC", "MRC-04"),
    Row("Spend to date (£)", "CON-02.a", basis="ytd"),
    Row("Forecast outturn for the year (£)", "CON-02.c"),
    Row("Contract actions overdue", "CON-05.a"),
    Row("Value of social value delivered (£)", "CON-04.b"),
)
ALIKE = (
    Row("Referrals declined by other agencies"),
    Row("Referrals to food bank"),
    Row("Calls to NHS 111"),
    Row("Nights worked by on-call staff"),
    Row("Adults supported by volunteers only"),
    Row("Children supported in school"),
    Row("Households visited"),
    Row("Cases closed by police"),
    Row("New cases of flu among staff"),
    Row("Complaints about neighbours"),
    Row("Safety equipment fitted"),
    Row("Staff in training posts"),
    Row("Open days held"),
    Row("Refuge visits by councillors"),
    Row("Case study interviews filmed"),
    Row("Serious case conferences attended"),
    Row("People supported to claim benefits"),
    Row("Service users attending yoga"),
    Row("Calls supported by interpreter"),
    Row("Training bursaries"),
)


@layout
def many_indicators_in_one_list() -> Trial:
    return Trial("many_indicators_in_one_list", "monitoring.xlsx", [_list(MANY, "KPI schedule")])


@layout
def labels_that_only_look_like_indicators() -> Trial:
    return Trial("labels_that_only_look_like_indicators", "monitoring.xlsx", [_list(ALIKE, "Other counts")])


def _list(rows: tuple[Row, ...], title: str):
    return simple("List", rows, ["Q2 2023/24"], ["2023-Q2"], title=title)
