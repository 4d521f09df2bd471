#!/usr/bin/env bash
# Posts a UBL invoice and the event "invoice issued", waits for the mail and prints it.
#
#   POSTROOM_URL   where Postroom runs   (http://localhost:8025)
#   POSTROOM_KEY   an API key            (pages: Settings, API keys)
#   ACCOUNT        id of the account that should send; the company's default when absent.
#                  With the Local account (what a new installation starts with) the mail is read back and printed.
set -eu
cd "$(dirname "$0")"
url=${POSTROOM_URL:-http://localhost:8025}/api/v1
key=${POSTROOM_KEY:?Set POSTROOM_KEY to an API key}
invoice=${1:-invoice-ubl.xml}

call() { curl --silent --show-error --fail-with-body -H "Authorization: Bearer $key" "$@"; }
field() { sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p" | head -n 1; }

echo "1. The invoice goes in."
document=$(call -X POST -H 'Content-Type: application/xml' --data-binary "@$invoice" "$url/documents")
number=$(printf '%s' "$document" | field number)
echo "   $number is known now."

echo "2. The automatic mail “invoice issued” is switched on."
call -X PATCH -H 'Content-Type: application/json' -d '{"enabled": true}' "$url/automations/invoice_issued" >/dev/null

echo "3. The ERP tells that it was issued."
event=$(call -X POST -H 'Content-Type: application/cloudevents+json' "$url/events" -d "{
  \"specversion\": \"1.0\", \"id\": \"issued-$number-$$\", \"source\": \"/examples/first-invoice\", \"type\": \"invoice.issued\",
  \"data\": {\"kind\": \"invoice\", \"number\": \"$number\"}}" | field id)
echo "   Kept as $event."

echo "4. Waiting for what becomes of it."
for _ in $(seq 1 150); do
  outcome=$(call "$url/events/$event")
  case $outcome in
    *'"state":"handled"'*) break ;;
    *'"state":"skipped"'*) echo "   No mail: $outcome"; exit 1 ;;
  esac
  sleep 0.2
done
message=$(printf '%s' "$outcome" | field message)
for _ in $(seq 1 150); do
  state=$(call "$url/messages/$message" | field state)
  case $state in sent | not_sent | held | unclear | cancelled) break ;; esac
  sleep 0.2
done
echo "   $message is $state."
[ "$state" = sent ] || { call "$url/messages/$message"; exit 1; }

echo "5. The mail as it left:"
echo
call -H 'Accept: message/rfc822' "$url/messages/$message/content" | sed '/^JVBERi/,$d'
echo "   … and the PDF of $number."
