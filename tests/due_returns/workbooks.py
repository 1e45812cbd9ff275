"""Return workbooks as a provider would send them, for tests that go through the pages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.indicators.store import vocabulary
from dacommission.returns.expected import expected
from dacommission.returns.models import Return
from dacommission.roles import Role
from imports.reading import Part
from imports.template import Entry, fill_template, make_template
from tests import make


class Case:
    """A return of 2022/23 quarter 1 with two KPIs, and everybody who has to do with it."""

    def __init__(self) -> None:
        make.indicator("HUB-01", name="Referrals received")
        make.indicator("HUB-05", name="Supported by the hub", unit="percent", count_type="R", direction="higher")
        self.contract: Contract = make.contract()
        make.kpi(self.contract, "HUB-01")
        make.kpi(self.contract, "HUB-05", target=Decimal(80))
        self.due: Return = make.due_return(self.contract)
        self.manager: User = make.user(Role.PROVIDER_MANAGER, self.contract.provider)
        self.uploader: User = make.user(Role.PROVIDER_UPLOADER, self.contract.provider)
        self.commissioner: User = make.user(Role.COMMISSIONER, self.contract.lead_commissioner)
        self.colleague: User = make.user(Role.COMMISSIONER, self.contract.lead_commissioner)
        self.path = f"/returns/{self.due.id}"

    def workbook(self, referrals: object = 2398, due: Return | None = None) -> bytes:
        blank = make_template(expected(due or self.due), vocabulary())
        return fill_template(blank, entries(referrals))


def entries(referrals: object = 2398) -> Sequence[Entry]:
    return (
        Entry("HUB-01", value=referrals, comment="A busy quarter."),  # type: ignore[arg-type]
        Entry("HUB-05", Part.NUMERATOR, 1903),
        Entry("HUB-05", Part.DENOMINATOR, 2398),
    )


def chosen(content: bytes, name: str = "return.xlsx") -> dict[str, Any]:
    """A file as a browser sends it."""
    return {"file": (BytesIO(content), name)}


def large_request(content: bytes, token: str) -> dict[str, Any]:
    """The same as one piece of bytes, because the test client would write a large file to disk itself."""
    edge = "edge"
    parts = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="return.xlsx"\r\n\r\n'
    )
    body = parts.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return {"data": body, "content_type": f"multipart/form-data; boundary={edge}"}
