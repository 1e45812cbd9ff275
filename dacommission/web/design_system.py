"""The design system's own templates, in an environment of their own.

Our templates stop at an unknown name; the design system's macros look for options that were not given.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import BaseLoader, Environment, PackageLoader, PrefixLoader, Template, TemplateNotFound

PACKAGE = "govuk_frontend_jinja"


# One for the process: its templates are compiled once, however many applications are made.
_ENVIRONMENT = Environment(
    loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


class DesignSystemLoader(BaseLoader):
    """Finds the design system's templates for another environment's imports."""

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        if not name.startswith(f"{PACKAGE}/"):
            raise TemplateNotFound(name)
        return _ENVIRONMENT.get_template(name)
