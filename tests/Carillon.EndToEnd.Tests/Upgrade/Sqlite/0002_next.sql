-- works with 1
ALTER TABLE job ADD COLUMN next_note TEXT;
CREATE TABLE next_table (id INTEGER PRIMARY KEY) STRICT;
