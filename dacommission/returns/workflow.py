"""The life of a return as a table: which step leads from where to where, and who may take it. Pure."""

from __future__ import annotations

from enum import StrEnum

from dacommission.roles import Permission


class ReturnStatus(StrEnum):
    DUE = "due"  # nothing received
    RECEIVED = "received"  # an upload is kept; nobody has submitted it
    SUBMITTED = "submitted"
    QUERIED = "queried"  # submitted, with a question that is not settled
    SENT_BACK = "sent-back"
    ACCEPTED = "accepted"


class Step(StrEnum):
    RECEIVE = "receive"
    WITHDRAW = "withdraw"  # the only upload that stood
    FALL_BACK = "fall-back"  # the latest upload is withdrawn and an earlier one stands again
    SUBMIT = "submit"
    RESUBMIT = "resubmit"  # with a question of before that is not settled
    CORRECT = "correct"
    QUERY = "query"
    SETTLE = "settle"  # the last open query is closed
    ACCEPT = "accept"
    SEND_BACK = "send-back"
    REOPEN = "reopen"


class StepNotAllowed(Exception):
    """The step does not follow from where the return is; the message says so in a sentence."""


STATUS_NAMES = {
    ReturnStatus.DUE: "Due",
    ReturnStatus.RECEIVED: "Uploaded, not submitted",
    ReturnStatus.SUBMITTED: "Submitted",
    ReturnStatus.QUERIED: "Queried",
    ReturnStatus.SENT_BACK: "Sent back",
    ReturnStatus.ACCEPTED: "Accepted",
}

_D, _R, _S, _Q, _B, _A = ReturnStatus
# (status now, step taken) → (status next, permission needed)
TRANSITIONS: dict[tuple[ReturnStatus, Step], tuple[ReturnStatus, Permission]] = {
    (_D, Step.RECEIVE): (_R, Permission.RETURNS_UPLOAD),
    (_R, Step.RECEIVE): (_R, Permission.RETURNS_UPLOAD),
    (_Q, Step.RECEIVE): (_R, Permission.RETURNS_UPLOAD),
    (_B, Step.RECEIVE): (_R, Permission.RETURNS_UPLOAD),
    (_R, Step.WITHDRAW): (_D, Permission.RETURNS_UPLOAD),
    (_R, Step.FALL_BACK): (_R, Permission.RETURNS_UPLOAD),
    (_S, Step.WITHDRAW): (_D, Permission.RETURNS_SUBMIT),
    (_S, Step.FALL_BACK): (_R, Permission.RETURNS_SUBMIT),
    (_Q, Step.WITHDRAW): (_D, Permission.RETURNS_SUBMIT),
    (_Q, Step.FALL_BACK): (_R, Permission.RETURNS_SUBMIT),
    (_R, Step.SUBMIT): (_S, Permission.RETURNS_SUBMIT),
    (_R, Step.RESUBMIT): (_Q, Permission.RETURNS_SUBMIT),
    (_R, Step.CORRECT): (_R, Permission.RETURNS_UPLOAD),
    (_S, Step.CORRECT): (_S, Permission.RETURNS_SUBMIT),
    (_Q, Step.CORRECT): (_Q, Permission.RETURNS_SUBMIT),
    (_S, Step.QUERY): (_Q, Permission.RETURNS_REVIEW),
    (_Q, Step.QUERY): (_Q, Permission.RETURNS_REVIEW),
    (_Q, Step.SETTLE): (_S, Permission.RETURNS_REVIEW),
    (_S, Step.ACCEPT): (_A, Permission.RETURNS_REVIEW),
    (_S, Step.SEND_BACK): (_B, Permission.RETURNS_REVIEW),
    (_Q, Step.SEND_BACK): (_B, Permission.RETURNS_REVIEW),
    (_A, Step.REOPEN): (_B, Permission.RETURNS_REVIEW),
}

REFUSALS = {
    Step.RECEIVE: "An upload can be added while the return is due, queried or sent back. It is {status} now.",
    Step.WITHDRAW: "An upload can be withdrawn until its return is accepted. It is {status} now.",
    Step.FALL_BACK: "An upload can be withdrawn until its return is accepted. It is {status} now.",
    Step.CORRECT: "Figures are corrected from the upload until the return is accepted. It is {status} now.",
    Step.QUERY: "Questions are asked about a submitted return. It is {status} now.",
    Step.SETTLE: "Only a queried return can be settled. It is {status} now.",
    Step.SUBMIT: "A return is submitted once, after a workbook was uploaded. It is {status} now.",
    Step.RESUBMIT: "A return is submitted once, after a workbook was uploaded. It is {status} now.",
    Step.ACCEPT: "Only a submitted return without open queries can be accepted. It is {status} now.",
    Step.SEND_BACK: "Only a submitted return can be sent back. It is {status} now.",
    Step.REOPEN: "Only an accepted return can be reopened. It is {status} now.",
}


def after(status: ReturnStatus, step: Step) -> tuple[ReturnStatus, Permission]:
    """Where a step leads and the permission it needs. Raises StepNotAllowed."""
    try:
        return TRANSITIONS[status, step]
    except KeyError:
        raise StepNotAllowed(REFUSALS[step].format(status=STATUS_NAMES[status].lower())) from None


def steps_from(status: ReturnStatus) -> tuple[Step, ...]:
    """The steps that may be taken from a status, in the order of the table."""
    return tuple(step for (now, step) in TRANSITIONS if now is status)
