-- Companies that want to hear what happens: only for them it is written down. last_position: how far
-- the order of what happened has been settled.
CREATE TABLE happening_feeds (
  company_id TEXT NOT NULL,
  last_position ${long} NOT NULL,
  since ${long} NOT NULL,
  PRIMARY KEY (company_id)
) ${strict};

-- What happened, written in the transaction that made it true. position: its place in the company's order,
-- given afterwards, together with the body as it is told. endpoint_id: a test, meant for that one alone.
CREATE TABLE happenings (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  at ${long} NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  facts TEXT NOT NULL,
  endpoint_id TEXT,
  position ${long},
  body TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX happenings_in_order ON happenings (company_id, position);
CREATE INDEX happenings_to_spread ON happenings (company_id, id) WHERE position IS NULL AND endpoint_id IS NULL;

-- Where companies want to be called. events: words with spaces between, empty for all. secret_before counts
-- beside the secret until its time. failing_since: the first failure since the last success.
CREATE TABLE webhook_endpoints (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  events TEXT NOT NULL,
  active ${long} NOT NULL,
  secret TEXT NOT NULL,
  secret_before TEXT,
  before_until ${long},
  created_at ${long} NOT NULL,
  failures ${long} NOT NULL,
  failing_since ${long},
  last_success ${long},
  last_failure ${long},
  last_trouble TEXT,
  off_at ${long},
  off_reason TEXT,
  notice TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};

-- One happening for one endpoint. due_at: the next try, or while one is under way the end of its lease.
CREATE TABLE webhook_deliveries (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  happening_id TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts ${long} NOT NULL,
  fence ${long} NOT NULL,
  leased ${long} NOT NULL,
  due_at ${long} NOT NULL,
  created_at ${long} NOT NULL,
  settled_at ${long},
  note TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (company_id, endpoint_id, due_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (company_id, endpoint_id, id);

-- Each try of a delivery. reply: the beginning of what the other side said.
CREATE TABLE webhook_attempts (
  company_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  number ${long} NOT NULL,
  at ${long} NOT NULL,
  ms ${long} NOT NULL,
  url TEXT NOT NULL,
  status ${long},
  reply TEXT,
  trouble TEXT,
  PRIMARY KEY (company_id, delivery_id, number)
) ${strict};
