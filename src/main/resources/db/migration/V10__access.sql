-- Companies, people and what they may do. Passwords and keys are kept as hashes only.
CREATE TABLE companies (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  language TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  website TEXT,
  tax_id TEXT,
  registration TEXT,
  bank_name TEXT,
  iban TEXT,
  bic TEXT,
  colour TEXT NOT NULL,
  logo ${bytes},
  paper TEXT NOT NULL,
  created_at ${long} NOT NULL
) ${strict};

CREATE TABLE people (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  created_at ${long} NOT NULL,
  signed_in_at ${long}
) ${strict};

CREATE TABLE memberships (
  company_id TEXT NOT NULL REFERENCES companies (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  role TEXT NOT NULL,
  PRIMARY KEY (company_id, person_id)
) ${strict};
CREATE INDEX memberships_by_person ON memberships (person_id);

CREATE TABLE api_keys (
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  test ${long} NOT NULL,
  scopes TEXT NOT NULL,
  networks TEXT NOT NULL,
  created_at ${long} NOT NULL,
  last_used_at ${long},
  PRIMARY KEY (company_id, id)
) ${strict};

-- Wrong passwords, by account and by the address they came from.
CREATE TABLE sign_in_failures (
  subject TEXT NOT NULL PRIMARY KEY,
  failures ${long} NOT NULL,
  last_at ${long} NOT NULL,
  locked_until ${long} NOT NULL
) ${strict};
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (last_at);

CREATE TABLE audit (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  at ${long} NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};
