"""How often a password may be guessed, counted in the database so that it holds across processes and restarts.

A stranger's guesses use up the stranger's own address, never somebody else's: the right person, from
another address, is always let try.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, delete, select

from dacommission.accounts.models import FailedSignIn
from dacommission.db import db

WINDOW = timedelta(minutes=5)
ACCOUNT_FROM_ADDRESS = 10
ADDRESS = 30
EVERYWHERE = 1_000
ADDRESS_WHEN_BUSY = 1  # once everybody together has failed too often, an address has one try, not thirty


class TooManyTries(Exception):
    """This address has guessed too often; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def take_a_try(email: str, address: str, *, at: datetime) -> None:
    """Counts a try as failed until it succeeds, within the unit of work in hand. Raises TooManyTries.

    Counted first, so that a hundred guesses at the same moment are still a hundred.
    """
    account, place = account_digest(email), network(address)
    from_here = FailedSignIn.address == place
    limits = [(from_here & (FailedSignIn.account == account), ACCOUNT_FROM_ADDRESS), (from_here, ADDRESS)]
    if _until_under(None, EVERYWHERE, at=at):
        limits.append((from_here, ADDRESS_WHEN_BUSY))
    wait = max(_until_under(which, limit, at=at) for which, limit in limits)
    if wait:
        raise TooManyTries(wait)
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.at <= at - WINDOW))
    db.session.add(FailedSignIn(account=account, address=place, at=at))


def forget(email: str, address: str) -> None:
    """The right person signed in here: their own wrong guesses from this address no longer count."""
    db.session.execute(
        delete(FailedSignIn).where(
            FailedSignIn.account == account_digest(email), FailedSignIn.address == network(address)
        )
    )


def account_digest(email: str) -> str:
    """Stands for an e-mail address that was typed, whether or not there is such an account."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"sign-in {email}".encode(), hashlib.sha256).hexdigest()


def network(address: str) -> str:
    """Where a request came from: an IPv4 address, or the /64 of an IPv6 one, since a person has all of that."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _until_under(which: ColumnElement[bool] | None, limit: int, *, at: datetime) -> int:
    """Seconds until fewer than `limit` failures are in the window; 0 when that is so now."""
    query = select(FailedSignIn.at).where(FailedSignIn.at > at - WINDOW)
    query = query if which is None else query.where(which)
    oldest = db.session.scalar(query.order_by(FailedSignIn.at.desc(), FailedSignIn.id).offset(limit - 1).limit(1))
    return 0 if oldest is None else max(1, math.ceil((oldest + WINDOW - at).total_seconds()))
