"""What the audit log says of summaries and releases."""

SENTENCES = {
    "summary-started": "started the summary {subject}",
    "summary-rewritten": "rewrote the sentences of the summary {subject}",
    "summary-exported": "took a file of the summary {subject}, with exact figures",
    "summary-released": "released {subject} to the Board",
    "release-withdrawn": "withdrew {subject}",
    "release-exported": "took a file of {subject}",
}
