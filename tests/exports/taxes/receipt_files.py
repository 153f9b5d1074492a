"""Receipts of every kind: PDFs, encrypted and damaged ones, images, mails."""

import io
from email.message import EmailMessage

from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas


def pdf(text, pages=1, rotate=0):
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 700, f"{text}, page {number}")
        canvas.showPage()
    canvas.save()
    if not rotate:
        return stream.getvalue()
    writer = PdfWriter(clone_from=PdfReader(stream))
    for page in writer.pages:
        page.rotate(rotate)
    return written(writer)


def encrypted(content, password, owner="owner"):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, owner, algorithm="RC4-128")
    return written(writer)


def written(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def image(kind="PNG", size=(600, 800)):
    stream = io.BytesIO()
    Image.new("RGB", size, "navy").save(stream, kind)
    return stream.getvalue()


def mail(body="Your refund of 5.00", attached=None):
    message = EmailMessage()
    message["From"], message["Subject"] = "returns@amazon.example", "Refund for Größe XL"
    message.set_content(body)
    message.add_alternative(f"<p>{body}</p><script>alert(1)</script>", subtype="html")
    if attached is not None:
        message.add_attachment(attached, maintype="application", subtype="pdf", filename="credit note.pdf")
    return message.as_bytes()
