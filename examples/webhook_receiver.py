#!/usr/bin/env python3
"""Listens for Postroom's webhooks, checks their signature and prints what happened. Python 3, nothing else.

    WEBHOOK_SECRET=whsec_... python3 webhook_receiver.py 8080

Then add http://<this machine>:8080/ on the page Webhooks. In earnest, put it behind https.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
OLDEST = 5 * 60
seen = set()


def is_genuine(headers, body):
    """Whether this came from Postroom, and lately. Compares over the bytes as they came."""
    event, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > OLDEST:
        return False
    mac = hmac.new(KEY, f"{event}.{at}.".encode() + body, hashlib.sha256)
    expected = "v1," + base64.b64encode(mac.digest()).decode()
    # While a secret is being changed there are two, with a space between.
    return any(hmac.compare_digest(expected, one) for one in headers.get("webhook-signature", "").split())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("content-length", 0)), 1 << 20))
        if not is_genuine(self.headers, body):
            self.send_error(401)
            return
        self.send_response(204)
        self.end_headers()
        event = json.loads(body)
        if event["id"] in seen:  # it may come twice
            return
        seen.add(event["id"])
        message = event["data"].get("message") or {}
        print(event["type"], message.get("id", ""), message.get("subject", ""), flush=True)

    def log_message(self, *words):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1" if "--here" in sys.argv else "", int(sys.argv[1])), Receiver)
    print("listening on port", server.server_port, flush=True)
    server.serve_forever()
