-- The code by which a person lets somebody act for them, as a keyed hash; at most one is good.
CREATE TABLE helping_code (
  campaign   text NOT NULL,
  person     bytea NOT NULL,
  code_key   bytea NOT NULL UNIQUE,
  cohort     smallint NOT NULL,          -- as in the person's session
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (campaign, person)
);
CREATE INDEX helping_code_expires ON helping_code (expires_at);

-- Wrong codes of the last hour, by the keyed hash of the helper and of their address.
CREATE TABLE helping_try (
  who bytea NOT NULL,
  at  timestamptz NOT NULL
);
CREATE INDEX helping_try_who ON helping_try (who, at);
CREATE INDEX helping_try_at ON helping_try (at);

-- Who acts, or has acted, for whom.
CREATE TABLE helping (
  id       uuid PRIMARY KEY,
  campaign text NOT NULL,
  person   bytea NOT NULL,
  helper   bytea NOT NULL CHECK (helper <> person),
  staff    boolean NOT NULL,
  cohort   smallint NOT NULL,
  began_at timestamptz NOT NULL,
  until    timestamptz NOT NULL,
  ended_at timestamptz,                  -- before its time
  ended_in xid8
);
-- One helper at a time.
CREATE UNIQUE INDEX helping_person ON helping (campaign, person) WHERE ended_at IS NULL;
CREATE INDEX helping_helper ON helping (helper, campaign);
CREATE INDEX helping_ended ON helping (ended_in) WHERE ended_in IS NOT NULL;

-- The journal, only added to. Kinds: 1 code made, 2 begun, 3 ended by the person, 4 ended by the
-- helper, 5 the helper logged out, 6 another helper took over.
CREATE TABLE helping_event (
  at       timestamptz NOT NULL,
  kind     smallint NOT NULL,
  campaign text NOT NULL,
  person   bytea NOT NULL,
  helper   bytea,                        -- none yet when the code is made
  helping  uuid
);
CREATE INDEX helping_event_person ON helping_event (person);
CREATE INDEX helping_event_helper ON helping_event (helper);
