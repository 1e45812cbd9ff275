"""The forms of signing in, of passwords and of accounts."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, Form, HiddenField, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import Length

from dacommission.accounts.actions import is_email
from dacommission.organisations.models import Organisation
from dacommission.roles import ROLE_DESCRIPTIONS, ROLE_NAMES, ROLE_ORGANISATIONS, Role
from dacommission.web.forms import DayField, Required
from dacommission.web.locking import VersionedForm

LONGEST_NAME = 120
ROLE_CHOICES = {str(role): ROLE_NAMES[role] for role in Role}
CHOOSING_HINT = (
    "At least 12 characters. Three or four unrelated words are strong and easy to remember. Names of this "
    "service or of the people and organisations in it are refused."
)


class SignInForm(FlaskForm):
    email = EmailField("Email address", [Required("Enter your email address.")])
    password = PasswordField("Password", [Required("Enter your password.")])
    next = HiddenField()
    unsent = HiddenField()  # a form that came when nobody was signed in: see web/unsent.py


class ChoosePasswordForm(FlaskForm):
    password = PasswordField("New password", [Required("Enter a new password.")], description=CHOOSING_HINT)
    again = PasswordField("New password again", [Required("Enter the new password a second time.")])

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError("The two passwords are not the same. Enter the same one in both.")


class ChangePasswordForm(ChoosePasswordForm):
    current = PasswordField("Current password", [Required("Enter your current password.")])


class InviteUploaderForm(FlaskForm):
    """What a provider manager may say of a new person; role and organisation follow from who asks."""

    email = EmailField("Email address", [Required("Enter the person's email address.")])
    name = StringField(
        "Full name",
        [Required("Enter the person's name."), Length(max=LONGEST_NAME, message="Enter at most 120 characters.")],
    )

    def validate_email(self, field: EmailField) -> None:
        if not is_email((field.data or "").strip()):
            raise ValidationError("Enter an email address in the form name@example.org.")


class InviteForm(InviteUploaderForm):
    role = SelectField(
        "Role",
        choices={"": "Choose a role", **ROLE_CHOICES},
        default="",
        invalid_choice_message="Choose a role from the list.",
    )
    organisation = SelectField(
        "Organisation", default="", invalid_choice_message="Choose an organisation from the list."
    )

    def offer(self, organisations: list[Organisation]) -> None:
        """Fills the list of organisations to choose from."""
        named = {str(body.id): body.name for body in organisations}
        self.organisation.choices = {"": "Choose an organisation", **named}

    def validate_role(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Choose the person's role.")

    def validate_organisation(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Choose the person's organisation.")


class EditNameForm(VersionedForm):
    """What a provider manager may change of an uploader."""

    name = StringField(
        "Full name",
        [Required("Enter the person's name."), Length(max=LONGEST_NAME, message="Enter at most 120 characters.")],
    )


class EditUserForm(EditNameForm):
    role = SelectField(
        "Role",
        description="With a new role the person is signed out and signs in again.",
        invalid_choice_message="Choose a role from the list.",
    )

    def offer_roles(self, organisation: Organisation) -> None:
        """The roles that people of this organisation can have."""
        self.role.choices = {
            str(role): ROLE_NAMES[role] for role in Role if organisation.kind in ROLE_ORGANISATIONS[role]
        }


class UserFilter(Form):
    role = SelectField("Role", choices={"": "All roles", **ROLE_CHOICES}, default="")
    state = SelectField(
        "State",
        choices={"": "All", "active": "Active", "invited": "Invited", "disabled": "Disabled"},
        default="",
    )


class AuditFilter(Form):
    person = StringField("Person or record", description="Part of the name of who did it, or of what it was done to.")
    action = SelectField("What was done", default="", invalid_choice_message="Choose from the list.")
    start = DayField("From")
    end = DayField("Until")


ROLE_NOTES = [(ROLE_NAMES[role], ROLE_DESCRIPTIONS[role]) for role in Role]
