-- When a company works: holidays and exceptions as JSON, in the API's words.
CREATE TABLE calendars (
  company_id TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL,
  version ${long} NOT NULL
) ${strict};
