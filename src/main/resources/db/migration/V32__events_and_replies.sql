-- The outbox of the events: rows of the activity that have not left as a message yet. A mark on each row, because a row
-- with a smaller id may be committed later.
ALTER TABLE activity ADD COLUMN unsent boolean NOT NULL DEFAULT false;
CREATE INDEX activity_unsent ON activity (id) WHERE unsent;

-- A program that waits for the result of its message on vuln-export.
CREATE TABLE export_reply (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id       bigint,                                  -- null: no batch was made
    reason         text,                                    -- why no batch was made; null if one was
    queue          text        NOT NULL,                    -- where the reply goes
    correlation    text,                                    -- what the program finds its request by
    correlation_id text        NOT NULL,                    -- in the log lines and the activity
    attempts       integer     NOT NULL DEFAULT 0,
    retry_at       timestamptz NOT NULL DEFAULT now(),
    created_at     timestamptz NOT NULL DEFAULT now(),
    CHECK ((batch_id IS NULL) <> (reason IS NULL))
);
CREATE INDEX export_reply_due ON export_reply (retry_at);
