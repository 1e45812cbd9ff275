"""Which indicators the rows and columns of a workbook are, and which of them nobody may be sure of."""

import pytest

from dacommission.indicators.catalogue import vocabulary
from tests.imports.labels import score, told

CATALOGUE = vocabulary()
FILES = {"labels_tuned.txt": 0.95, "labels_tuned_too.txt": 0.95, "labels_held_out.txt": 0.85}


@pytest.mark.parametrize("name", FILES)
def test_other_words_of_the_field_are_never_named_wrongly_in_silence(name):
    found = score(told(name), CATALOGUE)

    assert [(case.one.row, case.one.column, naming.why) for case, naming in found.wrong] == []
    assert (found.accepted + found.proposed) / found.known >= FILES[name]
