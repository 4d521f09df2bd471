-- What accounts of kind Local "sent": kept here and shown on a page. The bytes lie beside, so that
-- lists stay quick.
CREATE TABLE local_messages (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT,
  message_id TEXT,
  size ${long} NOT NULL,
  received_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};

CREATE TABLE local_contents (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  content ${bytes} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
