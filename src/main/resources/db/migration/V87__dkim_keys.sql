-- Keys that sign outgoing mail: an RSA and an Ed25519 key made together, their private halves sealed.
-- state: waiting (never used), active, retired (was in use; may be again).
CREATE TABLE dkim_keys (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  domain TEXT NOT NULL,
  state TEXT NOT NULL,
  rsa_selector TEXT NOT NULL,
  rsa_public TEXT NOT NULL,
  rsa_private TEXT NOT NULL,
  rsa_published TEXT NOT NULL,
  ed_selector TEXT NOT NULL,
  ed_public TEXT NOT NULL,
  ed_private TEXT NOT NULL,
  ed_published TEXT NOT NULL,
  created_at ${long} NOT NULL,
  active_since ${long},
  checked_at ${long},
  PRIMARY KEY (company_id, id)
) ${strict};

-- One key signs for a domain, and one more may be on its way to replace it, whatever happens at once.
CREATE UNIQUE INDEX dkim_keys_active ON dkim_keys (company_id, domain) WHERE state = 'active';
CREATE UNIQUE INDEX dkim_keys_waiting ON dkim_keys (company_id, domain) WHERE state = 'waiting';
