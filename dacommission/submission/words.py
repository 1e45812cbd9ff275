"""What is declared, and what is said when a return was submitted."""

from __future__ import annotations

from dacommission.accounts.models import User
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import ReturnStatus

DECLARED = (
    "I declare that these figures are complete and correct to the best of my knowledge, that they name no person, "
    "and that I may submit them for {provider}."
)
ON_BEHALF = (
    "I declare that these figures are as {provider} gave them to my organisation, that they name no person, and that "
    "I submit them on its behalf."
)
SUBMITTED = "The return was submitted with upload {number}."
STILL_QUERIED = " Its open queries are told of the new version."


def declaration(due: Return, user: User) -> str:
    """The words that somebody ticks before a return is submitted."""
    own = user.organisation_id == due.contract.provider_id
    return (DECLARED if own else ON_BEHALF).format(provider=due.contract.provider.name)


def submitted_words(due: Return, upload: Upload) -> str:
    """That it was submitted, and what happens now."""
    words = SUBMITTED.format(number=upload.number)
    return words + STILL_QUERIED if due.status == ReturnStatus.QUERIED else words
