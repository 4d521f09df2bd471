-- How a company sends by hand; absent: the defaults of the code.
CREATE TABLE sending_choices (
  company_id TEXT NOT NULL,
  undo_seconds ${long} NOT NULL,
  links ${long} NOT NULL,
  link_days ${long} NOT NULL,
  PRIMARY KEY (company_id)
) ${strict};

-- A message that has not left leads back to its draft.
CREATE INDEX message_drafts_by_message ON message_drafts (company_id, message_id);
CREATE INDEX message_drafts_by_person ON message_drafts (company_id, person_id, updated_at);

-- Documents somebody adds to the outbox together. Sending notes what became of them: each goes once, however often the
-- button is pressed.
CREATE TABLE bulk_drafts (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  wish TEXT NOT NULL,
  results TEXT,
  updated_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE INDEX bulk_drafts_by_age ON bulk_drafts (company_id, updated_at);

-- Files too large for mail, fetched over a link. Only the hash of a link's token is kept.
CREATE TABLE download_links (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  message_id TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at ${long} NOT NULL,
  expires_at ${long} NOT NULL,
  withdrawn_at ${long},
  opened ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX download_links_by_token ON download_links (token_hash);
CREATE INDEX download_links_by_message ON download_links (company_id, message_id);
CREATE INDEX download_links_by_end ON download_links (expires_at);

CREATE TABLE download_files (
  company_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  position ${long} NOT NULL,
  filename TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size ${long} NOT NULL,
  content ${bytes} NOT NULL,
  PRIMARY KEY (company_id, link_id, position)
) ${strict};
