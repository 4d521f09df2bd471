-- Texts of mails that a company or a person wrote. The newest version is in use; earlier ones stay to compare with.
-- The revision counts every change, also that a template became the default; the version counts texts.
CREATE TABLE templates (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  purpose TEXT NOT NULL,
  language TEXT NOT NULL,
  is_default ${long} NOT NULL,
  version ${long} NOT NULL,
  revision ${long} NOT NULL,
  created_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};

-- Never two defaults, whatever happens at once.
CREATE UNIQUE INDEX templates_default ON templates (company_id, purpose, language) WHERE is_default = 1;
CREATE INDEX templates_by_purpose ON templates (company_id, purpose, language, id);

CREATE TABLE template_versions (
  company_id TEXT NOT NULL,
  template_id TEXT NOT NULL,
  version ${long} NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  note TEXT,
  saved_at ${long} NOT NULL,
  saved_by TEXT NOT NULL,
  saved_by_name TEXT NOT NULL,
  PRIMARY KEY (company_id, template_id, version)
) ${strict};
