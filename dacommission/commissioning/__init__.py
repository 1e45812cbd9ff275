"""What is bought, from whom, by whom together: services, arrangements, contracts, contributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.accounts.audit_log import tell_contracts
    from dacommission.commissioning import money_views, return_rules_views, service_views  # noqa: F401
    from dacommission.commissioning.events import SENTENCES
    from dacommission.commissioning.models import Contract
    from dacommission.commissioning.views import commissioning
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sentences import add_sentences

    app.register_blueprint(commissioning)
    tell_contracts(app, lambda user: Contract.visible_to(user).with_only_columns(Contract.id).order_by(None))
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Contracts", "commissioning.list_contracts", Permission.CONTRACTS_READ, 20)
    add_to_menu(app, "Services", "commissioning.list_services", Permission.CONTRACTS_READ, 65)
