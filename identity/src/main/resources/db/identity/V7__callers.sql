-- A member of staff begins an identity check for somebody on the telephone. Kinds: 7 such a check was
-- begun, by the helper, for nobody who is known yet; 8 the caller has confirmed it, in place of 2.
ALTER TABLE helping_event ALTER COLUMN person DROP NOT NULL;
ALTER TABLE helping_event ADD COLUMN provider text;    -- of 7 and 8
CREATE INDEX helping_event_calls ON helping_event (helper, at) WHERE kind = 7;
