-- A company's own layouts. The row says which version is in use; each change makes a version.
CREATE TABLE layouts (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  active ${long} NOT NULL,
  version ${long} NOT NULL,
  created_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};

-- kinds: words, separated by spaces. images: name and hash of each, separated by a space, one a line.
CREATE TABLE layout_versions (
  company_id TEXT NOT NULL,
  layout_id TEXT NOT NULL,
  version ${long} NOT NULL,
  name TEXT NOT NULL,
  kinds TEXT NOT NULL,
  html TEXT NOT NULL,
  css TEXT NOT NULL,
  paper TEXT,
  images TEXT NOT NULL,
  saved_at ${long} NOT NULL,
  saved_by TEXT NOT NULL,
  saved_by_name TEXT NOT NULL,
  PRIMARY KEY (company_id, layout_id, version)
) ${strict};

-- Kept once for all versions that show them.
CREATE TABLE layout_images (
  company_id TEXT NOT NULL,
  layout_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  type TEXT NOT NULL,
  width ${long} NOT NULL,
  height ${long} NOT NULL,
  content ${bytes} NOT NULL,
  PRIMARY KEY (company_id, layout_id, hash)
) ${strict};
