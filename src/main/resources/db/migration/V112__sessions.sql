-- Who is signed in, so that every node knows. The cookie holds the company and a random id; only the
-- id's hash lies here. flash: what the next page says once, as JSON.
CREATE TABLE sessions (
  company_id TEXT NOT NULL,
  id_hash TEXT NOT NULL,
  person_id TEXT NOT NULL,
  form_token TEXT NOT NULL,
  flash TEXT,
  created_at ${long} NOT NULL,
  seen_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id_hash)
) ${strict};
CREATE INDEX sessions_by_age ON sessions (seen_at);
