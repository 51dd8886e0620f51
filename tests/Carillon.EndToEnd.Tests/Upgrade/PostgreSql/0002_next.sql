-- works with 1
ALTER TABLE job ADD COLUMN next_note text;
ALTER TABLE execution ADD COLUMN next_note text NOT NULL DEFAULT '';
CREATE TABLE next_table (id integer PRIMARY KEY);
