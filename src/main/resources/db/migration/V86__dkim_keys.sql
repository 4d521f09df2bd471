-- Keys that sign mail of a domain (RFC 6376). The private half is sealed; the public one is what the domain publishes.
CREATE TABLE dkim_keys (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  domain TEXT NOT NULL,
  selector TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  public_key TEXT NOT NULL,
  private_key TEXT NOT NULL,
  active ${long} NOT NULL,
  created_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX dkim_keys_by_domain ON dkim_keys (company_id, domain, selector);
