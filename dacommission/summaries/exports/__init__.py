"""The files a summary can be taken away as; a format is one function marked with `@export`."""

from dacommission.summaries.exports import excel, pdf, tidy
from dacommission.summaries.exports.registry import EXPORTS, Export, Imprint, Source

__all__ = ["EXPORTS", "Export", "Imprint", "Source", "excel", "pdf", "tidy"]
