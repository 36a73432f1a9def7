-- Work that one replica does at a time: the sweep of Jira (sweep), adoption (adoption), the renewal of the access token
-- (token-renewal), the embedded broker (embedded-broker).
CREATE TABLE lease (
    work       text        PRIMARY KEY,
    holder     text        NOT NULL, -- a replica; of the embedded broker, its data folder
    place      text        NOT NULL, -- where the holder runs, for people
    held_until timestamptz NOT NULL
);

-- A replica of the version before keeps its leases in runtime_state and token_renewal. While both versions run, its statements
-- there take and release the row here too. Where another has the row, such a statement changes nothing, from which that replica
-- learns that another does the work. A later migration may drop this, and holder and held_until of token_renewal.
CREATE FUNCTION lease_of_older_replica(its_work text, its_holder text, its_place text, until timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF until > clock_timestamp() THEN
        INSERT INTO faraday_bridge.lease AS l VALUES (its_work, its_holder, its_place, until)
        ON CONFLICT (work) DO UPDATE
           SET holder = excluded.holder, place = excluded.place, held_until = excluded.held_until
         WHERE l.holder = excluded.holder OR l.held_until < clock_timestamp();
        RETURN FOUND;
    END IF;
    DELETE FROM faraday_bridge.lease WHERE work = its_work AND holder = its_holder;
    RETURN true;
END $$;

CREATE FUNCTION runtime_state_of_older_replica() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its faraday_bridge.runtime_state := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    until timestamptz := CASE WHEN TG_OP <> 'DELETE' THEN
        CASE jsonb_typeof(its.value -> 'until') WHEN 'number' THEN to_timestamp((its.value ->> 'until')::float8)
                                                ELSE (its.value ->> 'until')::timestamptz END END;
BEGIN
    IF faraday_bridge.lease_of_older_replica(its.name, coalesce(its.value ->> 'by', its.value ->> 'holder'),
           coalesce('on ' || (its.value ->> 'host') || ', in ' || (its.value ->> 'folder'), ''), until) THEN
        RETURN its;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lease_of_older_replica BEFORE INSERT OR UPDATE ON runtime_state FOR EACH ROW
    WHEN (NEW.name IN ('sweep', 'adoption', 'embedded-broker') AND NEW.value ? 'until')
    EXECUTE FUNCTION runtime_state_of_older_replica();
CREATE TRIGGER lease_released_by_older_replica BEFORE DELETE ON runtime_state FOR EACH ROW
    WHEN (OLD.name IN ('sweep', 'adoption', 'embedded-broker') AND OLD.value ? 'until')
    EXECUTE FUNCTION runtime_state_of_older_replica();

CREATE FUNCTION token_renewal_of_older_replica() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF faraday_bridge.lease_of_older_replica('token-renewal', NEW.holder::text, '', NEW.held_until) THEN
        RETURN NEW;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lease_of_older_replica BEFORE UPDATE ON token_renewal FOR EACH ROW
    WHEN (NEW.held_until IS DISTINCT FROM OLD.held_until)
    EXECUTE FUNCTION token_renewal_of_older_replica();

-- What is held now; a renewal of the token whose time is over without an answer is known by its lease.
UPDATE runtime_state SET value = value WHERE name IN ('sweep', 'adoption', 'embedded-broker');
INSERT INTO lease SELECT 'token-renewal', holder::text, '', held_until FROM token_renewal WHERE held_until IS NOT NULL;
