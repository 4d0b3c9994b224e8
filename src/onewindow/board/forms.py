"""Forms of the board."""

from onewindow.look.forms import OnceForm


class AgainForm(OnceForm):
    """Trying a job again that was set aside (死信重试): its token alone, so that twice sent is once done."""
