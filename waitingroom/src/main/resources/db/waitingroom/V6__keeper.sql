-- Where the numbers and the calling of a line are kept. Null: in this database. Otherwise in a Valkey,
-- under this name; it is decided before the first number is given and never changes, so that two
-- stores never give the same number. The columns from next_number to control then mean nothing.
ALTER TABLE waitingroom.line ADD COLUMN keeper uuid;
