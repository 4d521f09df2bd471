-- A limit per day counts what was handed over: the outcome belongs to the index that answers it.
DROP INDEX message_attempts_by_account;
CREATE INDEX message_attempts_by_account ON message_attempts (company_id, account_id, ended_at, outcome);

-- When an account began to need somebody and when it worked again: what callbacks tell and administrators get as mail.
-- notice: the message that told them, 'none' where nobody had to be told, null while that is open.
CREATE TABLE account_events (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  at ${long} NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  notice TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE INDEX account_events_open ON account_events (company_id, id) WHERE notice IS NULL;
CREATE INDEX account_events_by_account ON account_events (company_id, account_id, id);

-- What administrators were told ahead of time, once for each reason.
CREATE TABLE account_warnings (
  company_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  message_id TEXT NOT NULL,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, account_id, reason)
) ${strict};

-- Who sends instead of an account that cannot: only where somebody named one.
ALTER TABLE accounts ADD COLUMN fallback TEXT;
