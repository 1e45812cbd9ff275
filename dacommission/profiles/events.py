"""What the audit log says of import profiles."""

SENTENCES = {
    "profile-learned": "kept what the rows of a workbook mean: {subject}",
}
