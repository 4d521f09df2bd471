-- Which account sends in place of another that cannot. Only where an administrator named one.
CREATE TABLE account_fallbacks (
  company_id TEXT NOT NULL,
  account TEXT NOT NULL,
  fallback TEXT NOT NULL,
  PRIMARY KEY (company_id, account)
) ${strict};
