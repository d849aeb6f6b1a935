-- The active appointments of a person are found by appointment_person; this finds the others, which
-- cost nothing until somebody cancels.
CREATE INDEX appointment_cancelled ON appointment (person, campaign) WHERE NOT active;
