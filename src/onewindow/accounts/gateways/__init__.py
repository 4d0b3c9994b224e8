"""The ways outside: the files of demo people, and the service that knows people by real name."""

from onewindow.accounts.gateways.cast import DemoCast, DemoPerson, DemoStaff, read_cast
from onewindow.accounts.gateways.oidc import Begun, OidcFault, Provider, begin, provider

__all__ = [
    "Begun",
    "DemoCast",
    "DemoPerson",
    "DemoStaff",
    "OidcFault",
    "Provider",
    "begin",
    "provider",
    "read_cast",
]
