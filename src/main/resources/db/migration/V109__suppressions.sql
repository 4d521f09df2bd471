-- Addresses that are not written to, one row each; lifted ones stay, so that what happened before does not block them again.
-- address_key: lower case, domain as A-labels. address: as written.
CREATE TABLE suppressions (
  company_id TEXT NOT NULL,
  address_key TEXT NOT NULL,
  id TEXT NOT NULL,
  address TEXT NOT NULL,
  cause TEXT NOT NULL,
  since ${long} NOT NULL,
  by_id TEXT,
  by_name TEXT,
  message_id TEXT,
  status TEXT,
  reply TEXT,
  note TEXT,
  lifted_at ${long},
  lifted_by TEXT,
  lifted_note TEXT,
  PRIMARY KEY (company_id, address_key)
) ${strict};
CREATE UNIQUE INDEX suppressions_newest ON suppressions (company_id, id);

-- Failures that may pass, one a message, until they block the address or mail arrives there.
CREATE TABLE address_failures (
  company_id TEXT NOT NULL,
  address_key TEXT NOT NULL,
  message_id TEXT NOT NULL,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, address_key, message_id)
) ${strict};
