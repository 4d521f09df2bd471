-- What the people of a company are told inside the product. "news" makes the same news one notification.
CREATE TABLE notifications (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  news TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  document_kind TEXT,
  document_number TEXT,
  link TEXT,
  at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE UNIQUE INDEX notifications_by_news ON notifications (company_id, news);

-- Who has read which.
CREATE TABLE notification_reads (
  company_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  notification_id TEXT NOT NULL,
  read_at ${long} NOT NULL,
  PRIMARY KEY (company_id, person_id, notification_id)
) ${strict};
CREATE INDEX notification_reads_by_notification ON notification_reads (company_id, notification_id);
