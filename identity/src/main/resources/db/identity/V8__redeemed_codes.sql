-- What an issuer's code was worth, sealed, until its check has had its session: an issuer takes a
-- code once.
CREATE TABLE redeemed_code (
  check_key bytea PRIMARY KEY,
  sealed    text NOT NULL,
  until     timestamptz NOT NULL
);
CREATE INDEX redeemed_code_until ON redeemed_code (until);
