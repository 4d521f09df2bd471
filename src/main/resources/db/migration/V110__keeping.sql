-- How long a company keeps what grows, where it differs from the default; 0 days: for ever.
CREATE TABLE retention (
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  days ${long} NOT NULL,
  PRIMARY KEY (company_id, kind)
) ${strict};

-- What was erased on request. No name and no address: a hash tells whether one was.
CREATE TABLE erasures (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  at ${long} NOT NULL,
  by_name TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_hash TEXT NOT NULL,
  certificate TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
