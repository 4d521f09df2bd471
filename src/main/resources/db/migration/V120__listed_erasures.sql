-- The lines of the list of erasures that lies outside the database: from here other nodes learn them.
ALTER TABLE erasures ADD COLUMN listed TEXT;
