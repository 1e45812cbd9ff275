"""What the audit log says of organisations."""

SENTENCES = {
    "organisation-added": "added the organisation {subject}",
    "organisation-edited": "edited the organisation {subject}",
}
