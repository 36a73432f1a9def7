-- Counting holds no lock, so what was counted may be older than what was marked or written meanwhile: marks are numbered for
-- good, and a workspace stays dirty until a count that nothing disturbed finds its counters right.
ALTER TABLE dirty_workspace ADD COLUMN counted_marks bigint NOT NULL DEFAULT 0;
-- Not before then, so that counting takes a small part of the time only, on all replicas together.
ALTER TABLE dirty_workspace ADD COLUMN count_after timestamptz NOT NULL DEFAULT now();
