-- Mailboxes we send through. The secret is sealed and stands apart from the settings (JSON).
-- Health columns change without a new version: the version is about what people set.
CREATE TABLE accounts (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  display_name TEXT,
  reply_to TEXT,
  owner TEXT NOT NULL,
  is_default ${long} NOT NULL,
  active ${long} NOT NULL,
  settings TEXT NOT NULL,
  secret TEXT,
  state TEXT NOT NULL,
  state_since ${long},
  state_reason TEXT,
  paused_until ${long},
  last_success ${long},
  last_failure ${long},
  version ${long} NOT NULL,
  created_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};

-- Never two defaults, whatever happens at once.
CREATE UNIQUE INDEX accounts_default ON accounts (company_id) WHERE is_default = 1;

-- Document kind → account, template, layout.
CREATE TABLE account_routes (
  company_id TEXT NOT NULL,
  document_kind TEXT NOT NULL,
  account TEXT,
  template TEXT,
  layout TEXT,
  PRIMARY KEY (company_id, document_kind)
) ${strict};
