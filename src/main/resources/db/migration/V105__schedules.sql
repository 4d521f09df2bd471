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
