-- A limit per day counts what was handed over: the outcome belongs to the index that answers it.
DROP INDEX message_attempts_by_account;
CREATE INDEX message_attempts_by_account ON message_attempts (company_id, account_id, ended_at, outcome);
