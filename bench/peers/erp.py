#!/usr/bin/env python3
"""The document road as Python ERPs go it: wkhtmltopdf once per document, the message built with
the standard library, handed over by smtplib with STARTTLS and AUTH.

    erp.py --port 2525 --count 20 --delay 1000

--delay is wkhtmltopdf's --javascript-delay in milliseconds: 1000 is what one well-known ERP sets,
200 wkhtmltopdf's own default. One connection serves all messages unless --connect-each is given.
The last line printed is a JSON object: documents, seconds, per_second, cpu_seconds (children's too).
"""
import argparse
import json
import pathlib
import resource
import smtplib
import ssl
import subprocess
import tempfile
import time
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

HERE = pathlib.Path(__file__).resolve().parent


def main():
    args = arguments()
    html = args.html.read_text(encoding="utf-8")
    began = time.monotonic()
    connection = None
    for number in range(args.first, args.first + args.count):
        document = html.replace("INV-0001", f"INV-{number:04d}")
        message = compose(number, document, render(document, args))
        if connection is None or args.connect_each:
            connection = connect(args, connection)
        connection.send_message(message)
    if connection:
        connection.quit()
    report(args.count, time.monotonic() - began)


def render(html, args):
    """One process per document, reading and writing files, as the ERPs do it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "in.html"), pathlib.Path(folder, "out.pdf")
        source.write_text(html, encoding="utf-8")
        command = [args.wkhtmltopdf, "--quiet", "--page-size", "A4",
                   "--javascript-delay", str(args.delay), str(source), str(target)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       env={"PATH": "/usr/local/bin:/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen",
                            "XDG_RUNTIME_DIR": folder, "HOME": folder})
        return target.read_bytes()


def compose(number, html, pdf):
    message = EmailMessage()
    message["From"] = "Acme Bakery Supplies <billing@acme.example>"
    message["To"] = f"customer{number}@customer.example"
    message["Subject"] = f"Invoice INV-{number:04d}"
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="acme.example")
    message.set_content(f"Dear customer,\n\nplease find attached invoice INV-{number:04d}.\n")
    message.add_alternative(f"<p>Dear customer,</p><p>please find attached invoice INV-{number:04d}.</p>",
                            subtype="html")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"INV-{number:04d}.pdf")
    return message


def connect(args, previous):
    if previous:
        previous.quit()
    connection = smtplib.SMTP(args.host, args.port, timeout=60)
    connection.ehlo()
    if not args.plain:
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE  # the sink's certificate is of its own making
        connection.starttls(context=trusting)
        connection.ehlo()
        connection.login(args.user, args.password)
    return connection


def report(count, seconds):
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps({"documents": count, "seconds": round(seconds, 3),
                      "per_second": round(count / seconds, 3), "cpu_seconds": round(cpu, 3)}))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--user", default="bench")
    parser.add_argument("--password", default="bench")
    parser.add_argument("--plain", action="store_true", help="neither STARTTLS nor AUTH")
    parser.add_argument("--html", type=pathlib.Path, default=HERE / "invoice.html")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--delay", type=int, default=1000)
    parser.add_argument("--connect-each", action="store_true")
    parser.add_argument("--wkhtmltopdf", default="wkhtmltopdf")
    return parser.parse_args()


if __name__ == "__main__":
    main()
