-- Readers follow the outbox by transaction: sequence numbers are given before the commit, so a later
-- one may be seen first. The key stays one index; sequence alone was looked up by nobody.
ALTER TABLE appointment_event DROP CONSTRAINT appointment_event_pkey;
ALTER TABLE appointment_event ADD PRIMARY KEY (transaction, sequence);
