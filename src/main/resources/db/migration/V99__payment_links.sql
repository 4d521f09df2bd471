-- Links by which customers pay or decide. State is derived: used, else withdrawn, else by the time it ends.
-- open_key: what the link is for, while no other may be made for the same by itself; null for ended ones and further ones.
CREATE TABLE payment_links (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  items_key TEXT NOT NULL,
  open_key TEXT,
  token TEXT NOT NULL,
  partner TEXT,
  currency TEXT NOT NULL,
  amount TEXT,
  payment TEXT NOT NULL,
  paid TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at ${long} NOT NULL,
  expires_at ${long},
  opened_at ${long},
  used_at ${long},
  withdrawn_at ${long},
  processing_until ${long},
  needs_look ${long} NOT NULL,
  message_id TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX payment_links_open ON payment_links (company_id, open_key);
CREATE INDEX payment_links_by_items ON payment_links (company_id, items_key, id);
CREATE INDEX payment_links_by_partner ON payment_links (company_id, partner, id);
CREATE INDEX payment_links_to_look_at ON payment_links (company_id, id) WHERE needs_look = 1;

-- Which addresses lead to a link: its own, and those of mails that were written at the same moment.
CREATE TABLE payment_link_tokens (
  company_id TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  link_id TEXT NOT NULL,
  PRIMARY KEY (company_id, token_hash)
) ${strict};
CREATE UNIQUE INDEX payment_link_tokens_by_hash ON payment_link_tokens (token_hash);

CREATE TABLE payment_link_items (
  company_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  position ${long} NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  amount TEXT,
  PRIMARY KEY (company_id, link_id, position)
) ${strict};
CREATE INDEX payment_link_items_by_document ON payment_link_items (company_id, kind, number, link_id);

-- What providers told: the same reference again is the same news.
CREATE TABLE payment_link_news (
  company_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  reference TEXT NOT NULL,
  what TEXT NOT NULL,
  amount TEXT,
  currency TEXT,
  recorded_at ${long} NOT NULL,
  PRIMARY KEY (company_id, link_id, reference, what)
) ${strict};

CREATE TABLE payment_link_history (
  company_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  id TEXT NOT NULL,
  at ${long} NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  is_warning ${long} NOT NULL,
  PRIMARY KEY (company_id, link_id, id)
) ${strict};

-- Which messages carry a link.
CREATE TABLE payment_link_messages (
  company_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  PRIMARY KEY (company_id, message_id, link_id)
) ${strict};

-- What a company settled about links; absent: the defaults of the code.
CREATE TABLE payment_link_choices (
  company_id TEXT NOT NULL,
  in_mails ${long} NOT NULL,
  days ${long} NOT NULL,
  combined ${long} NOT NULL,
  PRIMARY KEY (company_id)
) ${strict};
