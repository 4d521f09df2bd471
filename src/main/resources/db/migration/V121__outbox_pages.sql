-- Lists by account and by who made a message read no more than they show; a number is found without its kind.
CREATE INDEX messages_by_account ON messages (company_id, account_id, id);
CREATE INDEX messages_by_origin ON messages (company_id, origin_id, id);
DROP INDEX messages_by_document;
CREATE INDEX messages_by_document ON messages (company_id, document_number, document_kind, id);
CREATE INDEX message_documents_by_number ON message_documents (company_id, document_number, message_id);
-- What is held is looked for every few seconds, and is little.
CREATE INDEX messages_held ON messages (company_id, account_id, hold, id) WHERE state = 'held';
-- The index of what came back was not found by those who asked for it in other words.
DROP INDEX message_recipients_returned;
CREATE INDEX message_recipients_bounced ON message_recipients (company_id, changed_at, message_id) WHERE state = 'bounced';
