"""Statements as banks write them: CSV of several countries, OFX in both forms, QIF; uncertain values are refused, not guessed."""

from datetime import date

import pytest

from assistant.domain.errors import InvalidInput, UnknownFormat
from assistant.domain.money import Money
from assistant.importers.statements.read_statement import ColumnProfile, UnknownColumns
from assistant.importers.statements.statement_files import read_statement

CHASE = """Card,Transaction Date,Post Date,Description,Category,Type,Amount,Memo
1234,03/01/2025,03/02/2025,AMZN Mktp US*2K3AB,Shopping,Sale,-19.99,
1234,03/13/2025,03/14/2025,Amazon.com*RT4,Shopping,Return,5.00,
1234,03/14/2025,03/15/2025,GROCER,Food,Sale,-44.00,
"""
SPARKASSE = """Auftragskonto;Buchungstag;Valutadatum;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Betrag;Waehrung
DE00;02.03.25;02.03.25;302-1234567-1234567 Amazon.de;AMAZON PAYMENTS EUROPE;-1.234,56;EUR
DE00;05.03.25;05.03.25;Miete;Haus GmbH;-900,00;EUR
"""
AMEX = """Date,Description,Amount
13/03/2025,AMAZON.CO.UK,25.00
14/03/2025,AMAZON.CO.UK,30.00
15/03/2025,AMAZON.CO.UK REFUND,-25.00
"""
OFX_1 = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD
<CCACCTFROM><ACCTID>4111111111111234</CCACCTFROM>
<BANKTRANLIST><DTSTART>20250301<DTEND>20250331
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250302120000[-5:EST]<TRNAMT>-19.99<FITID>A1<NAME>AMZN Mktp US &amp; Co<MEMO>AMZN.COM/BILL</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250303<TRNAMT>-21.40<FITID>A2<NAME>AMAZON.DE
<ORIGCURRENCY><CURRATE>1.07<CURSYM>EUR</ORIGCURRENCY></STMTTRN>
</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>
"""
OFX_2 = """<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="211"?>
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><ACCTID>XX5678</ACCTID></BANKACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20250309</DTPOSTED><TRNAMT>12,50</TRNAMT><FITID>9</FITID><NAME>Amazon</NAME></STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
QIF = """!Account
NVisa
TCCard
^
!Type:CCard
D3/13'25
T-19.99
PAMZN Mktp
MOrder
SShopping
$-19.99
^
D3/14'25
T5.00
PAmazon refund
^
"""


def read(text, wanted=None, known=None, encoding="utf-8"):
    return read_statement("statement.csv", text.encode(encoding), wanted or ColumnProfile(), known or {})


def booked(found):
    return [(line.on, line.amount) for line in found.lines]


def test_an_american_card_statement_with_the_card_number_in_every_row_is_read():
    found = read(CHASE, ColumnProfile(currency="USD"))
    assert booked(found)[:2] == [(date(2025, 3, 2), Money(-1999, "USD")), (date(2025, 3, 14), Money(500, "USD"))]
    assert [line.is_amazon for line in found.lines] == [True, True, False]
    assert found.last4 == "1234"


def test_a_german_statement_with_semicolons_commas_and_another_encoding_is_read():
    found = read(SPARKASSE, encoding="cp1252")
    assert booked(found) == [(date(2025, 3, 2), Money(-123456, "EUR")), (date(2025, 3, 5), Money(-90000, "EUR"))]
    assert "302-1234567-1234567" in found.lines[0].text


def test_a_card_statement_with_positive_purchases_is_recognised():
    found = read(AMEX, ColumnProfile(currency="GBP"))
    assert [amount.decimal for _, amount in booked(found)] == ["-25.00", "-30.00", "25.00"]
    assert found.profile.charges == "positive"


def test_a_profile_is_found_by_its_headings_and_the_user_overrides_it():
    text = "Wann;Wieviel;Was\n02.03.2025;-5,00;Amazon\n"
    with pytest.raises(UnknownColumns, match="date") as caught:
        read(text)
    assert caught.value.header == ("Wann", "Wieviel", "Was")
    first = read(text, ColumnProfile(date="Wann", amount="Wieviel", text=("Was",), currency="EUR"))
    assert booked(read(text, known={first.header: first.profile})) == booked(first) == [(date(2025, 3, 2), Money(-500, "EUR"))]
    other = read(text, ColumnProfile(charges="positive"), {first.header: first.profile})
    assert booked(other) == [(date(2025, 3, 2), Money(500, "EUR"))]


def test_debit_and_credit_columns_and_a_foreign_amount_are_read():
    text = "Date,Description,Debit,Credit,Currency,Original amount,Original currency\n"
    text += "2025-03-02,Amazon.de,21.40,,USD,19.99,EUR\n2025-03-04,Amazon.de,,5.00,USD,,\n"
    found = read(text)
    assert [line.amount.decimal for line in found.lines] == ["-21.40", "5.00"]
    assert found.lines[0].original == Money(-1999, "EUR")


def test_columns_of_a_file_without_headings_are_named_by_number():
    found = read('"03/13/2025","-19.99","*","","AMAZON.COM"\n', ColumnProfile(date="1", amount="2", text=("5",), currency="USD"))
    assert booked(found) == [(date(2025, 3, 13), Money(-1999, "USD"))]


def test_ofx_is_read_as_sgml_and_as_xml():
    first, second = read(OFX_1), read(OFX_2)
    assert booked(first) == [(date(2025, 3, 2), Money(-1999, "USD")), (date(2025, 3, 3), Money(-2140, "USD"))]
    assert (first.last4, first.since, first.until) == ("1234", date(2025, 3, 1), date(2025, 3, 31))
    assert first.lines[0].text == "AMZN Mktp US & Co AMZN.COM/BILL"
    assert first.lines[1].original == Money(-2000, "EUR")
    assert (booked(second), second.last4) == ([(date(2025, 3, 9), Money(1250, "EUR"))], "5678")


def test_qif_needs_a_currency_and_leaves_out_splits():
    with pytest.raises(InvalidInput, match="--currency"):
        read(QIF)
    assert booked(read(QIF, ColumnProfile(currency="USD"))) == [
        (date(2025, 3, 13), Money(-1999, "USD")),
        (date(2025, 3, 14), Money(500, "USD")),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Date,Description,Amount\n03/04/2025,Amazon,-5.00\n", "--dates"),
        ("Date,Description,Amount\n2025-03-04,Amazon,five\n", "not an amount"),
        ("Date,Description,Amount,Currency\n2025-03-04,Amazon,,USD\n", "not an amount"),
        ("Date,Description,Amount\n2025-03-04,Amazon,-5.00\n", "--currency"),
        ("Card,Date,Description,Amount,Currency\n1234,2025-03-04,Amazon,-5.00,USD\n5678,2025-03-04,Amazon,-5.00,USD\n", "several cards"),
        (OFX_1.replace("</CCSTMTRS>", "</CCSTMTRS><CCSTMTRS><ACCTID>9999</ACCTID></CCSTMTRS>"), "several accounts"),
        (OFX_1.replace("-19.99", "x"), "no amount"),
        (OFX_1.replace("<CURDEF>USD", ""), "currency"),
        ("Date,Description,Amount\n", "no lines"),
        ("", "empty"),
        ('Date,Description,Amount\n2025-03-04,"Amazon', "amount"),
    ],
)
def test_an_unreadable_statement_gets_one_sentence(text, why):
    wanted = ColumnProfile(currency="CAD") if why != "--currency" else None
    with pytest.raises(InvalidInput, match=why):
        read(text, wanted)


@pytest.mark.parametrize("content", [b"\x00\x01\x02binary", b"<html><body>Please sign in</body></html>", b'{"a": 1}'])
def test_other_files_are_not_statements(content):
    with pytest.raises(UnknownFormat, match="no statement"):
        read_statement("page.html", content, ColumnProfile(), {})
