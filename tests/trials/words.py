"""What providers elsewhere call what they count, with the indicator that a careful colleague would take it for.

The words are nobody's: written without looking at the catalogue's own aliases.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    code: str | None = None  # None: no indicator of the catalogue
    part: str = "value"
    basis: str = "period"
    category: str | None = None

    @property
    def like(self) -> str:
        """By what its figures are invented."""
        return self.code or self.label


HUB = (
    Row("Total referrals into the hub (inc. repeats)", "HUB-01"),
    Row("Inbound helpline calls answered", "HUB-09"),
    Row("Calls abandoned"),
    Row("Referrals passed on to longer term support", "HUB-06"),
    Row("Referrals closed - no support provided", "HUB-07"),
    Row("Clients waiting to be allocated a worker at end of period", "HUB-13.a"),
    Row("Advice given to other professionals", "HUB-12"),
    Row("Website visitors"),
)
COMMUNITY = (
    Row("Open cases brought forward", "CBS-02"),
    Row("New cases started", "CBS-03"),
    Row("Cases closed in the period", "CBS-04"),
    Row("Open cases carried forward", "CBS-05"),
    Row("Clients receiving support in the period", "CBS-06"),
    Row("Cases reviewed in supervision"),
)
REFUGE = (
    Row("Unit nights available", "SA-05"),
    Row("Unit nights filled", "SA-06"),
    Row("Nights closed for repair"),
    Row("Households we were unable to accommodate", "SA-09"),
    Row("Referrals for refuge accommodation", "SA-08"),
    Row("Households moving on from refuge", "SA-14.a"),
    Row("Households still in refuge 28 days after being ready to move", "SA-16"),
)
QUALITY = (
    Row("Safety plans completed", "XS-01"),
    Row("Safety planning workshops"),
    Row("MARAC referrals made by us", "XS-03"),
    Row("Safeguarding referrals - children", "XS-04.a"),
    Row("Safeguarding referrals - adults", "XS-04.b"),
    Row("Serious incidents", "XS-05.a"),
    Row("Complaints received in period", "XS-07.a"),
    Row("Complaints upheld in period", "XS-07.b"),
    Row("Compliments received"),
    Row("Case studies submitted", "XS-09.c"),
)
STAFF = (
    Row("Posts funded by the contract (FTE)", "WF-01.a"),
    Row("Staff currently in post (FTE)", "WF-01.b"),
    Row("Volunteers recruited"),
    Row("Training courses run for professionals", "TRN-01.a"),
    Row("Professionals attending our training", "TRN-01.b"),
)
PERPETRATORS = (
    Row("Referrals into the perpetrator programme", "PRP-02"),
    Row("Perpetrators starting the programme", "PRP-04"),
    Row("Perpetrators completing the programme", "PRP-05.a"),
    Row("One-to-one motivational sessions"),
)
SO_FAR = (
    Row("Adults staying in safe accommodation (cumulative)", "SA-01", basis="ytd"),
    Row("Children staying in safe accommodation (cumulative)", "SA-02", basis="ytd"),
    Row("Individuals referred to community service (cumulative)", "CBS-01", basis="ytd"),
    Row("People worked with on the perpetrator programme (cumulative)", "PRP-01", basis="ytd"),
)
RATES = (
    Row("% of calls answered", "HUB-10", "percent"),
    Row("Occupancy %", "SA-07", "percent"),
    Row("% of case closures that were planned", "CBS-11", "percent"),
    Row("% of clients with reduced risk at exit", "CBS-12", "percent"),
    Row("% of people feeling safer at exit", "CBS-13", "percent"),
)
OTHER = (
    Row("Food parcels handed out"),
    Row("School assemblies held"),
    Row("Social media followers"),
    Row("Emergency grants awarded (£)"),
    Row("Interpreter sessions booked"),
    Row("Counselling sessions attended"),
    Row("Calls made to housing departments"),
)
SERVICES = {"Hub and helpline": HUB, "Community support": COMMUNITY, "Refuge": REFUGE, "Quality and safety": QUALITY}
