"""The page that shows what was read of a workbook: its form, and what is typed in it in the place of figures."""

from __future__ import annotations

import re
from typing import Any

from tests.due_returns.workbooks import Case, chosen
from tests.pages import PageClient

WHY = "A decimal point slipped in."


def fields(page: str) -> dict[str, str]:
    """What the page's form carries, with what was typed in it."""
    form = page[page.index('id="checked"') :]
    form = form[: form.index("</form>")]
    inputs = {
        found["name"]: found.get("value", "")
        for tag in re.findall(r"<input[^>]*>", form)
        if "name" in (found := dict(re.findall(r'(\w+)="([^"]*)"', tag)))
    }
    areas = dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)', form))
    return {**inputs, **{name: value.strip() for name, value in areas.items()}}


def look(client: PageClient, case: Case, referrals: object = "1.5") -> dict[str, str]:
    """The form of the page that shows a workbook."""
    page = client.send(f"{case.path}/upload", chosen(case.workbook(referrals)))
    return fields(page.get_data(as_text=True))


def again(client: PageClient, case: Case, carried: dict[str, str], **more: str) -> Any:
    return client.send(f"{case.path}/upload/again", {**carried, **more}, of=f"{case.path}/upload")


def typed(cell: str = "F5", value: str = "15", number: int = 0, **given: str) -> dict[str, str]:
    """One cell's fields as they are sent."""
    words = {"sheet": "KPIs", "cell": cell, "status": "reported", "value": value, "reason": WHY, **given}
    return {f"correction-{number}-{name.replace('__', '-')}": text for name, text in words.items()}
