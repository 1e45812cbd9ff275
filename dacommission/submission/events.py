"""What the audit log says of explanations and deputies."""

SENTENCES = {
    "return-explained": "explained figures of the return {subject}",
    "deputy-named": "named the deputy {subject}",
    "deputy-ended": "ended the time of the deputy {subject}",
}
