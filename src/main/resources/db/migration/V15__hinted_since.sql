-- Since when a link has hints that no look has covered, for whoever watches whether the flows keep up. Kept by a trigger, since
-- hints are counted and covered in many statements, and one that forgets would make a stuck link look well.
ALTER TABLE issue_link ADD COLUMN hinted_at timestamptz;
UPDATE issue_link SET hinted_at = now() WHERE hints <> hints_seen OR faraday_hints <> faraday_hints_seen;

CREATE FUNCTION note_hinted_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.hinted_at := CASE WHEN NEW.hints <> NEW.hints_seen OR NEW.faraday_hints <> NEW.faraday_hints_seen
                          THEN coalesce(OLD.hinted_at, clock_timestamp()) END;
    RETURN NEW;
END $$;
CREATE TRIGGER hinted_since BEFORE UPDATE OF hints, hints_seen, faraday_hints, faraday_hints_seen ON issue_link
    FOR EACH ROW EXECUTE FUNCTION note_hinted_since();
