"""The page about the rules says what the rules do."""

import re

from imports.checks import RULES
from tests.imports.rules_page import PAGE, page


def test_the_page_is_what_the_rules_and_their_examples_say():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.imports.rules_page"


def test_every_rule_is_on_the_page_under_its_number():
    sections = re.split(r"^## ", page(), flags=re.MULTILINE)[1:]
    found = {key: section[:3] for section in sections for key in re.findall(r"^### (.+)$", section, re.MULTILINE)}

    assert found == {key: rule.code for key, rule in RULES.items()}


def test_every_rule_has_an_example_that_fails_and_one_that_passes():
    assert page().count("\n- Fails: ") == page().count("\n- Passes: ") == len(RULES)
