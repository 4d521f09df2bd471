-- Replies kept for repeated requests, one row per company and Idempotency-Key. While the first request
-- runs there is no reply and the lease says how long others wait for it.
CREATE TABLE idempotency_keys (
  company_id TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  owner TEXT NOT NULL,
  leased_until ${long} NOT NULL,
  created_at ${long} NOT NULL,
  status ${long},
  content_type TEXT,
  location TEXT,
  body ${bytes},
  PRIMARY KEY (company_id, key)
) ${strict};
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
