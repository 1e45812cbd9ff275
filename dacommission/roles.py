"""Who may do what: the whole permission matrix on one page. Pure data.

A permission is what a page or an action needs; a scope says on whose records. The row numbers are those
of the matrix in docs/decisions/0003-permission-matrix.md. A second person for joint changes, releases and
roles comes with signing; until then one permitted person acts and the audit says who.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    COMMISSIONER = "commissioner"
    PROVIDER_MANAGER = "provider-manager"
    PROVIDER_UPLOADER = "provider-uploader"
    BOARD_MEMBER = "board-member"
    AUDITOR = "auditor"


class Scope(StrEnum):
    ANY = "any"
    FUND = "fund"  # contracts my body leads or pays for
    OWN = "own"  # my own provider's
    META = "meta"  # who, when, state and digest; never a figure
    SECURITY = "security"  # events about accounts and sign-ins
    SELF = "self"


class Permission(StrEnum):
    HOME = "home"
    ACCOUNT_OWN = "account-own"
    USERS_MANAGE = "users-manage"
    ORGANISATIONS_READ = "organisations-read"
    ORGANISATIONS_EDIT = "organisations-edit"
    CONTRACTS_READ = "contracts-read"
    CONTRACTS_EDIT = "contracts-edit"
    INDICATORS_READ = "indicators-read"
    INDICATORS_EDIT = "indicators-edit"
    RETURNS_READ = "returns-read"
    RETURNS_FIGURES = "returns-figures"
    RETURNS_UPLOAD = "returns-upload"
    RETURNS_SUBMIT = "returns-submit"
    DEPUTIES_NAME = "deputies-name"
    RETURNS_REVIEW = "returns-review"
    PROFILES_READ = "profiles-read"
    PROFILES_EDIT = "profiles-edit"
    CONTEXT_READ = "context-read"
    CONTEXT_EDIT = "context-edit"
    RETENTION_READ = "retention-read"
    RETENTION_DISPOSE = "retention-dispose"
    SUMMARIES_DRAFT = "summaries-draft"
    SUMMARIES_EXPORT = "summaries-export"
    RELEASES_ISSUE = "releases-issue"
    RELEASES_READ = "releases-read"
    RELEASES_EXPORT = "releases-export"
    AUDIT_READ = "audit-read"
    AUDIT_VERIFY = "audit-verify"


ROLE_NAMES: dict[Role, str] = {
    Role.ADMINISTRATOR: "Administrator",
    Role.COMMISSIONER: "Commissioner",
    Role.PROVIDER_MANAGER: "Provider manager",
    Role.PROVIDER_UPLOADER: "Provider uploader",
    Role.BOARD_MEMBER: "Board member",
    Role.AUDITOR: "Auditor",
}

ROLE_DESCRIPTIONS: dict[Role, str] = {
    Role.ADMINISTRATOR: "Looks after accounts and organisations. Sees no figures.",
    Role.COMMISSIONER: "Works for one funding body: contracts, returns, summaries and releases.",
    Role.PROVIDER_MANAGER: "Uploads and submits the provider's returns and looks after its uploaders.",
    Role.PROVIDER_UPLOADER: "Uploads the provider's returns for a manager to submit.",
    Role.BOARD_MEMBER: "Reads what has been released to the Board, protected.",
    Role.AUDITOR: "Reads the audit log, contracts and the state of returns. Sees no exact figures.",
}

# Which kinds of organisation each role's people belong to.
ROLE_ORGANISATIONS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({"funding-body"}),
    Role.COMMISSIONER: frozenset({"funding-body"}),
    Role.PROVIDER_MANAGER: frozenset({"provider"}),
    Role.PROVIDER_UPLOADER: frozenset({"provider"}),
    Role.BOARD_MEMBER: frozenset({"funding-body", "provider", "board-agency"}),
    Role.AUDITOR: frozenset({"funding-body", "board-agency"}),
}

_A, _C, _M = Role.ADMINISTRATOR, Role.COMMISSIONER, Role.PROVIDER_MANAGER
_U, _B, _R = Role.PROVIDER_UPLOADER, Role.BOARD_MEMBER, Role.AUDITOR
_EVERYBODY = dict.fromkeys(Role, Scope.SELF)

GRANTS: dict[Permission, dict[Role, Scope]] = {
    Permission.HOME: _EVERYBODY,
    Permission.ACCOUNT_OWN: _EVERYBODY,  # 1, 4
    Permission.USERS_MANAGE: {_A: Scope.ANY, _M: Scope.OWN},  # 2, 4
    Permission.ORGANISATIONS_READ: {_A: Scope.ANY, _C: Scope.ANY, _R: Scope.ANY},  # 5
    Permission.ORGANISATIONS_EDIT: {_A: Scope.ANY, _C: Scope.ANY},  # 5
    Permission.CONTRACTS_READ: {_C: Scope.FUND, _M: Scope.OWN, _U: Scope.OWN, _R: Scope.ANY},  # 6
    Permission.CONTRACTS_EDIT: {_C: Scope.FUND},  # 6
    Permission.INDICATORS_READ: {_C: Scope.ANY, _M: Scope.ANY, _U: Scope.ANY, _R: Scope.ANY},  # 6
    Permission.INDICATORS_EDIT: {_C: Scope.ANY},  # 6
    Permission.RETURNS_READ: {_C: Scope.FUND, _M: Scope.OWN, _U: Scope.OWN, _R: Scope.META},  # 10, 14
    Permission.RETURNS_FIGURES: {_C: Scope.FUND, _M: Scope.OWN, _U: Scope.OWN},  # 10, 20
    Permission.RETURNS_UPLOAD: {_C: Scope.FUND, _M: Scope.OWN, _U: Scope.OWN},  # 8
    # 9; a commissioner on the provider's behalf, an uploader where the contract or the manager lets him: declaring.py
    Permission.RETURNS_SUBMIT: {_C: Scope.FUND, _M: Scope.OWN, _U: Scope.OWN},
    Permission.DEPUTIES_NAME: {_M: Scope.OWN},  # 9
    Permission.RETURNS_REVIEW: {_C: Scope.FUND},  # 11, 12, 13
    Permission.PROFILES_READ: {_C: Scope.FUND, _M: Scope.OWN, _U: Scope.OWN},  # 8
    Permission.PROFILES_EDIT: {_C: Scope.FUND, _M: Scope.OWN},  # 8
    Permission.CONTEXT_READ: {_C: Scope.ANY, _R: Scope.ANY},
    Permission.CONTEXT_EDIT: {_C: Scope.ANY},
    Permission.RETENTION_READ: {_C: Scope.FUND, _R: Scope.META},  # 25
    Permission.RETENTION_DISPOSE: {_C: Scope.FUND},  # 25; proposed by one body and approved by another
    Permission.SUMMARIES_DRAFT: {_C: Scope.FUND},  # 15, 16
    Permission.SUMMARIES_EXPORT: {_C: Scope.FUND},  # 20
    Permission.RELEASES_ISSUE: {_C: Scope.FUND},  # 17
    Permission.RELEASES_READ: {
        _C: Scope.ANY, _M: Scope.ANY, _U: Scope.ANY, _B: Scope.ANY, _R: Scope.ANY,
    },  # 18
    Permission.RELEASES_EXPORT: {_C: Scope.ANY, _M: Scope.ANY, _U: Scope.ANY, _B: Scope.ANY},  # 19
    Permission.AUDIT_READ: {
        _A: Scope.SECURITY, _C: Scope.FUND, _M: Scope.OWN, _U: Scope.SELF, _R: Scope.ANY,
    },  # 22
    Permission.AUDIT_VERIFY: {_A: Scope.ANY, _C: Scope.ANY, _R: Scope.ANY},  # 23
}  # fmt: skip


def allows(role: Role, permission: Permission) -> bool:
    """Whether a role has a permission at all, on whichever records."""
    return role in GRANTS[permission]


def scope(role: Role, permission: Permission) -> Scope | None:
    """On whose records a role has a permission; None where it has not."""
    return GRANTS[permission].get(role)
