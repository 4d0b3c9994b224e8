"""The ways outside: to phones, and to the press that sets letters."""

from onewindow.notices.gateways.phones import ConsoleSender, Sender
from onewindow.notices.gateways.press import NoFont, Press, PressFault, press

__all__ = ["ConsoleSender", "NoFont", "Press", "PressFault", "Sender", "press"]
