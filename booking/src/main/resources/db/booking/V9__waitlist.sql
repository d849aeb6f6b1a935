-- Who waits for a freed dose, in the order of the line: by window, then by place.
CREATE TABLE waitlist (
  person   bytea NOT NULL,
  campaign smallint NOT NULL,
  line     smallint NOT NULL,
  place    bigint NOT NULL,
  cohort   smallint NOT NULL,
  sites    int[] NOT NULL CHECK (cardinality(sites) BETWEEN 1 AND 5),
  from_day date NOT NULL,
  to_day   date NOT NULL,
  product  smallint,                    -- null: any
  joined   timestamptz NOT NULL,
  PRIMARY KEY (person, campaign)
);

-- The same by site, so that the next for a freed dose is found without looking at the others.
CREATE TABLE waitlist_site (
  campaign smallint NOT NULL,
  site     int NOT NULL,
  line     smallint NOT NULL,
  place    bigint NOT NULL,
  person   bytea NOT NULL,
  PRIMARY KEY (campaign, site, line, place, person),
  FOREIGN KEY (person, campaign) REFERENCES waitlist ON DELETE CASCADE
);
CREATE INDEX waitlist_site_person ON waitlist_site (person, campaign);
