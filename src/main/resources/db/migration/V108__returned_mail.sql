-- Mail that came back, and what it says of messages that were sent.
ALTER TABLE message_recipients ADD COLUMN complained ${long} NOT NULL DEFAULT 0;
CREATE INDEX message_recipients_returned ON message_recipients (company_id, state, changed_at, message_id) WHERE state IN ('bounced', 'delivered');

-- Which report was heard already, so that it changes a message once only.
CREATE TABLE message_returns (
  company_id TEXT NOT NULL,
  report TEXT NOT NULL,
  address TEXT NOT NULL,
  message_id TEXT NOT NULL,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, report, address)
) ${strict};
CREATE INDEX message_returns_by_message ON message_returns (company_id, message_id);

-- Every report that was read, one row for each address it speaks of; kept also where it fits no message.
CREATE TABLE bounces (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  report TEXT NOT NULL,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  reason TEXT NOT NULL,
  hard ${long} NOT NULL,
  status TEXT,
  reply_code ${long},
  diagnostic TEXT NOT NULL,
  message_id TEXT,
  matched_by TEXT,
  outcome TEXT NOT NULL,
  source TEXT NOT NULL,
  account_id TEXT,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX bounces_once ON bounces (company_id, report, address);
CREATE INDEX bounces_by_time ON bounces (company_id, at);
CREATE INDEX bounces_by_message ON bounces (company_id, message_id);

-- The mailboxes that are read for reports: where, since when, how far, and how the last look went. The password is sealed.
CREATE TABLE bounce_mailboxes (
  company_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  enabled ${long} NOT NULL,
  host TEXT,
  port ${long},
  security TEXT,
  username TEXT,
  own_password ${long} NOT NULL,
  password TEXT,
  folder TEXT NOT NULL,
  junk ${long} NOT NULL,
  mark_read ${long} NOT NULL,
  position TEXT,
  looked_at ${long},
  worked_at ${long},
  mails ${long} NOT NULL,
  found ${long} NOT NULL,
  trouble TEXT,
  finding TEXT,
  next_look ${long} NOT NULL,
  PRIMARY KEY (company_id, account_id)
) ${strict};
