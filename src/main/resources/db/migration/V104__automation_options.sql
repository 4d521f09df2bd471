-- What is settled for an automatic mail beside its switch, as JSON; null: nothing.
ALTER TABLE automations ADD COLUMN options TEXT;

-- What the event knows of its happening: which one of several (a partial payment), and words for its mail, as JSON.
ALTER TABLE business_events ADD COLUMN occasion TEXT;
ALTER TABLE business_events ADD COLUMN facts TEXT;
-- 1: skipped because what it is about is not known yet; looked at again when that arrives.
ALTER TABLE business_events ADD COLUMN waits ${long} NOT NULL DEFAULT 0;
CREATE INDEX business_events_waiting ON business_events (company_id, document_kind, document_number) WHERE waits = 1;
CREATE INDEX business_events_by_document ON business_events (company_id, document_kind, document_number, id);

-- One row for each mail an automatic mail may make once: the same happening told again under another id makes no second.
CREATE TABLE automation_occasions (
  company_id TEXT NOT NULL,
  document_kind TEXT NOT NULL,
  document_number TEXT NOT NULL,
  automation TEXT NOT NULL,
  occasion TEXT NOT NULL,
  event_id TEXT NOT NULL,
  message_id TEXT,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, document_kind, document_number, automation, occasion)
) ${strict};

-- What was sent before this key was there. Payments have no occasion then; each was an event of its own.
INSERT INTO automation_occasions (company_id, document_kind, document_number, automation, occasion, event_id, message_id, at)
SELECT company_id, document_kind, document_number, automation, occasion, MIN(event_id), MIN(message_id), MIN(at)
FROM (
  SELECT o.company_id, e.document_kind, e.document_number, o.automation, o.event_id, o.message_id, o.at,
    CASE WHEN o.automation IN ('payment_succeeded', 'payment_declined') THEN o.event_id ELSE '' END AS occasion
  FROM event_outcomes o JOIN business_events e ON e.company_id = o.company_id AND e.id = o.event_id
  WHERE o.message_id IS NOT NULL) made
GROUP BY company_id, document_kind, document_number, automation, occasion;
