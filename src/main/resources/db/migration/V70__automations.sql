-- Business events as they were told, once each, and what became of them.
CREATE TABLE business_events (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  type TEXT NOT NULL,
  document_kind TEXT NOT NULL,
  document_number TEXT NOT NULL,
  state TEXT NOT NULL,
  told_by TEXT NOT NULL,
  told_by_name TEXT NOT NULL,
  occurred_at ${long},
  received_at ${long} NOT NULL,
  handled_at ${long},
  lease_until ${long} NOT NULL,
  tries ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX business_events_once ON business_events (company_id, source, source_id);
CREATE INDEX business_events_open ON business_events (received_at) WHERE state = 'accepted';

-- What each automation made of an event: a message or a reason why not. The key is the promise "at most one".
CREATE TABLE event_outcomes (
  company_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  automation TEXT NOT NULL,
  message_id TEXT,
  code TEXT,
  skipped TEXT,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, event_id, automation)
) ${strict};
CREATE INDEX event_outcomes_by_automation ON event_outcomes (company_id, automation, event_id);

CREATE TABLE automations (
  company_id TEXT NOT NULL,
  name TEXT NOT NULL,
  enabled ${long} NOT NULL,
  version ${long} NOT NULL,
  changed_at ${long} NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (company_id, name)
) ${strict};
