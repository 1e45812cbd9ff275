"""Organisations: listed, read, added and edited, with dated names and successors, two people at once."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.organisations.models import Organisation, OrganisationName
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

NEW = {"name": "New Borough Council", "short_name": "NBC", "kind": "funding-body"}


@pytest.fixture
def commissioner(app: Flask, client_for):
    return client_for(make.user(Role.COMMISSIONER, make.organisation("funding-body", name="Own Council")))


def day(field: str, value: date | None) -> dict[str, str]:
    parts = [value.day, value.month, value.year] if value else ["", "", ""]
    return {f"{field}-{part}": str(number) for part, number in zip(("day", "month", "year"), parts, strict=True)}


def row(number: int, name: str, start: date | None = None, end: date | None = None) -> dict[str, str]:
    stem = f"names-{number}"
    return {f"{stem}-name": name, **day(f"{stem}-valid_from", start), **day(f"{stem}-valid_to", end)}


def saved(name: str) -> Organisation:
    db.session.rollback()
    return db.session.scalars(select(Organisation).where(Organisation.name == name)).one()


def names_of(organisation: Organisation) -> list[tuple]:
    return [(held.name, held.valid_from, held.valid_to) for held in organisation.names]


def test_the_list_finds_sorts_and_filters(commissioner):
    make.organisation("provider", name="Zebra Refuge", short_name="Zebra")
    make.organisation("board-agency", name="Aardvark Agency", short_name="Aardvark")

    everything = text_of(commissioner.get("/organisations"))
    providers = text_of(commissioner.get("/organisations?kind=provider"))
    turned = text_of(commissioner.get("/organisations?order=desc"))

    assert everything.index("Aardvark Agency") < everything.index("Zebra Refuge")
    assert turned.index("Zebra Refuge") < turned.index("Aardvark Agency")
    assert "Zebra Refuge" in providers
    assert "Aardvark Agency" not in providers
    assert "1 found for “zeb”" in text_of(commissioner.get("/organisations?search=zeb"))
    assert "No organisation fits" in text_of(commissioner.get("/organisations?search=none-of-these"))
    assert commissioner.get("/organisations?kind=no-such").status_code == 200


def test_the_list_goes_over_pages(commissioner):
    for number in range(26):
        make.organisation("provider", name=f"Provider number {number:02d}")

    assert "Page 1 of 2" in text_of(commissioner.get("/organisations"))
    assert "Provider number 25" in text_of(commissioner.get("/organisations?page=2"))


def test_an_organisation_is_read_with_its_names_successor_and_predecessors(commissioner):
    later = make.organisation("provider", name="Later Provider")
    earlier = make.organisation(
        "provider",
        name="Earlier Provider",
        successor_id=later.id,
        succeeded_on=date(2023, 4, 1),
        names=[OrganisationName(name="First Name", valid_from=None, valid_to=date(2020, 3, 31))],
    )

    first, second = (text_of(commissioner.get(f"/organisations/{one.id}")) for one in (earlier, later))

    assert "Successor Later Provider , from 1 April 2023" in first
    assert "First Name Not known 31 March 2020" in first
    assert "Took over from Earlier Provider , on 1 April 2023" in second


def test_an_auditor_reads_but_does_not_edit(app, client_for):
    organisation = make.organisation()
    auditor = client_for(make.user(Role.AUDITOR))

    assert "Edit" not in text_of(auditor.get(f"/organisations/{organisation.id}"))
    assert auditor.get(f"/organisations/{organisation.id}/edit").status_code == 403
    assert auditor.get("/organisations/add").status_code == 403


@pytest.mark.parametrize("step", ["", "/edit"])
def test_an_unknown_organisation_is_not_found(commissioner, step):
    assert commissioner.get(f"/organisations/{uuid.uuid4()}{step}").status_code == 404


def test_an_organisation_is_added_with_its_names(commissioner):
    response = commissioner.send(
        "/organisations/add",
        {
            **NEW,
            "note": "Since reorganisation.",
            **row(0, "Old Borough", end=date(2023, 3, 31)),
            **row(1, "New Borough Council", date(2023, 4, 1)),
            **row(2, ""),
        },
        follow_redirects=True,
    )

    added = saved("New Borough Council")
    assert "New Borough Council added." in text_of(response)
    assert (added.kind, added.short_name, added.note) == ("funding-body", "NBC", "Since reorganisation.")
    assert set(names_of(added)) == {
        ("Old Borough", None, date(2023, 3, 31)),
        ("New Borough Council", date(2023, 4, 1), None),
    }
    assert db.session.scalars(select(AuditEvent.action)).all() == ["organisation-added"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Enter the organisation's name."),
        ({"name": "x" * 201}, "Enter at most 200 characters."),
        ({"short_name": " "}, "Enter a short name, such as its initials."),
        ({"name": "own council"}, "There is an organisation named own council already."),
        (row(0, "", date(2020, 1, 1)), "Name 1: Enter the name these dates belong to, or clear the dates."),
        (
            row(0, "A", date(2020, 2, 1), date(2020, 1, 1)),
            "Name 1: Until must be the same day as From, or later.",
        ),
        ({**row(0, "A"), "names-0-valid_from-day": "31"}, "Name 1: From must have a day, a month and a year"),
        (
            {**row(0, "A", end=date(2020, 1, 1)), **row(1, "B", date(2020, 1, 1))},
            "The names A and B are both in use on the same day.",
        ),
        (day("succeeded_on", date(2020, 1, 1)), "Choose the successor that took over on this day"),
        ({"successor": str(uuid.UUID(int=1))}, "Choose an organisation from the list."),
    ],
)
def test_what_cannot_be_saved_says_why_and_keeps_what_was_typed(commissioner, change, sentence):
    response = commissioner.send("/organisations/add", {**NEW, "note": "Typed text.", **change})

    assert sentence in text_of(response)
    assert "<title>Error: Add an organisation" in response.get_data(as_text=True)
    assert "Typed text." in response.get_data(as_text=True)
    assert db.session.scalar(select(func.count(Organisation.id))) == 1


def test_a_successor_needs_its_day(commissioner):
    later = make.organisation()

    response = commissioner.send("/organisations/add", {**NEW, "successor": str(later.id)})

    assert "Enter the day its successor took over." in text_of(response)


def test_another_row_is_added_without_a_script_and_without_losing_or_saving(commissioner):
    typed = {**NEW, "name": "", **row(0, "First Name", date(2020, 1, 1)), **row(1, "Second Name")}

    page = commissioner.send("/organisations/add", {**typed, "another": "name"}).get_data(as_text=True)

    assert 'value="First Name"' in page
    assert 'value="2020"' in page
    assert "names-2-name" in page
    assert "names-3-name" not in page
    assert "There is a problem" not in page
    assert db.session.scalar(select(func.count(Organisation.id))) == 1


def test_the_form_to_edit_holds_what_is_known(commissioner):
    later = make.organisation(name="Later Provider")
    organisation = make.organisation(
        name="Earlier Provider",
        successor_id=later.id,
        succeeded_on=date(2023, 4, 1),
        names=[OrganisationName(name="First Name", valid_to=date(2020, 3, 31))],
    )

    page = commissioner.get(f"/organisations/{organisation.id}/edit").get_data(as_text=True)

    assert 'value="First Name"' in page
    assert f'<option value="{later.id}" selected>' in page
    assert 'value="2023"' in page


def edited(organisation: Organisation, **changes: object) -> dict[str, object]:
    now = {
        "name": organisation.name,
        "short_name": organisation.short_name,
        "kind": organisation.kind,
        "note": organisation.note,
        "successor": str(organisation.successor_id or ""),
        "version": str(organisation.version),
        **day("succeeded_on", organisation.succeeded_on),
    }
    for number, held in enumerate(organisation.names):
        now |= row(number, held.name, held.valid_from, held.valid_to)
    return {**now, **changes}


def test_an_organisation_is_edited_and_its_names_keep_their_places(commissioner):
    later = make.organisation(name="Later Provider")
    organisation = make.organisation(
        name="A Provider",
        names=[
            OrganisationName(name="First Name", valid_to=date(2020, 3, 31)),
            OrganisationName(name="Second Name", valid_from=date(2020, 4, 1)),
        ],
    )
    kept = {held.name: held.id for held in organisation.names}

    changes = {
        "note": "Known better now.",
        "successor": str(later.id),
        **day("succeeded_on", date(2023, 4, 1)),
        **row(0, ""),
        **row(1, "Second Name", date(2020, 4, 1), date(2021, 3, 31)),
        **row(2, "A Provider", date(2021, 4, 1)),
    }
    response = commissioner.send(
        f"/organisations/{organisation.id}/edit", edited(organisation, **changes), follow_redirects=True
    )

    now = saved("A Provider")
    assert "A Provider saved." in text_of(response)
    assert (now.note, now.successor_id, now.version) == ("Known better now.", later.id, 2)
    assert set(names_of(now)) == {
        ("Second Name", date(2020, 4, 1), date(2021, 3, 31)),
        ("A Provider", date(2021, 4, 1), None),
    }
    assert {held.name: held.id for held in now.names}["Second Name"] == kept["Second Name"]


def test_an_organisation_does_not_follow_itself_by_way_of_others(commissioner):
    third = make.organisation(name="Third")
    second = make.organisation(name="Second", successor_id=third.id, succeeded_on=date(2022, 1, 1))

    changes = {"successor": str(second.id), **day("succeeded_on", date(2023, 4, 1))}
    response = commissioner.send(f"/organisations/{third.id}/edit", edited(third, **changes))

    assert "Third cannot follow itself, also not by way of others." in text_of(response)
    assert saved("Third").successor_id is None


def test_a_name_that_is_another_organisations_is_refused_but_ones_own_is_not(commissioner):
    organisation = make.organisation(name="A Provider")

    taken = commissioner.send(f"/organisations/{organisation.id}/edit", edited(organisation, name="Own Council"))
    own = commissioner.send(f"/organisations/{organisation.id}/edit", edited(organisation, name="a provider"))

    assert "There is an organisation named Own Council already." in text_of(taken)
    assert own.status_code == 302


def test_what_has_people_stays_the_kind_it_is(commissioner):
    provider = make.organisation("provider")
    make.user(Role.PROVIDER_MANAGER, provider)
    unused = make.organisation("provider")

    refused = commissioner.send(f"/organisations/{provider.id}/edit", edited(provider, kind="funding-body"))
    done = commissioner.send(f"/organisations/{unused.id}/edit", edited(unused, kind="funding-body"))

    assert "has people or contracts, so it stays what it is." in text_of(refused)
    assert done.status_code == 302


def test_of_two_who_edit_the_second_sees_what_changed_and_loses_nothing(commissioner):
    organisation = make.organisation(name="A Provider", note="As it was.")
    mine = edited(organisation, note="Mine.", **row(0, "My Name", date(2020, 4, 1), date(2021, 3, 31)))
    commissioner.send(f"/organisations/{organisation.id}/edit", edited(organisation, note="Theirs."))

    late = commissioner.send(f"/organisations/{organisation.id}/edit", mine)

    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Somebody else changed this while you were editing" in text_of(late)
    assert "Note Theirs. Mine." in text_of(late)
    assert "Dated names (blank) My Name (from 01/04/2020 until 31/03/2021)" in text_of(late)
    assert "Successor" not in text_of(late).split("Edit A Provider")[0]
    assert 'value="My Name"' in page
    assert commissioner.send(f"/organisations/{organisation.id}/edit", {**mine, "version": "2"}).status_code == 302
    assert saved("A Provider").note == "Mine."


def test_editing_is_on_record(commissioner):
    organisation = make.organisation()

    commissioner.send(f"/organisations/{organisation.id}/edit", edited(organisation, note="New."))

    assert db.session.scalars(select(AuditEvent.action)).all() == ["organisation-edited"]


def test_the_name_on_a_day_is_the_one_it_went_by(app):
    organisation = make.organisation(
        name="Latest",
        names=[
            OrganisationName(name="First", valid_to=date(2020, 3, 31)),
            OrganisationName(name="Latest", valid_from=date(2020, 4, 1)),
        ],
    )

    assert organisation.name_on(date(2020, 3, 31)) == "First"
    assert organisation.name_on(date(2020, 4, 1)) == "Latest"
    assert make.organisation(name="Only").name_on(date(2020, 4, 1)) == "Only"


def test_names_stand_in_their_order_with_the_one_of_unknown_beginning_first(app):
    body = make.organisation("provider", name="C")
    with unit_of_work():
        for name, start in (("C", date(2020, 1, 1)), ("B", date(2010, 1, 1)), ("A", None)):
            db.session.add(OrganisationName(organisation_id=body.id, name=name, valid_from=start, valid_to=None))
    db.session.expire_all()

    assert [held.name for held in saved("C").names] == ["A", "B", "C"]
