-- Campaigns as applied. The definition is the YAML text; the program parses it again at start.
CREATE TABLE campaign (
  number     smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id         text NOT NULL UNIQUE,
  definition text NOT NULL,
  supply     text NOT NULL DEFAULT '',   -- digest of what its slots were made from, sites included
  revision   int NOT NULL DEFAULT 1,
  applied_at timestamptz NOT NULL
);

-- Institutions. source and source_key say which row of which list it came from.
CREATE TABLE site (
  id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source     text NOT NULL,
  source_key text NOT NULL,
  name       text NOT NULL,
  kind       text NOT NULL,
  address    text NOT NULL,
  phone      text,
  region     text NOT NULL,              -- five digits of the legal-dong code: the district
  lat        double precision,
  lng        double precision,
  hours      text NOT NULL,              -- "Mo-Fr 09:00-18:00; Sa 09:00-13:00"
  active     boolean NOT NULL DEFAULT true,
  UNIQUE (source, source_key)
);

-- One half hour of one product at one site. booked is the only counter there is.
CREATE TABLE slot (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign     smallint NOT NULL,
  product      smallint NOT NULL,        -- index into the campaign's products
  site         int NOT NULL,
  starts_at    timestamptz NOT NULL,
  capacity     smallint NOT NULL,
  booked       smallint NOT NULL DEFAULT 0,
  share_offset smallint NOT NULL,        -- see Release: spreads the rounding of the daily shares
  CHECK (booked >= 0 AND booked <= capacity)
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX slot_place ON slot (campaign, site, product, starts_at);

CREATE TABLE appointment (
  id               uuid PRIMARY KEY,     -- made by the caller, who retries with it
  campaign         smallint NOT NULL,
  person           bytea NOT NULL,
  dose             smallint NOT NULL,    -- 1 is the first
  slot             bigint NOT NULL,
  asked_slot       bigint NOT NULL,      -- what the id was first used for
  first            uuid,                 -- of a later dose: the appointment it was booked with
  active           boolean NOT NULL DEFAULT true,
  admitted_session uuid NOT NULL,        -- the admission it was booked under
  admitted_until   timestamptz NOT NULL,
  booked_at        timestamptz NOT NULL,
  changed_at       timestamptz NOT NULL
);
-- Invariant 2: one active appointment per person, campaign and dose.
CREATE UNIQUE INDEX appointment_person ON appointment (person, campaign, dose) WHERE active;

-- The outbox: what happened, written in the transaction in which it happened.
CREATE TABLE appointment_event (
  sequence    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at          timestamptz NOT NULL,
  node        int NOT NULL,              -- which process: it knows its own events already
  kind        smallint NOT NULL,         -- 1 booked, 2 moved, 3 cancelled
  appointment uuid NOT NULL,
  from_slot   bigint,
  to_slot     bigint
);
