-- What runs by itself, one row each, shared by all nodes. fence: the number of the turn; only the newest may end it.
-- result: done or failed; failures: how many in a row.
CREATE TABLE recurring_work (
  name TEXT NOT NULL PRIMARY KEY,
  next_at ${long} NOT NULL,
  fence ${long} NOT NULL,
  lease_until ${long} NOT NULL,
  lease_owner TEXT,
  started_at ${long},
  ended_at ${long},
  result TEXT,
  said TEXT,
  node TEXT,
  failures ${long} NOT NULL
) ${strict};

-- Monthly statements: what a company settled, and since when its months count (null: switched off).
CREATE TABLE monthly_statements (
  company_id TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL,
  version ${long} NOT NULL,
  watching_since ${long}
) ${strict};

-- Each month once: begun (run_id) or missed, with the reason for people.
CREATE TABLE monthly_statement_months (
  company_id TEXT NOT NULL,
  month TEXT NOT NULL,
  due_at ${long} NOT NULL,
  decided_at ${long} NOT NULL,
  run_id TEXT,
  missed TEXT,
  PRIMARY KEY (company_id, month)
) ${strict};
