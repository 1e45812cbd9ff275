"""A joint arrangement with the accepted returns of 2022/23: the published totals, and quarters made up for them."""

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.commissioning.models import Arrangement, Contract
from dacommission.db import db, unit_of_work
from dacommission.indicators.installing import install_catalogue
from dacommission.organisations.models import Organisation
from dacommission.returns.models import Return, StoredObservation
from dacommission.roles import Role
from dacommission.summaries import narrative
from dacommission.summaries.models import Summary
from imports.periods import Period
from tests import make

# Each indicator, or part of one, by quarter.
IDAS = {
    "HUB-01": (2398, 2512, 2371, 2458),
    ("HUB-05", "numerator"): (1903, 2021, 1896, 1971),
    "HUB-09": (4187, 4402, 4196, 4227),
    "XS-01": (2041, 2156, 2079, 2113),
    "CBS-01": (446, 903, 1331, 1784),
    "SA-01": (61, 98, 131, 164),
    "SA-02": (38, 60, 79, 97),
    "SA-05": (3822, 3864, 3864, 3780),
    "SA-06": (3440, 3493, 3363, 3402),
    "WFA-01": (71, 118, 165, 210),
    "WFA-02": (44, 75, 104, 132),
    "RES-01": (82, 146, 205, 264),
    "RES-02": (27, 45, 61, 76),
}
FOUNDATION = {
    "PRP-01": (52, 78, 101, 122),
    ("PRP-06", "numerator"): (9, 14, 13, 12),
    ("PRP-06", "denominator"): (13, 18, 17, 16),
}
SOURCES = {"Police": (1400, 1510, 1371, 1455), "Self": (995, 1000, 998, 1001), "Courts": (3, 2, 2, 2)}
CRIMES = {2020: (1420, 1615, 1424, 1307), 2021: (1523, 1660, 1625, 1538), 2022: (1573, 1778, 1501, 1435)}
STATED = {2020: 5766, 2021: 6346, 2022: 6387}


class Joint:
    """An arrangement of one funding body with IDAS and Foundation, its summary and its people, as stored."""

    def __init__(self) -> None:
        self.arrangement = db.session.scalars(select(Arrangement)).one()
        self.body = db.session.scalars(select(Organisation).where(Organisation.short_name == "NC")).one()
        self.commissioner = db.session.scalars(
            select(User).where(User.role == Role.COMMISSIONER, User.organisation_id == self.body.id)
        ).first()
        self.idas, self.foundation = (self._contract(reference) for reference in ("DA-IDAS", "DA-FOUND"))
        self.summary = db.session.scalars(select(Summary)).one()

    def _contract(self, reference: str) -> Contract:
        return db.session.scalars(select(Contract).where(Contract.reference == reference)).one()

    @property
    def idas_returns(self) -> list[Return]:
        """The accepted returns of 2022/23, first quarter first."""
        query = select(Return).where(Return.contract_id == self.idas.id, Return.financial_year == 2022)
        return list(db.session.scalars(query.order_by(Return.quarter)))

    def board_member(self) -> User:
        return make.user(Role.BOARD_MEMBER, self.body)

    def summary_of(self, period_key: str) -> Summary:
        return _summary(self.arrangement, period_key)


def set_up() -> None:
    """Stores the arrangement, its returns of 2022/23, its summary and the police series."""
    install_catalogue(by=make.user(Role.ADMINISTRATOR))
    body = make.organisation("funding-body", name="North Council", short_name="NC")
    arrangement = make.arrangement(name="Joint arrangement")
    make.user(Role.COMMISSIONER, body)
    kinds = {"HUB": ("The hub", "hub"), "SA": ("Safe accommodation", "safe-accommodation")}
    services = [
        make.service(name=name, kind=kind, duty="community", indicator_family=family)
        for family, (name, kind) in kinds.items()
    ]
    for name, reference, bought in (("IDAS", "DA-IDAS", services), ("Foundation", "DA-FOUND", [])):
        provider = make.organisation("provider", name=name, short_name=name)
        make.contract(provider, lead=body, reference=reference, arrangement_id=arrangement.id, services=bought)
    accept_year(2022)
    _summary(arrangement, "2022")
    crimes()


def accept_year(year: int, quarters: int = 4, change: int = 0) -> None:
    """Accepts the returns of the year's first quarters, every figure of IDAS changed by as much."""
    idas, foundation = (
        db.session.scalars(select(Contract).where(Contract.reference == reference)).one()
        for reference in ("DA-IDAS", "DA-FOUND")
    )
    people = [make.user(Role.PROVIDER_MANAGER, contract.provider) for contract in (idas, foundation)]
    by = make.user(Role.COMMISSIONER, idas.lead_commissioner)
    for place in range(quarters):
        figures = {key: counts[place] + change for key, counts in IDAS.items()}
        figures |= {("HUB-01", "referral-source", name): counts[place] for name, counts in SOURCES.items()}
        theirs = {key: counts[place] for key, counts in FOUNDATION.items()}
        for contract, reported, person in ((idas, figures, people[0]), (foundation, theirs, people[1])):
            due = make.due_return(contract, year, place + 1)
            make.accepted(due, reported, by=by, received_by_id=person.id)


def _summary(arrangement: Arrangement, period_key: str) -> Summary:
    text = narrative.default(Period.from_key(period_key).kind)
    summary = Summary(arrangement_id=arrangement.id, period_key=period_key, narrative=text)
    with unit_of_work():
        db.session.add(summary)
    return summary


def crimes() -> None:
    """The police series as published, with a total that its quarters do not make."""
    series = make.context_series(name="Domestic abuse related crimes", scope="North Yorkshire without York")
    upload = make.upload(series, {}, period=Period.financial_year(2022))
    rows = [(Period.quarter(year, n), "period", count) for year, q in CRIMES.items() for n, count in enumerate(q, 1)]
    rows += [(Period.financial_year(year), "total", total) for year, total in STATED.items()]
    with unit_of_work():
        for row, (period, basis, value) in enumerate(rows, 1):
            db.session.add(
                StoredObservation(
                    upload_id=upload.id,
                    sheet="Crimes",
                    cell=f"B{row}",
                    label="Crimes",
                    heading=[],
                    indicator_code="CTX-01",
                    part="value",
                    period_start=period.start,
                    period_end=period.end,
                    basis=basis,
                    value=value,
                    status="reported",
                    shown=str(value),
                    match="code",
                    confidence=1,
                )
            )
