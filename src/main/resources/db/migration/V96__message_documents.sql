-- Further documents a message carries beside the one it is about: each has it in its history.
CREATE TABLE message_documents (
  company_id      TEXT NOT NULL,
  document_kind   TEXT NOT NULL,
  document_number TEXT NOT NULL,
  message_id      TEXT NOT NULL,
  PRIMARY KEY (company_id, document_kind, document_number, message_id)
) ${strict};

CREATE INDEX message_documents_of_message ON message_documents (company_id, message_id);
