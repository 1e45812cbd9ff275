"""What the audit log says of arrangements, services and contracts."""

SENTENCES = {
    "arrangement-added": "added the arrangement {subject}",
    "arrangement-edited": "edited the arrangement {subject}",
    "service-added": "added the service {subject}",
    "service-edited": "edited the service {subject}",
    "contract-added": "added the contract {subject}",
    "contract-edited": "edited the contract {subject}",
    "contract-returns-changed": "changed how the returns of the contract {subject} work",
    "extension-option-added": "added an extension option to the contract {subject}",
    "extension-option-edited": "edited an extension option of the contract {subject}",
    "extension-option-removed": "removed an extension option from the contract {subject}",
    "contribution-added": "added a contribution to the contract {subject}",
    "contribution-edited": "edited a contribution of the contract {subject}",
    "contribution-removed": "removed a contribution from the contract {subject}",
}
