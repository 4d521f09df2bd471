-- One script for both databases. ${long}, ${bytes} and ${strict} differ: see org.postroom.db.Dialect.
-- Moments are epoch milliseconds, yes and no are 1 and 0, amounts and addresses are text.
CREATE TABLE installation (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) ${strict};
