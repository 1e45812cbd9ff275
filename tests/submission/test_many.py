"""Many workbooks at once: each matched with its return, all shown first, each kept by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.commissioning.models import Contribution
from dacommission.db import db, unit_of_work
from dacommission.indicators.store import kpis_of
from dacommission.returns.checking import Checked, check
from dacommission.returns.models import Return, Upload
from dacommission.roles import Role
from dacommission.submission import matching
from imports.reading import Passage
from tests import make
from tests.due_returns.workbooks import Case
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
PATH = "/returns/upload-many"
HEADER = "Code,Measure,Category,Period,Value\n"
LONG = HEADER + "HUB-01,Referrals received,,2022/23 Q1,{hub}\nCBS-01,Accepted,,2022/23 Q1,{cbs}\n"


class Two(Case):
    """A provider with two contracts that wait for their returns of one quarter."""

    def __init__(self) -> None:
        super().__init__()
        with unit_of_work():
            for kpi in self.kpis():
                kpi.mandatory = kpi.indicator_code == "HUB-01"
        make.indicator("CBS-01", name="Accepted")
        self.second = make.contract(self.contract.provider, lead=self.contract.lead_commissioner)
        make.kpi(self.second, "CBS-01")
        self.second_due: Return = make.due_return(self.second)

    def kpis(self) -> Any:
        return kpis_of(self.contract.id, 2022)


@pytest.fixture
def two(app: Flask) -> Two:
    return Two()


def files(*chosen: tuple[bytes, str]) -> dict[str, Any]:
    return {"files": [(BytesIO(content), name) for content, name in chosen]}


def fields(page: str) -> dict[str, Any]:
    """What the page of checked files sends back, with what is ticked on it."""
    return {
        "file_name": re.findall(r'name="file_name" value="([^"]*)"', page),
        "content": re.findall(r'name="content" value="([^"]*)"', page),
        "keep": re.findall(r'name="keep" type="checkbox" value="([^"]*)" checked', page),
    }


def uploads() -> int:
    return db.session.scalar(select(func.count()).select_from(Upload)) or 0


def test_many_files_are_matched_shown_and_kept_each_for_its_return(two: Two, client_for: ClientFor) -> None:
    client = client_for(two.manager)
    assert "Upload many workbooks at once" in text_of(client.get("/returns"))
    second = b"Code,Measure,Category,Period,Value\nCBS-01,Accepted,,2022/23 Q1,12\n"

    page = client.send(PATH, files((two.workbook(), "first.xlsx"), (second, "second.csv"), (b"No.", "letter.xlsx")))

    text = text_of(page)
    assert "Nothing is stored yet." in text
    assert f"first.xlsx {two.due} 3 figures, with no errors" in text
    assert f"second.csv {two.second_due} 1 figure, with no errors" in text
    assert "Why letter.xlsx cannot be read" in text
    assert uploads() == 0
    done = client.send(f"{PATH}/keep", fields(page.get_data(as_text=True)), of=PATH)
    assert text_of(done).count("Kept As upload 1.") == 2
    assert f'href="/returns/{two.due.id}/submit"' in done.get_data(as_text=True)
    assert (two.due.status, two.second_due.status) == ("received", "received")
    again = client.send(f"{PATH}/keep", fields(page.get_data(as_text=True)), of=PATH)
    assert text_of(again).count("This file was received before, as upload 1.") == 2
    assert uploads() == 2


def test_one_long_file_is_split_among_the_contracts_whose_kpis_it_holds(two: Two, client_for: ClientFor) -> None:
    client = client_for(two.manager)

    page = client.send(PATH, files((LONG.format(hub=20, cbs=7).encode(), "all.csv")))

    text = text_of(page)
    for due in (two.due, two.second_due):
        assert f"{due} 1 figure, with no errors, no questions and no warnings" in text
    client.send(f"{PATH}/keep", fields(page.get_data(as_text=True)), of=PATH)
    for due, figure in ((two.due, ("HUB-01", 20)), (two.second_due, ("CBS-01", 7))):
        assert [(one.indicator_code, one.value) for one in due.uploads[0].standing] == [figure]
    assert two.due.uploads[0].sha256 == two.second_due.uploads[0].sha256


def test_a_file_for_many_returns_is_given_only_to_who_may_see_them_all(two: Two, client_for: ClientFor) -> None:
    alone = make.contract(two.contract.provider, lead=two.contract.lead_commissioner)
    make.indicator("SA-01", name="Adults")
    make.kpi(alone, "SA-01")
    due = make.due_return(alone)
    client = client_for(two.manager)
    content = LONG.format(hub=20, cbs=7) + "SA-01,Adults,,2022/23 Q1,9\n"
    page = client.send(PATH, files((content.encode(), "all.csv")))
    client.send(f"{PATH}/keep", fields(page.get_data(as_text=True)), of=PATH)
    place = f"/uploads/{due.uploads[0].id}"
    body = make.organisation("funding-body")
    with unit_of_work():
        alone.lead_commissioner_id = body.id
    payer = client_for(make.user(Role.COMMISSIONER, alone.lead_commissioner))

    for path in ("file", "beside"):
        refused = payer.get(f"{place}/{path}")
        assert refused.status_code == 403
        assert "This file holds more than this return" in text_of(refused)
    assert payer.get(place).status_code == 200
    assert client.get(f"{place}/file").get_data() == content.encode()


def test_a_file_of_contracts_that_other_bodies_pay_for_is_not_split(two: Two, client_for: ClientFor) -> None:
    body = make.organisation("funding-body")
    with unit_of_work():
        two.second.contributions.append(Contribution(body_id=body.id, financial_year=2022))

    page = client_for(two.manager).send(PATH, files((LONG.format(hub=20, cbs=7).encode(), "all.csv")))

    said = f"because other bodies pay for {two.second.reference} than for {two.contract.reference}."
    assert f"Send each contract's figures in a file of its own, {said}" in text_of(page)
    assert 'name="keep"' not in page.get_data(as_text=True)


def test_a_part_of_a_file_holds_no_words_of_the_whole(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Passage("narrative", None, "B9", "What went well", "The other contract's story.")

    def with_words(content: bytes, name: str, **known_as: Any) -> Checked:
        checked = check(content, name, **known_as)
        return replace(checked, reading=replace(checked.reading, passages=(words,)))

    monkeypatch.setattr(matching, "check", with_words)

    found = matching.matched(LONG.format(hub=20, cbs=7).encode(), "all.csv", [two.due, two.second_due]).found

    assert [one.checked.reading.passages for one in found] == [(), ()]


def test_an_error_for_one_return_does_not_stop_the_other(two: Two, client_for: ClientFor) -> None:
    client = client_for(two.manager)

    page = client.send(PATH, files((LONG.format(hub="1.5", cbs=7).encode(), "all.csv")))

    assert "It has errors, so it cannot be kept." in text_of(page)
    client.send(f"{PATH}/keep", fields(page.get_data(as_text=True)), of=PATH)
    assert (len(two.due.uploads), len(two.second_due.uploads)) == (0, 1)


def test_a_kpi_of_two_contracts_is_nobodys_in_one_file(two: Two, client_for: ClientFor) -> None:
    make.kpi(two.second, "HUB-01")

    page = client_for(two.manager).send(PATH, files((LONG.format(hub=20, cbs=7).encode(), "all.csv")))

    assert "HUB-01 is a KPI of several of these contracts" in text_of(page)
    assert 'name="keep"' not in page.get_data(as_text=True)


def test_a_file_for_no_return_that_waits_says_what_its_cover_says(two: Two, client_for: ClientFor) -> None:
    content = two.workbook()
    make.submitted(two.due, {"HUB-01": 1})

    page = client_for(two.manager).send(PATH, files((content, "first.xlsx")))

    said = f"Its cover says {two.contract.reference}, Quarter 1 2022/23."
    assert f"This file is for none of your returns that wait for a workbook. {said}" in text_of(page)


def test_a_return_that_was_submitted_meanwhile_is_told_and_the_other_is_kept(two: Two, client_for: ClientFor) -> None:
    client = client_for(two.manager)
    second = b"Code,Measure,Category,Period,Value\nCBS-01,Accepted,,2022/23 Q1,12\n"
    page = client.send(PATH, files((two.workbook(), "first.xlsx"), (second, "second.csv"))).get_data(as_text=True)
    make.submitted(two.due, {"HUB-01": 1})

    done = text_of(client.send(f"{PATH}/keep", fields(page), of=PATH))

    assert "Not kept An upload can be added while the return is due" in done
    assert "Kept As upload 1." in done


def test_what_was_not_shown_is_not_kept(two: Two, client_for: ClientFor) -> None:
    client = client_for(two.manager)
    page = client.send(PATH, files((two.workbook(), "first.xlsx"))).get_data(as_text=True)
    make.indicator("HUB-09")
    make.kpi(two.contract, "HUB-09", mandatory=False)
    with unit_of_work():
        for kpi in two.kpis():
            kpi.mandatory = True

    done = text_of(client.send(f"{PATH}/keep", fields(page), of=PATH))

    assert "changed since you looked. Check it again." in done
    assert uploads() == 0


def test_two_files_for_one_return_are_not_both_ticked(two: Two, client_for: ClientFor) -> None:
    chosen = files((two.workbook(1), "first.xlsx"), (two.workbook(2), "second.xlsx"))

    page = client_for(two.manager).send(PATH, chosen).get_data(as_text=True)

    assert page.count('name="keep"') == 2
    assert len(fields(page)["keep"]) == 1


def test_of_two_files_kept_for_one_return_only_the_later_is_submitted(two: Two, client_for: ClientFor) -> None:
    client = client_for(two.manager)
    chosen = files((two.workbook(1), "first.xlsx"), (two.workbook(2), "second.xlsx"))
    page = client.send(PATH, chosen).get_data(as_text=True)
    both = re.findall(r'name="keep" type="checkbox" value="([^"]*)"', page)

    done = client.send(f"{PATH}/keep", {**fields(page), "keep": both}, of=PATH)

    assert "Upload 2 came after it." in text_of(done)
    assert done.text.count("Submit it") == 1


def test_a_file_that_was_received_before_says_where_it_was(two: Two, client_for: ClientFor) -> None:
    client, content = client_for(two.manager), two.workbook()
    page = client.send(PATH, files((content, "first.xlsx")))
    assert "already received" not in text_of(page)
    client.send(f"{PATH}/keep", fields(page.text), of=PATH)

    again = text_of(client.send(PATH, files((content, "first.xlsx"))))

    assert "This file was already received on" in again
    assert "as upload 1." in again


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Nothing was ticked, so nothing was kept."),
        ({"keep": "a:b:c", "file_name": "a.csv", "content": "not base64!"}, "did not come back as it was sent"),
        ({"keep": "a:b:c", "file_name": "a.csv", "content": "YQ=="}, "Nothing was kept"),
    ],
)
def test_a_spoilt_form_keeps_nothing(two: Two, client_for: ClientFor, form: dict[str, str], said: str) -> None:
    done = client_for(two.manager).send(f"{PATH}/keep", form, of=PATH, follow_redirects=True)

    assert said in text_of(done)
    assert uploads() == 0


def test_no_file_and_too_many_bytes_are_form_errors(two: Two, app: Flask, client_for: ClientFor) -> None:
    client = client_for(two.manager)
    assert "Choose a file." in text_of(client.send(PATH, {}))
    app.config["UPLOAD_LIMIT"] = 20

    page = client.send(PATH, files((b"x" * 15, "a.csv"), (b"y" * 15, "b.csv")))

    assert "more than 10 MB together" in text_of(page)


def test_another_providers_returns_are_not_among_them(two: Two, client_for: ClientFor) -> None:
    stranger = client_for(make.user(Role.PROVIDER_MANAGER))

    assert str(two.due) not in text_of(stranger.get(PATH))
    page = stranger.send(PATH, files((two.workbook(), "first.xlsx")))
    assert 'name="keep"' not in page.get_data(as_text=True)
