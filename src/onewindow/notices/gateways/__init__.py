"""The ways outside: to phones, and to the press that sets letters."""

from onewindow.notices.gateways.phones import ConsoleSender, HttpSender, Sender, SenderFault
from onewindow.notices.gateways.press import NoFont, Press, PressFault, copy_press, press

__all__ = [
    "ConsoleSender",
    "HttpSender",
    "NoFont",
    "Press",
    "PressFault",
    "Sender",
    "SenderFault",
    "copy_press",
    "press",
]
