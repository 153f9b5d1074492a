"""Files like those that banks offer: OFX, QFX for Quicken, .qbo for QuickBooks, and QIF. One movement per charge and per refund."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import IO
from xml.sax.saxutils import escape

from assistant.domain.languages.translating import to_translate
from assistant.domain.money import Money
from assistant.exports.base import BooksView
from assistant.exports.charges import Movement, in_one_currency, outgoing, paid_movements, plain, slashed

_HEADER = (
    "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
    "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
)
_BANK, _ORGANIZATION = "3000", "WF"
"""Wells Fargo, as its own downloads name it in FI and INTU.BID (https://github.com/csingley/ofxtools/issues/89): Quicken and QuickBooks
refuse a file whose bank they do not know. The account is chosen on opening."""
_LOSES = to_translate("categories, items of an order as lines of their own, letters beyond Western European ones")
_LOSES_BANK = to_translate(
    "categories, items of an order as lines of their own, letters beyond Western European ones; "
    "the bank's own name: programs refuse unknown banks, so it says Wells Fargo"
)
_LONGEST_NAME, _LONGEST_MEMO, _LONGEST_ACCOUNT = 32, 255, 22 - len("-EUR")


class Ofx:
    """Writes OFX 1.02: a credit card statement per account and currency."""

    name = "ofx"
    description = to_translate("OFX 1.02 card statement, one line per charge and per refund")
    audience = to_translate("GnuCash, Actual, YNAB, Money and most finance programs")
    keeps = to_translate("every currency, order numbers, titles, ids that prevent importing twice")
    loses = _LOSES
    suffix = ".ofx"
    with_top_ups = False
    bank = ""

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write one statement per account and currency."""
        found = sorted(paid_movements(view), key=lambda each: (each.account, each.currency))
        days = [each.on for each in found]
        text = [_HEADER, "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>"]
        text.append(f"<DTSERVER>{_stamp(max(days, default=date(2000, 1, 1)))}<LANGUAGE>ENG")
        text.append(f"<FI><ORG>{_ORGANIZATION}<FID>{self.bank}</FI><INTU.BID>{self.bank}" if self.bank else "")
        text.append("</SONRS></SIGNONMSGSRSV1><CREDITCARDMSGSRSV1>\r\n")
        for number, ((account, unit), group) in enumerate(groupby(found, key=lambda each: (each.account, each.currency)), 1):
            text += self._statement(number, account, unit, list(group))
        text.append("</CREDITCARDMSGSRSV1></OFX>\r\n")
        stream.write("".join(text).encode("cp1252", "replace"))

    def _statement(self, number: int, account: str, unit: str, found: list[Movement]) -> Iterator[str]:
        yield f"<CCSTMTTRNRS><TRNUID>{number}<STATUS><CODE>0<SEVERITY>INFO</STATUS><CCSTMTRS><CURDEF>{unit}"
        # Programs take statements with one number for one account, which has one currency there.
        yield f"<CCACCTFROM><ACCTID>{_sgml(account, _LONGEST_ACCOUNT)}-{unit}</CCACCTFROM>"
        yield f"<BANKTRANLIST><DTSTART>{_stamp(found[0].on)}<DTEND>{_stamp(found[-1].on)}\r\n"
        for each in found:
            kind = "DEBIT" if each.amount.minor > 0 else "CREDIT"
            yield f"<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{_stamp(each.on)}<TRNAMT>{outgoing(each.amount)}<FITID>{each.id}"
            yield f"<NAME>{_sgml(each.payee, _LONGEST_NAME)}<MEMO>{_sgml(f'{each.number} {each.memo}', _LONGEST_MEMO)}</STMTTRN>\r\n"
        total = Money(sum(each.amount.minor for each in found), unit)
        yield f"</BANKTRANLIST><LEDGERBAL><BALAMT>{outgoing(total)}<DTASOF>{_stamp(found[-1].on)}</LEDGERBAL></CCSTMTRS></CCSTMTTRNRS>\r\n"


class Qfx(Ofx):
    """Writes OFX with the number of a bank, which Quicken asks for."""

    name = "qfx"
    description = to_translate("OFX with the mark that Quicken asks for")
    audience = to_translate("Quicken")
    loses = _LOSES_BANK
    suffix = ".qfx"
    bank = _BANK


class WebConnect(Ofx):
    """Writes OFX as a Web Connect file of QuickBooks."""

    name = "qbo"
    description = to_translate("Web Connect file, which Intuit prefers over CSV")
    audience = to_translate("QuickBooks Online and Desktop")
    loses = _LOSES_BANK
    suffix = ".qbo"
    bank = _BANK


class Qif:
    """Writes QIF with one split per category."""

    name = "qif"
    description = to_translate("QIF card register with splits by category")
    audience = to_translate("GnuCash, Quicken, KMyMoney and Banktivity")
    keeps = to_translate("order numbers, titles, categories as splits")
    loses = to_translate("currencies (one per file), ids: importing twice doubles")
    suffix = ".qif"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the register. Raises Conflict for several currencies."""
        lines = ["!Account", "NAmazon", "TCCard", "^", "!Type:CCard"]
        for found in in_one_currency(paid_movements(view), "QIF"):
            lines += [f"D{slashed(found.on, found.currency)}", f"T{outgoing(found.amount)}", f"N{found.number}", f"P{_line(found.payee)}"]
            lines.append(f"M{_line(found.memo)}")
            parts = found.by_category()
            if len(parts) == 1:
                lines.append(f"L{_line(next(iter(parts)).capitalize())}")
            else:
                for category, minor in parts.items():
                    lines += [f"S{_line(category.capitalize())}", f"E{_line(found.memo)}", f"${outgoing(Money(minor, found.currency))}"]
            lines.append("^")
        stream.write(("\r\n".join(lines) + "\r\n").encode())


def _line(text: str) -> str:
    return plain(text, _LONGEST_MEMO, forbidden="^")


def _stamp(on: date) -> str:
    return f"{on:%Y%m%d}120000"


def _sgml(text: str, longest: int) -> str:
    """Return text for an SGML element. It is cut before it is escaped, so that no entity is cut."""
    return escape(plain(text, longest))
