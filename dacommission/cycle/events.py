"""What the audit log says of the quarterly cycle."""

SENTENCES = {
    "returns-opened": "opened returns of the contract {subject}",
    "extension-asked": "asked for more time for the return {subject}",
    "extension-granted": "granted more time for the return {subject}",
    "extension-declined": "declined more time for the return {subject}",
    "extension-given": "gave more time for the return {subject} without being asked",
}
