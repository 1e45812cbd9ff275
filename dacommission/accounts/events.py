"""What the audit log says of signing in, of passwords and of accounts."""

SENTENCES = {
    "signed-in": "signed in",
    "signed-out": "signed out",
    "sign-in-failed": "tried to sign in to {subject} and was refused",
    "session-ended": "ended another session of their own",
    "password-chosen": "chose a password by a one-time link",
    "password-changed": "changed their password",
    "password-change-refused": "tried to change their password with a wrong current one",
    "user-invited": "invited {subject}",
    "user-link-issued": "issued a one-time link for {subject}",
    "user-edited": "edited the account of {subject}",
    "user-disabled": "disabled the account of {subject}",
    "user-enabled": "enabled the account of {subject}",
    "user-sessions-ended": "signed out {subject} everywhere",
    "demo-user-added": "added {subject} to the demo",
    "demo-loaded": "loaded the demo",
}
