#!/usr/bin/env bash
# Posts a UBL invoice and the event "invoice issued", waits for the mail and prints it.
#   examples/first-invoice.sh [invoice.xml]
#
#   POSTROOM_URL   where Postroom runs   (http://localhost:8025)
#   POSTROOM_KEY   an API key            (page "API keys"; the demo keeps one in demo-sign-in.txt)
#                  that may hand in documents, report events, see messages and manage automatic emails
#   ACCOUNT        id of the account that invoices shall leave from, acc_…; when not set nothing changes and
#                  the company's default sends. With the Local account, what a new installation starts with,
#                  nothing leaves the house. The key must be allowed to manage accounts.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
url=${POSTROOM_URL:-http://localhost:8025}/api/v1
key=${POSTROOM_KEY:?Set POSTROOM_KEY to an API key}
invoice=${1:-$here/invoice-ubl.xml}

# The answer on success; on failure what the server said, and the end.
call() {
  local answer
  answer=$(curl --silent --show-error --fail-with-body --max-time 30 -H "Authorization: Bearer $key" "$@") || {
    printf '%s\n' "$answer" >&2
    return 1
  }
  printf '%s\n' "$answer"
}

# The first value of that name.
field() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

echo "1. The invoice goes in."
document=$(call -X POST -H 'Content-Type: application/xml' --data-binary "@$invoice" "$url/documents")
number=$(field number <<<"$document")
echo "   $number is known now."

echo "2. The automatic mail “invoice issued” is switched on."
call -X PATCH -H 'Content-Type: application/json' -d '{"enabled": true}' "$url/automations/invoice_issued" >/dev/null
if [ -n "${ACCOUNT:-}" ]; then
  # Routes are replaced as a whole: those of other documents go back as they are.
  others=$(call "$url/routes" | sed 's/"invoice":{[^}]*},\{0,1\}//; s/,}$/}/; s/^{//')
  [ "$others" = "}" ] || others=",$others"
  call -X PUT -H 'Content-Type: application/json' -d "{\"invoice\": {\"account\": \"$ACCOUNT\"}$others" "$url/routes" >/dev/null
  echo "   Invoices leave from $ACCOUNT."
fi

# An invoice is mailed once, whatever is told again; the occasion lets this example run again.
echo "3. The ERP tells that it was issued."
event=$(call -X POST -H 'Content-Type: application/cloudevents+json' "$url/events" -d "{
  \"specversion\": \"1.0\", \"id\": \"$number-$(date +%s)-$$\", \"source\": \"/examples/first-invoice\",
  \"type\": \"invoice.issued\", \"data\": {\"kind\": \"invoice\", \"number\": \"$number\",
    \"occasion\": \"run of $(date +%FT%T) by $$\"}}" | field id)
echo "   Kept as $event."

echo "4. Waiting for what becomes of it."
for _ in $(seq 150); do
  outcome=$(call "$url/events/$event")
  case $(field state <<<"$outcome") in
    handled) break ;;
    skipped) echo "   No mail: $outcome"; exit 1 ;;
  esac
  sleep 0.2
done
message=$(field message <<<"$outcome")
for _ in $(seq 150); do
  answer=$(call "$url/messages/$message")
  state=$(field state <<<"$answer")
  case $state in sent | not_sent | held | unclear | cancelled) break ;; esac
  sleep 0.2
done
echo "   $message is $state."
[ "$state" = sent ] || { printf '%s\n' "$answer"; exit 1; }

echo "5. The mail as it left:"
echo
call -H 'Accept: message/rfc822' "$url/messages/$message/content" | sed '/^JVBERi/,$d'
echo "   … and the PDF of $number."
