"""The pages on which commissioners read, write and check a summary, and the Board reads what was released."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.returns.models import Return
from dacommission.roles import Role
from dacommission.summaries.models import Release, Summary
from tests import make
from tests.pages import text_of


def address(summary, more=""):
    return f"/summaries/{summary.id}{more}"


def released(joint, client_for):
    """The summary as released by its commissioner."""
    client = client_for(joint.commissioner)
    path = address(joint.summary, "/release")
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', client.get(path).get_data(as_text=True))[1]
    answer = client.send(path, {"seen": seen})
    assert answer.status_code == 302
    return db.session.scalars(select(Release).order_by(Release.released_at.desc())).first()


def test_a_commissioner_reads_the_published_facts_of_2022_23(joint, client_for):
    text = text_of(client_for(joint.commissioner).get(address(joint.summary)))

    for fact in (
        "IDAS received 9,739 referrals",
        "17,012 helpline calls, an average of 1,418 per month",
        "80% were supported by the hub",
        "1,784 people were referred to the community-based service",
        "164 adults and 97 children",
        "8,389 safety plans",
        "210 adults and 132 children",
        "264 parents and 76 children",
        "Foundation supported 122 service users",
        "75% of those assessed",
        "Domestic abuse related crimes, 2022/23 6,387 6,287 100",
    ):
        assert fact in text


def test_every_figure_on_the_page_leads_to_its_cells(joint, client_for):
    client = client_for(joint.commissioner)
    page = client.get(address(joint.summary)).get_data(as_text=True)

    links = sorted({link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*/where\?figure=[^"]+)"', page)})

    assert len(links) > 100
    for link in links[:: len(links) // 12]:
        assert client.get(link).status_code == 200


def test_where_a_figure_comes_from_names_rule_file_and_cells(joint, client_for):
    upload = joint.idas_returns[0].uploads[0]

    text = text_of(client_for(joint.commissioner).get(address(joint.summary, "/where?figure=HUB-01+value+2022")))

    assert "9,739" in text
    assert "Referrals received (HUB-01)" in text
    assert "The figures of the quarters were added up." in text
    assert text.count("KPIs!E5") == 4
    assert upload.file_name in text
    assert upload.sha256 in text
    assert "2398" in text


def test_a_rate_leads_to_its_two_counts(joint, client_for):
    client = client_for(joint.commissioner)

    text = text_of(client.get(address(joint.summary, "/where?figure=HUB-05+value+2022")))

    assert "7,791" in text
    assert "9,739" in text
    assert "then one was divided by the other" in text
    part = text_of(client.get(address(joint.summary, "/where?figure=HUB-05+numerator+2022")))
    assert "The count on top of the rate." in part


def test_a_figure_that_is_not_in_the_summary_is_not_found(joint, client_for):
    client = client_for(joint.commissioner)

    assert client.get(address(joint.summary, "/where?figure=HUB-99+value+2022")).status_code == 404
    assert client.get(address(joint.summary, "/where")).status_code == 404


def test_another_bodys_summary_is_not_found(joint, client_for):
    client = client_for(make.user(Role.COMMISSIONER))

    for more in ("", "/text", "/where?figure=HUB-01+value+2022", "/file/pdf", "/release"):
        assert client.get(address(joint.summary, more)).status_code == 404


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_sees_a_live_summary(joint, client_for, role):
    client = client_for(make.user(role, joint.body))

    for more in ("", "/text", "/where?figure=HUB-01+value+2022", "/file/xlsx", "/release"):
        assert client.get(address(joint.summary, more)).status_code == 403
    assert client.get("/summaries").status_code == 403


def test_a_commissioner_starts_a_summary_and_starting_it_again_finds_it(joint, client_for):
    client = client_for(joint.commissioner)
    form = {"arrangement": str(joint.arrangement.id), "period": "2022-Q3"}

    first, again = client.send("/summaries/new", form), client.send("/summaries/new", form)

    assert first.location == again.location
    text = text_of(client.get(first.location))
    assert "Joint impact summary Quarter 3 2022/23" in text
    assert "From 1 April to the end of Quarter 3 2022/23 1,331 people" in text
    assert "Quarter 3 2022/23" in text_of(client.get("/summaries"))


def test_a_summary_needs_an_arrangement_and_a_period(joint, client_for):
    answer = client_for(joint.commissioner).send("/summaries/new", {"arrangement": "", "period": ""})

    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)


def test_somebody_without_contracts_is_told_that_there_is_nothing(joint, client_for):
    client = client_for(make.user(Role.COMMISSIONER))

    assert "nothing to sum up yet" in text_of(client.get("/summaries/new"))
    assert "There are no summaries to show." in text_of(client.get("/summaries"))


def test_new_sentences_show_their_figures(joint, client_for):
    client = client_for(joint.commissioner)
    form = {"narrative": "Calls: {{ HUB-09 }}, and 12 more.", "version": "1"}

    answer = client.send(address(joint.summary, "/text"), form)

    text = text_of(client.get(answer.location))
    assert "Calls: 17,012 , and 12 more." in text
    assert "12 is typed by hand and has no source" in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("{{ HUB 1 }}", "{{ HUB 1 }} is not a figure or a name"), ("", "Enter the text of the summary.")],
)
def test_sentences_with_a_faulty_token_are_not_saved(joint, client_for, typed, sentence):
    before = joint.summary.narrative

    answer = client_for(joint.commissioner).send(address(joint.summary, "/text"), {"narrative": typed, "version": "1"})

    assert sentence in text_of(answer)
    db.session.expire_all()
    assert joint.summary.narrative == before


def test_the_second_of_two_writers_sees_what_the_first_wrote_and_loses_nothing(joint, client_for):
    client, path = client_for(joint.commissioner), address(joint.summary, "/text")
    client.send(path, {"narrative": "The first.", "version": "1"})

    answer = client.send(path, {"narrative": "The second.", "version": "1"})

    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "The first." in text
    assert "The second." in text
    assert client.send(path, {"narrative": "The second.", "version": "2"}).status_code == 302


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "csv"])
def test_a_live_file_is_marked_and_logged(joint, client_for, suffix):
    answer = client_for(joint.commissioner).get(address(joint.summary, f"/file/{suffix}"))

    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.actor_id) == ("summary-exported", joint.commissioner.id)
    if suffix == "pdf":
        text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
        assert "OFFICIAL-SENSITIVE" in text
        assert joint.commissioner.name in text
    if suffix == "xlsx":
        workbook = openpyxl.load_workbook(io.BytesIO(answer.data))
        assert any("KPIs!E5 in return-1.xlsx" in str(row[5].value) for row in workbook["Sources"].iter_rows())


def test_a_format_that_does_not_exist_is_not_found(joint, client_for):
    assert client_for(joint.commissioner).get(address(joint.summary, "/file/exe")).status_code == 404


def test_the_board_reads_a_release_in_which_small_counts_are_withheld(joint, client_for):
    release = released(joint, client_for)
    client = client_for(joint.board_member())

    text = text_of(client.get(f"/releases/{release.id}"))

    assert "IDAS received 9,739 referrals" in text
    assert "Evidenced reduced risk at exit (PRP-06) [c] [c] [c] [c] 75%" in text
    assert "[c] marks a figure withheld to protect people." in text
    assert release.title in text_of(client.get("/releases"))


def test_a_release_stays_as_it_was_when_the_figures_change(joint, client_for):
    release = released(joint, client_for)
    board = client_for(joint.board_member())
    before = board.get(f"/releases/{release.id}").data

    with unit_of_work():
        joint.idas_returns[3].uploads[0].observations[0].value = 5000

    assert "12,281" in text_of(client_for(joint.commissioner).get(address(joint.summary)))
    assert re.sub(rb'csrf_token" value="[^"]+"', b"", board.get(f"/releases/{release.id}").data) == re.sub(
        rb'csrf_token" value="[^"]+"', b"", before
    )


def test_the_board_sees_cells_but_not_what_stands_in_them(joint, client_for):
    release = released(joint, client_for)

    answer = client_for(joint.board_member()).get(f"/releases/{release.id}/where?figure=PRP-06+value+2022-Q1")

    text = text_of(answer)
    assert "[c]" in text
    assert "KPIs!E6" in text
    assert "As typed" not in text
    assert "The values in these cells are not part of the release." in text
    assert "/uploads/" not in answer.get_data(as_text=True)


def test_a_released_figure_that_does_not_exist_is_not_found(joint, client_for):
    release = released(joint, client_for)
    client = client_for(joint.board_member())

    assert client.get(f"/releases/{release.id}/where?figure=nothing").status_code == 404
    assert client.get(f"/releases/{release.id}/file/exe").status_code == 404


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "csv"])
def test_a_released_file_says_which_release_it_is(joint, client_for, suffix):
    release = released(joint, client_for)

    answer = client_for(joint.board_member()).get(f"/releases/{release.id}/file/{suffix}")

    assert answer.status_code == 200
    if suffix == "pdf":
        text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().replace("\n", " ")
        assert f"Release 1 of 1 September 2023, digest {release.sha256[:16]}" in text
        assert "OFFICIAL-SENSITIVE" not in text


def test_a_released_file_has_the_day_it_was_in_london(joint, client_for):
    release = released(joint, client_for)
    with unit_of_work():
        release.released_at = datetime(2023, 6, 30, 23, 30, tzinfo=UTC)

    answer = client_for(joint.board_member()).get(f"/releases/{release.id}/file/xlsx")

    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    written = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "of 1 July 2023" in written


def test_the_same_pressed_twice_is_one_release(joint, client_for):
    first = released(joint, client_for)

    assert released(joint, client_for).id == first.id
    assert len(db.session.scalars(select(Release)).all()) == 1


def test_what_changed_since_it_was_looked_at_is_not_released(joint, client_for):
    client, path = client_for(joint.commissioner), address(joint.summary, "/release")

    answer = client.send(path, {"seen": "0" * 64})

    assert answer.location == path
    assert "has changed since you looked at it" in text_of(client.get(path))
    assert db.session.scalars(select(Release)).all() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Only two women answered {{ HUB-09 }} calls.", "“two women” counts very few people."),
        ("{{ HUB-77 }}", "names HUB-77, which is no indicator"),
    ],
)
def test_a_text_that_gives_people_away_is_not_released(joint, client_for, typed, sentence):
    with unit_of_work():
        joint.summary.narrative = typed

    text = text_of(client_for(joint.commissioner).get(address(joint.summary, "/release")))

    assert "cannot be released yet" in text
    assert sentence in text


def test_a_second_release_withholds_what_the_first_withheld(joint, client_for):
    first = released(joint, client_for)
    with unit_of_work():
        db.session.scalars(select(Return)).first().decided_at = first.released_at + timedelta(days=1)

    second = released(joint, client_for)

    assert (first.number, second.number) == (1, 2)
    assert second.content == first.content


def test_a_withdrawn_release_is_gone_for_the_board_and_kept_for_commissioners(joint, client_for):
    release = released(joint, client_for)
    client, path = client_for(joint.commissioner), f"/releases/{release.id}/withdraw"

    assert "Enter why the release is withdrawn." in text_of(client.send(path, {"reason": " "}))
    client.send(path, {"reason": "Figures of quarter 2 were corrected."})
    client.send(path, {"reason": "Again."})

    assert client_for(joint.board_member()).get(f"/releases/{release.id}").status_code == 404
    text = text_of(client.get(f"/releases/{release.id}"))
    assert "Figures of quarter 2 were corrected." in text
    assert "Somebody has withdrawn this release already." in text
    assert "(withdrawn)" in text_of(client.get(address(joint.summary)))


def test_only_those_who_fund_its_contracts_withdraw_a_release(joint, client_for):
    release = released(joint, client_for)
    client = client_for(make.user(Role.COMMISSIONER))

    assert client.get(f"/releases/{release.id}").status_code == 200
    assert client.get(f"/releases/{release.id}/withdraw").status_code == 404


def test_there_is_nothing_to_read_before_the_first_release(joint, client_for):
    assert "Nothing has been released yet." in text_of(client_for(joint.board_member()).get("/releases"))


def test_releasing_is_told_to_the_audit_log_with_the_digest(joint, client_for):
    release = released(joint, client_for)

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "summary-released")).one()

    assert release.sha256 in event.details
    assert '"second_person": false' in event.details
    assert db.session.scalar(select(Summary.version)) == 1


def test_a_summary_that_cannot_be_protected_is_not_released(joint, client_for):
    """What an earlier release showed is no protection: here it showed all but one step of the year."""
    released(joint, client_for)
    with unit_of_work():
        figures = {
            one.indicator_code: one for one in joint.idas_returns[2].uploads[0].observations if one.part == "value"
        }
        figures["WFA-01"].value = 120

    text = text_of(client_for(joint.commissioner).get(address(joint.summary, "/release")))

    assert "cannot be released yet" in text
    assert "nothing that would protect it is left to withhold" in text
