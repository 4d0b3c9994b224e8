"""The words of each refusal code (拒绝理由的说法): what is wrong, what can be done. {facts} are the Refusal's."""

from onewindow.core.words import Words
from onewindow.look.refusal_words.cases import CASES
from onewindow.look.refusal_words.ground import FILES, GROUND
from onewindow.look.refusal_words.payments import PAYMENTS
from onewindow.look.refusal_words.people import ACCOUNTS, SIGNING, STANDING
from onewindow.look.refusal_words.reference import CALENDARS, CATALOGUE, PLACES

WORDS: dict[str, Words] = {
    **GROUND,
    **FILES,
    **CASES,
    **PAYMENTS,
    **CATALOGUE,
    **PLACES,
    **CALENDARS,
    **ACCOUNTS,
    **STANDING,
    **SIGNING,
}
