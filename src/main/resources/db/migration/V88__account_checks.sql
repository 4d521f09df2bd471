-- The newest connection checks of each saved account, secrets masked before they came here.
CREATE TABLE account_checks (
  company_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  id TEXT NOT NULL,
  account_version ${long} NOT NULL,
  checked_at ${long} NOT NULL,
  finding TEXT,
  report TEXT NOT NULL,
  PRIMARY KEY (company_id, account_id, id)
) ${strict};
