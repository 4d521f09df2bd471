-- Which environment this database belongs to; one row. Another that opens it is a copy and stays silent, unless it is the test copy.
-- Whoever restores a backup gives it an id that nobody has: UPDATE installation_environment SET id = 'restored_…', test_copy = NULL.
CREATE TABLE installation_environment (
  slot ${long} NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  test_copy TEXT,
  changed_at ${long} NOT NULL
) ${strict};

-- What may leave for a company while it tests; no row: everything. allowed: one address or domain a line.
CREATE TABLE test_modes (
  company_id TEXT NOT NULL PRIMARY KEY,
  mode TEXT NOT NULL,
  redirect_to TEXT,
  allowed TEXT NOT NULL,
  version ${long} NOT NULL
) ${strict};
