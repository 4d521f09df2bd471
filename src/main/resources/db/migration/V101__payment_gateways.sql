-- Ways to pay, in the company's order. Secrets are sealed; the former webhook secret counts for a day.
CREATE TABLE payment_gateways (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position ${long} NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  enabled ${long} NOT NULL,
  currencies TEXT NOT NULL,
  pattern TEXT,
  signature_parameter TEXT,
  mode TEXT,
  secret TEXT,
  hook_secret TEXT,
  hook_secret_before TEXT,
  before_until ${long},
  heard_at ${long},
  trouble TEXT,
  trouble_at ${long},
  created_at ${long} NOT NULL,
  version ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
-- Providers call with the gateway's id alone.
CREATE UNIQUE INDEX payment_gateways_id ON payment_gateways (id);
CREATE UNIQUE INDEX payment_gateways_bank ON payment_gateways (company_id) WHERE kind = 'bank';

-- What providers told, once each, with what became of it.
CREATE TABLE gateway_events (
  company_id TEXT NOT NULL,
  gateway_id TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  link_id TEXT,
  reference TEXT,
  outcome TEXT NOT NULL,
  words TEXT NOT NULL,
  received_at ${long} NOT NULL,
  PRIMARY KEY (company_id, gateway_id, id)
) ${strict};
CREATE INDEX gateway_events_received ON gateway_events (company_id, gateway_id, received_at);

-- One payment as its provider tells it: the newest telling counts, money stays.
CREATE TABLE gateway_payments (
  company_id TEXT NOT NULL,
  gateway_id TEXT NOT NULL,
  reference TEXT NOT NULL,
  link_id TEXT,
  state TEXT NOT NULL,
  told_at ${long} NOT NULL,
  amount TEXT,
  currency TEXT,
  refunded TEXT,
  PRIMARY KEY (company_id, gateway_id, reference)
) ${strict};

-- Checkout Sessions we asked Stripe for. One at a time may be open for a link.
CREATE TABLE stripe_sessions (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  gateway_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  amount ${long} NOT NULL,
  currency TEXT NOT NULL,
  session TEXT,
  state TEXT NOT NULL,
  created_at ${long} NOT NULL,
  expires_at ${long} NOT NULL,
  look_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX stripe_sessions_open ON stripe_sessions (company_id, gateway_id, link_id) WHERE state = 'open';
CREATE INDEX stripe_sessions_session ON stripe_sessions (company_id, gateway_id, session);
CREATE INDEX stripe_sessions_look ON stripe_sessions (look_at) WHERE state IN ('open', 'processing');
