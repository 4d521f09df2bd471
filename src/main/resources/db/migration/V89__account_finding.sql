-- What was found wrong with an account, by its id in the catalogue of findings.
ALTER TABLE accounts ADD COLUMN finding TEXT;
