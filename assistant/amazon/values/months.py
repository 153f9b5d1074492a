"""Month names in the languages of Amazon's marketplaces: full, short and inflected, folded for lookup."""

from assistant.amazon.values.folding import plain

# Two rows of six months per language, each month with its alternatives. Names never clash between languages.
_NAMES = """
january|jan february|feb march|mar april|apr may june|jun
july|jul august|aug september|sept|sep october|oct november|nov december|dec
januar|jänner|jan februar|feb märz|mär|mrz april|apr mai juni|jun
juli|jul august|aug september|sept|sep oktober|okt november|nov dezember|dez
janvier|janv février|févr|fév mars avril|avr mai juin
juillet|juil août|aout septembre|sept octobre|oct novembre|nov décembre|déc
gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu
luglio|lug agosto|ago settembre|set|sett ottobre|ott novembre|nov dicembre|dic
enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun
julio|jul agosto|ago septiembre|setiembre|sept|sep octubre|oct noviembre|nov diciembre|dic
janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun
julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez
januari|jan februari|feb maart|mrt april|apr mei juni|jun
juli|jul augustus|aug september|sep oktober|okt november|nov december|dec
januari|jan februari|feb mars april|apr maj juni|jun
juli|jul augusti|aug september|sep oktober|okt november|nov december|dec
stycznia|styczeń|sty lutego|luty|lut marca|marzec|mar kwietnia|kwiecień|kwi maja|maj czerwca|czerwiec|cze
lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz października|październik|paź listopada|listopad|lis grudnia|grudzień|gru
ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz
temmuz|tem ağustos|ağu eylül|eyl ekim|eki kasım|kas aralık|ara
leden|ledna únor|února březen|března duben|dubna květen|května červen|června
červenec|července srpen|srpna září říjen|října listopadu prosinec|prosince
يناير فبراير مارس أبريل|ابريل مايو يونيو
يوليو أغسطس|اغسطس سبتمبر أكتوبر|اكتوبر نوفمبر ديسمبر
"""


def month_key(word: str) -> str:
    """Return the word in the form of the keys of MONTHS."""
    return plain(word)


MONTHS: dict[str, int] = {month_key(name): place % 12 + 1 for place, cell in enumerate(_NAMES.split()) for name in cell.split("|")}
