-- Which of several nodes moves the lines and writes the status. Whoever has the row until then goes
-- on; when it is not renewed another one takes it. By this database's clock, the one all share.
CREATE TABLE beat (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  node     uuid NOT NULL,
  until    timestamptz NOT NULL
);

-- The status of each campaign as it was written last: all nodes send these bytes, so that caches in
-- front of different nodes hold the same page under the same tag.
CREATE TABLE status (
  campaign text PRIMARY KEY,
  page     bytea NOT NULL
) WITH (fillfactor = 50);
