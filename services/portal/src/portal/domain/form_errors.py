"""What is wrong with a form before anything in it is looked at.

Refused
├── NotAForm, FormUnreadable    how it is written
└── FormSentBefore              it was sent already, with other content
"""

from shared.errors import Kind, Refused


class NotAForm(Refused):
    """This address takes what a browser sends from its form: application/x-www-form-urlencoded."""

    code = "not_a_form"
    kind = Kind.UNSUPPORTED


class FormUnreadable(Refused):
    """The form cannot be read: it has over {most} fields, or what is no text.

    Open the page again and fill in its form.
    """

    code = "form_unreadable"
    kind = Kind.INVALID


class FormSentBefore(Refused):
    """This form was sent before, with other content, and that was done.

    Open the page again: it shows what holds now, and its form can be sent anew.
    """

    code = "form_sent_before"
    kind = Kind.CONFLICT
