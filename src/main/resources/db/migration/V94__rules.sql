-- Conditional rules in their order. Content is JSON as the API speaks it: condition and effects.
CREATE TABLE rules (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position ${long} NOT NULL,
  enabled ${long} NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  version ${long} NOT NULL,
  updated_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};

-- Grows with each change of any of a company's rules: what nodes keep compiled is as old as this.
CREATE TABLE rule_sets (
  company_id TEXT NOT NULL PRIMARY KEY,
  version ${long} NOT NULL
) ${strict};
