-- What Postgres needs besides tables: who acts is told by `canvass.actor` and `canvass.request`, for as long as a
-- transaction lasts. The log is written as its owner, so that the role which serves cannot write it by hand.
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    acting TEXT := current_setting('canvass.actor', true);
    before JSONB := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    after JSONB := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
    named JSONB := COALESCE(after, before);
    digested TEXT;
    key TEXT;
BEGIN
    IF acting IS NULL OR acting = '' THEN
        RAISE EXCEPTION 'nobody acts';
    END IF;
    SELECT string_agg(named ->> part, ' ' ORDER BY place) INTO key
        FROM unnest(string_to_array(TG_ARGV[0], ',')) WITH ORDINALITY AS parts (part, place);
    FOREACH digested IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
        IF before IS NOT NULL THEN
            before := jsonb_set(before, ARRAY[digested], to_jsonb(encode(sha256(convert_to(before ->> digested, 'UTF8')), 'hex')));
        END IF;
        IF after IS NOT NULL THEN
            after := jsonb_set(after, ARRAY[digested], to_jsonb(encode(sha256(convert_to(after ->> digested, 'UTF8')), 'hex')));
        END IF;
    END LOOP;
    INSERT INTO audit (at, actor, request, tbl, key, operation, old, new)
    VALUES (to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), acting,
        COALESCE(current_setting('canvass.request', true), ''), TG_TABLE_NAME, key, lower(TG_OP), before, after);
    RETURN NULL;
END $$;
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: this stays as it is', TG_TABLE_NAME;
END $$;
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'canvass_app') THEN
        CREATE ROLE canvass_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
