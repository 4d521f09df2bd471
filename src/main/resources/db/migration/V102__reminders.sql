-- Reminders look through open invoices by customer and due date.
CREATE INDEX documents_due ON documents (company_id, partner, due_date) WHERE kind = 'invoice' AND is_open = 1;

-- When the ERP last told anything about payments.
CREATE TABLE payments_told (
  company_id TEXT NOT NULL,
  told_at ${long} NOT NULL,
  PRIMARY KEY (company_id)
) ${strict};
INSERT INTO payments_told (company_id, told_at) SELECT company_id, MAX(updated_at) FROM documents GROUP BY company_id;

-- The ladder of each company; no row: the suggested one.
CREATE TABLE reminder_plans (
  company_id TEXT NOT NULL,
  content TEXT NOT NULL,
  version ${long} NOT NULL,
  changed_at ${long} NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (company_id)
) ${strict};

-- How far each invoice has climbed: the key is the promise that no step goes twice.
-- state: sent (a message was made), passed (deliberately not sent), called_off (the message was stopped: the step is open again).
CREATE TABLE reminder_steps (
  company_id TEXT NOT NULL,
  invoice TEXT NOT NULL,
  step ${long} NOT NULL,
  state TEXT NOT NULL,
  partner TEXT NOT NULL,
  amount TEXT,
  message_id TEXT,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, invoice, step)
) ${strict};
CREATE INDEX reminder_steps_of_message ON reminder_steps (company_id, message_id) WHERE message_id IS NOT NULL;

-- Messages made. day: where the company is, when it was made or last let go. state: waiting, leaving, gone, called_off.
CREATE TABLE reminder_mails (
  company_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  partner TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, message_id)
) ${strict};
CREATE INDEX reminder_mails_by_partner ON reminder_mails (company_id, partner, day);
CREATE INDEX reminder_mails_open ON reminder_mails (company_id, message_id) WHERE state IN ('waiting', 'leaving');

-- The newest day of each customer and how many then: guards the days between two reminders.
CREATE TABLE reminder_customers (
  company_id TEXT NOT NULL,
  partner TEXT NOT NULL,
  last_day TEXT NOT NULL,
  mails ${long} NOT NULL,
  PRIMARY KEY (company_id, partner)
) ${strict};

-- How many were made on a day: guards the most of a day.
CREATE TABLE reminder_days (
  company_id TEXT NOT NULL,
  day TEXT NOT NULL,
  mails ${long} NOT NULL,
  PRIMARY KEY (company_id, day)
) ${strict};

-- What holds reminders back: disputes, promises, exclusions, one step skipped. invoice: of the customer, null for all.
CREATE TABLE reminder_stops (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  partner TEXT NOT NULL,
  invoice TEXT,
  step ${long},
  until_day TEXT,
  note TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at ${long} NOT NULL,
  ended_by TEXT,
  ended_at ${long},
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE INDEX reminder_stops_open ON reminder_stops (company_id, partner) WHERE ended_at IS NULL;

-- What happened, each reason not to send once for an invoice and step. tried_at: when that was last found by trying.
CREATE TABLE reminder_history (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  at ${long} NOT NULL,
  partner TEXT NOT NULL,
  invoice TEXT NOT NULL,
  step ${long} NOT NULL,
  outcome TEXT NOT NULL,
  message_id TEXT,
  code TEXT,
  reason TEXT,
  tried_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX reminder_history_once ON reminder_history (company_id, invoice, step, code) WHERE outcome = 'skipped';
CREATE INDEX reminder_history_by_invoice ON reminder_history (company_id, invoice, id);
CREATE INDEX reminder_history_by_partner ON reminder_history (company_id, partner, id);
CREATE INDEX reminder_history_by_time ON reminder_history (company_id, at, outcome);

-- Who looks through a company's invoices right now, and where the most of a day stopped it.
CREATE TABLE reminder_work (
  company_id TEXT NOT NULL,
  lease_until ${long} NOT NULL,
  lease_owner TEXT,
  after_partner TEXT NOT NULL,
  PRIMARY KEY (company_id)
) ${strict};
