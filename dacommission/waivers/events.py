"""What the audit log says of waivers."""

SENTENCES = {
    "waiver-asked": "asked for the {subject}",
    "waiver-approved": "approved the {subject}",
    "waiver-declined": "declined the {subject}",
    "waiver-ended": "ended the {subject}",
}
