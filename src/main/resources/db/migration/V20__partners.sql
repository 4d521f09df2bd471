-- Customers and vendors. What is searched and listed stands in columns, the rest in content (JSON).
CREATE TABLE partners (
  company_id TEXT NOT NULL,
  ref TEXT NOT NULL,
  type TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  search TEXT NOT NULL,
  send_from TEXT,
  content TEXT NOT NULL,
  version ${long} NOT NULL,
  updated_at ${long} NOT NULL,
  PRIMARY KEY (company_id, ref)
) ${strict};

CREATE INDEX partners_by_name ON partners (company_id, sort_name, ref);
CREATE INDEX partners_by_sender ON partners (company_id, send_from) WHERE send_from IS NOT NULL;

-- A company's own recipient orders; without a row the built-in one counts.
CREATE TABLE recipient_orders (
  company_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (company_id, purpose)
) ${strict};
