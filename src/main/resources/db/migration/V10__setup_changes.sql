-- Who changed the set-up: one row a change, secrets masked before they get here.
CREATE TABLE setup_change (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT now(),
    user_id   integer,             -- null: the operator, by a command
    username  text        NOT NULL,
    what      text        NOT NULL, -- such as projects.SEC.attribute_mapping
    before    jsonb,
    after     jsonb
);
