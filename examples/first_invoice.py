#!/usr/bin/env python3
"""Posts an invoice as JSON, sends it and prints the mail. Python 3.9 or later, nothing else.

    python3 examples/first_invoice.py

POSTROOM_URL   where Postroom runs   (http://localhost:8025)
POSTROOM_KEY   an API key            (page "API keys"; the demo keeps one in demo-sign-in.txt)
"""
import email
import email.policy
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("POSTROOM_URL", "http://localhost:8025") + "/api/v1"
KEY = os.environ.get("POSTROOM_KEY") or sys.exit("Set POSTROOM_KEY to an API key")

CUSTOMER = {
    "type": "customer", "name": "Lakeside Bistro", "language": "en", "currency": "EUR",
    "emails": {"main": ["hello@lakeside.example"], "billing": ["bills@lakeside.example"]},
}
INVOICE = {
    "partner": "lakeside", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
    "lines": [
        {"description": "Rye flour", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9", "amount": "30.00"},
        {"description": "Delivery", "quantity": "1", "unit": "pcs", "unit_price": "12.00", "tax_rate": "9", "amount": "12.00"},
    ],
    "totals": {"net": "42.00", "tax": "3.78", "gross": "45.78", "due": "45.78"},
}


def call(method, path, body=None, **headers):
    """The answer's bytes; a refusal is printed as the server put it, field by field."""
    request = urllib.request.Request(URL + path, method=method)
    request.add_header("Authorization", "Bearer " + KEY)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()
    except urllib.error.HTTPError as refusal:
        sys.exit(f"{method} {path}: {refusal.status} {refusal.read().decode()}")


def main():
    call("PUT", "/partners/lakeside", CUSTOMER)
    call("PUT", "/documents/invoice/PY-2026-0001", INVOICE)
    # Repeated after a lost answer, the same key gets the same answer and not a second mail.
    message = json.loads(call(
        "POST", "/messages", {"document": {"kind": "invoice", "number": "PY-2026-0001"}},
        Idempotency_Key=str(uuid.uuid4())))
    print("To:", ", ".join(r["address"] for r in message["recipients"]))
    for what, why in message["reasons"].items():
        print(f"  {what}: {why}")
    end = time.monotonic() + 30
    while message["state"] in ("queued", "sending") and time.monotonic() < end:
        time.sleep(0.2)
        message = json.loads(call("GET", "/messages/" + message["id"]))
    print(message["id"], "is", message["state"])
    if message["state"] != "sent":
        sys.exit(1)
    mail = email.message_from_bytes(
        call("GET", f"/messages/{message['id']}/content", Accept="message/rfc822"), policy=email.policy.default)
    print("Subject:", mail["Subject"])
    for part in mail.iter_attachments():
        print("Attached:", part.get_filename(), len(part.get_content()), "bytes")
    print()
    print(mail.get_body(("plain",)).get_content())


if __name__ == "__main__":
    main()
