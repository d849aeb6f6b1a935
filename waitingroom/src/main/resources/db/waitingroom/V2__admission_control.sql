-- The controller's memory (waitingroom/control/ControlState as JSON); null before the first step.
ALTER TABLE line ADD COLUMN control jsonb;

-- What operators ordered, when and who. Only added to; the last one of a line counts as a whole.
CREATE TABLE line_order (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  line      int NOT NULL,                -- line.id
  given_at  timestamptz NOT NULL,
  given_by  text NOT NULL CHECK (length(given_by) BETWEEN 1 AND 100),
  floor     int CHECK (floor >= 1),      -- people a minute; null: a tenth of the ceiling
  ceiling   int CHECK (ceiling >= 1),    -- people a minute; null: as the campaign file says
  door      text NOT NULL CHECK (door IN ('OPEN', 'PAUSED', 'CLOSED')),
  notice_ko text,
  notice_en text,
  CHECK (floor <= ceiling),
  CHECK ((notice_ko IS NULL) = (notice_en IS NULL))
);
CREATE INDEX line_order_last ON line_order (line, id DESC);

-- How many different people have entered. A row of its own, because line is busy with those who join.
CREATE TABLE door (
  line    int PRIMARY KEY,               -- line.id
  entered bigint NOT NULL
) WITH (fillfactor = 50);
INSERT INTO door (line, entered) SELECT line, count(*) FROM admission GROUP BY line;

-- How busy the booking station of each node is, written down by itself each second.
CREATE TABLE booking_load (
  node     uuid NOT NULL,                -- new with each start of a program
  campaign text NOT NULL,
  at       timestamptz NOT NULL,
  answered bigint NOT NULL,              -- since the program started, as refused
  refused  bigint NOT NULL,
  latency_millis double precision NOT NULL,
  PRIMARY KEY (node, campaign)
) WITH (fillfactor = 50);
