-- What the rows themselves say is due (hints, an intention without a holder, a retry) is found by small indexes, in time that
-- does not depend on how many links there are. Each names a column whose emptiness PostgreSQL keeps count of, so that it knows
-- how little there is to read; hinted_at, kept by its trigger, stands for unseen hints.
CREATE FUNCTION note_hinted_at_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.hinted_at := CASE WHEN NEW.hints <> NEW.hints_seen OR NEW.faraday_hints <> NEW.faraday_hints_seen
                          THEN clock_timestamp() END;
    RETURN NEW;
END $$;
CREATE TRIGGER hinted_at_first BEFORE INSERT ON issue_link FOR EACH ROW EXECUTE FUNCTION note_hinted_at_first();
CREATE INDEX issue_link_hinted ON issue_link (hinted_at) WHERE ended_at IS NULL AND hinted_at IS NOT NULL;
CREATE INDEX issue_link_driving ON issue_link (driving_since) WHERE ended_at IS NULL AND driving_since IS NOT NULL;
CREATE INDEX issue_link_blocked ON issue_link (blocked_at) WHERE ended_at IS NULL AND blocked_at IS NOT NULL;

-- All that are not over, in the order in which they are compared with Faraday.
CREATE INDEX issue_link_active ON issue_link (id) WHERE ended_at IS NULL;
