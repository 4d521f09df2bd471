-- What a document adds to its customer's balance, so that open items are found without reading documents.
-- is_owed: 1 still counts today, 0 settled or no receivable, 2 stored before these columns: look into its head.
-- owed_*: what it came to, what it says itself is paid, and which way payments count; null: no receivable.
ALTER TABLE documents ADD COLUMN is_owed ${long} NOT NULL DEFAULT 2;
ALTER TABLE documents ADD COLUMN owed_face TEXT;
ALTER TABLE documents ADD COLUMN owed_paid TEXT;
ALTER TABLE documents ADD COLUMN owed_sign ${long};
ALTER TABLE documents ADD COLUMN their_reference TEXT;
-- Its last movement: the issue date or the newest payment, whichever is later.
ALTER TABLE documents ADD COLUMN moved_on TEXT;
CREATE INDEX documents_owed ON documents (company_id, partner) WHERE is_owed > 0;
CREATE INDEX documents_moved ON documents (company_id, partner, moved_on) WHERE is_owed = 0 AND moved_on IS NOT NULL;

-- Money that came without saying for which invoice. Negative: given back, or used for an invoice.
CREATE TABLE partner_payments (
  company_id TEXT NOT NULL,
  partner TEXT NOT NULL,
  reference TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount TEXT NOT NULL,
  paid_on TEXT NOT NULL,
  recorded_at ${long} NOT NULL,
  PRIMARY KEY (company_id, partner, reference)
) ${strict};

-- Statement runs: chosen, looked through (planning), waiting for a person or sending, ended.
CREATE TABLE statement_runs (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  once_key TEXT,
  state TEXT NOT NULL,
  content TEXT NOT NULL,
  origin TEXT NOT NULL,
  created_at ${long} NOT NULL,
  started_at ${long},
  ended_at ${long},
  planned_to TEXT,
  lease_until ${long} NOT NULL,
  lease_owner TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX statement_runs_once ON statement_runs (company_id, once_key) WHERE once_key IS NOT NULL;
CREATE INDEX statement_runs_open ON statement_runs (created_at) WHERE ended_at IS NULL;

-- Each customer of a run once: the key is the promise. state: waiting, sent, skipped, failed.
CREATE TABLE statement_run_partners (
  company_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  position ${long} NOT NULL,
  partner TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  balances TEXT NOT NULL,
  recipients TEXT NOT NULL,
  code TEXT,
  reason TEXT,
  message_id TEXT,
  document TEXT,
  lease_until ${long} NOT NULL,
  lease_owner TEXT,
  PRIMARY KEY (company_id, run_id, partner)
) ${strict};
CREATE INDEX statement_run_partners_by_state ON statement_run_partners (company_id, run_id, state, position);
