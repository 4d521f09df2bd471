"""Sends two mails with exchangelib, as any other program would: address of EWS, user, how to sign in."""

import base64
import os
import sys

from exchangelib import BASIC, DELEGATE, NTLM, Account, Build, Configuration, Credentials, Message
from exchangelib import Version
from exchangelib.protocol import BaseProtocol

endpoint, user, how = sys.argv[1:4]
BaseProtocol.TIMEOUT = 20
password = base64.b64decode(os.environ["EWS_PASSWORD"]).decode()
credentials = Credentials(user, password)
if how == "Basic":  # requests would say it in Latin-1
    credentials.password = password.encode()
config = Configuration(
    service_endpoint=endpoint,
    credentials=credentials,
    auth_type=NTLM if how == "NTLM" else BASIC,
    version=Version(build=Build(15, 1)),
)
account = Account(
    "invoices@acme.example", config=config, autodiscover=False, access_type=DELEGATE
)
Message(
    account=account, subject="From parts", body="Grüße", to_recipients=["ap@contoso.example"]
).send(save_copy=False)
MIME = b"From: invoices@acme.example\r\nTo: ap@contoso.example\r\nSubject: From MIME\r\n\r\nx\r\n"
Message(account=account, folder=account.sent, mime_content=MIME).send_and_save()
print("sent")
