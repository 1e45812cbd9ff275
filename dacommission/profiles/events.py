"""What the audit log says of what is known of a contract's workbooks."""

SENTENCES = {
    "profile-learned": "kept what the rows of a workbook mean: {subject}",
    "profile-corrected": "changed what a row means: {subject}",
    "profile-row-forgotten": "had a known row forgotten: {subject}",
    "profile-forgotten": "had everything forgotten that was known: {subject}",
    "profile-quarters": "said which year the quarters are of: {subject}",
}
