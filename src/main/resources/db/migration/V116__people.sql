-- People in several companies, links that were mailed to them, and sign-ins elsewhere.
ALTER TABLE memberships ADD COLUMN joined_at ${long} NOT NULL DEFAULT 0;
-- When the person last chose this company: the next sign-in leads there.
ALTER TABLE memberships ADD COLUMN used_at ${long} NOT NULL DEFAULT 0;

-- Where somebody is signed in, so that a stranger's session is recognised as one.
ALTER TABLE sessions ADD COLUMN address TEXT;
ALTER TABLE sessions ADD COLUMN browser TEXT;
ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT 'password';
CREATE INDEX sessions_by_person ON sessions (person_id);

-- One-time links: invitations, new passwords, other addresses. Only the hash of what the link holds
-- lies here. A new password belongs to no company; it is kept under the one whose account mailed it.
CREATE TABLE letters (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  email TEXT NOT NULL,
  person_id TEXT,
  role TEXT,
  hash TEXT NOT NULL UNIQUE,
  made_by TEXT NOT NULL,
  made_at ${long} NOT NULL,
  ends_at ${long} NOT NULL,
  message_id TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE INDEX letters_by_email ON letters (email, kind);
CREATE INDEX letters_by_age ON letters (ends_at);

-- Whom an OpenID provider knows a person as.
CREATE TABLE identities (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id),
  email TEXT,
  since ${long} NOT NULL,
  PRIMARY KEY (issuer, subject)
) ${strict};
CREATE UNIQUE INDEX identities_by_person ON identities (person_id, issuer);

CREATE INDEX audit_by_subject ON audit (company_id, subject, id);
CREATE INDEX audit_by_actor ON audit (company_id, actor, id);
