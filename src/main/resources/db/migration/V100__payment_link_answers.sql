-- What public pages tell customers about what they did: how they paid, what they decided, that they asked for a new link.
ALTER TABLE payment_link_news ADD COLUMN way TEXT;
ALTER TABLE payment_link_news ADD COLUMN paid_at ${long};
ALTER TABLE payment_links ADD COLUMN decided_by TEXT;
ALTER TABLE payment_links ADD COLUMN decided_comment TEXT;
ALTER TABLE payment_links ADD COLUMN asked_at ${long};
