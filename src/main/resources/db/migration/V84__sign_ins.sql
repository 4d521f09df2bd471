-- What a provider granted an account. Tokens are sealed. One node at a time renews them: it holds
-- the lease, which has an end. The version grows with each answer that is kept, so that an answer
-- that comes late never replaces a newer one.
CREATE TABLE account_grants (
  company_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  access_token TEXT,
  access_ends ${long},
  renew_at ${long},
  refresh_token TEXT,
  scopes TEXT NOT NULL,
  signed_in_as TEXT,
  since ${long},
  last_used ${long},
  last_renewed ${long},
  approval TEXT,
  quiet_until ${long},
  quiet_reason TEXT,
  lease TEXT,
  lease_ends ${long},
  version ${long} NOT NULL,
  PRIMARY KEY (company_id, account_id)
) ${strict};

-- Sign-ins under way: the hash of the one-time state, and sealed what its answer needs.
CREATE TABLE account_sign_ins (
  company_id TEXT NOT NULL,
  state_hash TEXT NOT NULL,
  account_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  started_by TEXT NOT NULL,
  kept TEXT NOT NULL,
  ends ${long} NOT NULL,
  PRIMARY KEY (company_id, state_hash)
) ${strict};
