"""What the audit log says of the disposal of original files."""

SENTENCES = {
    "disposal-proposed": "proposed to dispose of original files: {subject}",
    "disposal-done": "disposed of original files, which another body had proposed: {subject}",
    "disposal-declined": "declined to dispose of original files: {subject}",
}
