-- What programs handed in over SMTP a short while ago: one that lost our answer and hands the same in again
-- is answered with the first one's id. The key, not a lock, decides between two at the same moment.
CREATE TABLE ingress_arrivals (
  company_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  message_id TEXT NOT NULL,
  repeats_until ${long} NOT NULL,
  PRIMARY KEY (company_id, key_id, fingerprint)
) ${strict};

-- How mail of one API key is treated; a key without a row is treated as usual.
CREATE TABLE ingress_key_rules (
  company_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  account_id TEXT,
  repeat_minutes ${long} NOT NULL,
  PRIMARY KEY (company_id, key_id)
) ${strict};
