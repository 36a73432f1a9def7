-- The newest request that was to create or change the issue of a vulnerability, as people are shown it.
CREATE TABLE last_request (
    vulnerability_id integer     PRIMARY KEY,
    at               timestamptz NOT NULL,            -- when its outcome was saved
    took_ms          bigint      NOT NULL,
    method           text        NOT NULL,
    path             text        NOT NULL,            -- below Jira's address, with the query
    body             text,                            -- JSON, secrets masked; null if there was none
    shortened        boolean     NOT NULL,            -- long texts of the body were cut
    issues           integer     NOT NULL,            -- how many issues the call was about; the body shows this one
    status           integer,                         -- null: no answer
    reason           text                             -- why it failed; null if it did not
);
CREATE INDEX last_request_at ON last_request (at);
