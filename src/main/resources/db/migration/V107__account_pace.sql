-- How fast each account goes right now, for all nodes: when its runs go on, what its day's limit still holds back, how servers
-- asked it to slow down, and failures in a row. A row is written when there is something to remember.
-- day_bound: never less than what left in 24 hours; counted anew when it reaches the limit.
CREATE TABLE account_pace (
  company_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  bulk_from ${long} NOT NULL DEFAULT 0,
  day_bound ${long} NOT NULL DEFAULT 0,
  day_counted_at ${long} NOT NULL DEFAULT 0,
  resumes_at ${long},
  note TEXT,
  rate_ceiling ${long},
  rate_slowed_at ${long},
  rate_times ${long} NOT NULL DEFAULT 0,
  width_ceiling ${long},
  width_slowed_at ${long},
  width_times ${long} NOT NULL DEFAULT 0,
  reason TEXT,
  failures ${long} NOT NULL DEFAULT 0,
  failed_at ${long},
  tried_again_at ${long},
  PRIMARY KEY (company_id, account_id)
) ${strict};

-- How many connections of an account each node may have open: together never more than the account's limit.
CREATE TABLE account_lanes (
  company_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  node TEXT NOT NULL,
  width ${long} NOT NULL,
  lease_until ${long} NOT NULL,
  PRIMARY KEY (company_id, account_id, node)
) ${strict};
CREATE INDEX account_lanes_by_node ON account_lanes (node);

-- Some providers count recipients: how many a try went to, and the index that answers it.
ALTER TABLE message_attempts ADD COLUMN recipients ${long} NOT NULL DEFAULT 1;
DROP INDEX message_attempts_by_account;
CREATE INDEX message_attempts_by_account ON message_attempts (company_id, account_id, ended_at, outcome, recipients);

-- What waits is counted and looked through by this index alone: with the state no row is read for it.
DROP INDEX messages_waiting;
CREATE INDEX messages_waiting ON messages (company_id, account_id, bulk, due_at, id, state) WHERE state IN ('queued', 'delayed');
