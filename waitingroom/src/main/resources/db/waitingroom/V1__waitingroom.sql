-- One line for each booking window of each campaign. Its row is the lock under which numbers are
-- given, the lobby is frozen and the line moves on: all nodes agree because they take turns here.
CREATE TABLE line (
  id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign    text NOT NULL,
  line        smallint NOT NULL,         -- the window's number within the campaign
  seed        bytea NOT NULL CHECK (length(seed) = 32),  -- secret until drawn_at
  beacon      text,                      -- public value mixed into the draw
  next_number bigint NOT NULL DEFAULT 1,
  lobby_size  bigint,                    -- null until the opening
  drawn_at    timestamptz,               -- when the lobby was frozen and the seed revealed
  serving     bigint NOT NULL DEFAULT 0, -- the last place that was called
  credit      bigint NOT NULL DEFAULT 0, -- part of the next place already earned, see PaceRules
  ticked_at   timestamptz,               -- up to when the pace is accounted for
  UNIQUE (campaign, line),
  CHECK ((lobby_size IS NULL) = (drawn_at IS NULL)),
  CHECK (lobby_size < next_number),
  CHECK (serving >= 0 AND serving < next_number),
  CHECK (serving = 0 OR lobby_size IS NOT NULL)
) WITH (fillfactor = 50);                -- updated for each batch: room for it on the same page

-- Who has which number. Written once, never changed.
CREATE TABLE ticket (
  line   int NOT NULL,                   -- line.id
  person bytea NOT NULL,
  number bigint NOT NULL,
  PRIMARY KEY (line, person)
);
CREATE UNIQUE INDEX ticket_number ON ticket (line, number);

-- The latest pass of each person who was called and entered.
CREATE TABLE admission (
  line       int NOT NULL,               -- line.id
  person     bytea NOT NULL,
  number     bigint NOT NULL,
  session    uuid NOT NULL,
  expires    timestamptz NOT NULL,
  entered_at timestamptz NOT NULL,       -- the first time
  PRIMARY KEY (line, person)
);
