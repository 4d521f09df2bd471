-- Who has taken an event in hand, and requests that run: so that a node that starts again finds what died with it.
ALTER TABLE business_events ADD COLUMN lease_owner TEXT;
CREATE INDEX idempotency_keys_running ON idempotency_keys (owner) WHERE status IS NULL;
