-- How long Jira wants to be left alone, as one replica was told: all of them wait, because Jira counts them together.
CREATE TABLE jira_limit (
    one     boolean     PRIMARY KEY DEFAULT true CHECK (one),
    since   timestamptz NOT NULL,
    until   timestamptz NOT NULL,
    reason  text        NOT NULL
);
