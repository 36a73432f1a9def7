-- An authorisation that somebody has begun in Jira: any replica can finish it, once, within ten minutes, for that user. What
-- is secret of it is in secret, under jira.authorization. and the hash.
CREATE TABLE authorization_request (
    token_hash text        PRIMARY KEY, -- of the request token
    user_id    integer     NOT NULL,
    username   text        NOT NULL,
    expires_at timestamptz NOT NULL DEFAULT now() + interval '10 minutes'
);

-- The access token's renewal: one replica at a time, and what it may have done is known before it is done.
CREATE TABLE token_renewal (
    one        boolean     PRIMARY KEY DEFAULT true CHECK (one),
    holder     uuid,
    held_until timestamptz,
    sent_for   text        -- hash of the access token that Jira was asked to replace, until its answer is saved
);
INSERT INTO token_renewal DEFAULT VALUES;
