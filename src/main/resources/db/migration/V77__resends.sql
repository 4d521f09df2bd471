-- From a message to those that repeat it.
CREATE INDEX messages_by_resend ON messages (company_id, resend_of) WHERE resend_of IS NOT NULL;
