-- progress_status: the verdict on one target.

CREATE TYPE progress_status;
CREATE FUNCTION progress_status_in(cstring) RETURNS progress_status
	AS 'MODULE_PATHNAME', 'scorecard_progress_status_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION progress_status_out(progress_status) RETURNS cstring
	AS 'MODULE_PATHNAME', 'scorecard_progress_status_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION progress_status_recv(internal) RETURNS progress_status
	AS 'MODULE_PATHNAME', 'scorecard_progress_status_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION progress_status_send(progress_status) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_progress_status_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE progress_status (
	INPUT = progress_status_in, OUTPUT = progress_status_out,
	RECEIVE = progress_status_recv, SEND = progress_status_send,
	INTERNALLENGTH = 1, PASSEDBYVALUE, ALIGNMENT = char, STORAGE = plain
);
COMMENT ON TYPE progress_status IS
	'verdict on one target, worst first: missed, lost, off_track, at_risk, on_track, met, exceeded, not_yet_assessable, no_data';
COMMENT ON FUNCTION progress_status_in(cstring) IS 'text input';
COMMENT ON FUNCTION progress_status_out(progress_status) IS 'text output';
COMMENT ON FUNCTION progress_status_recv(internal) IS 'binary input: one byte, 1 to 9';
COMMENT ON FUNCTION progress_status_send(progress_status) IS 'binary output';

CREATE FUNCTION status_order(progress_status) RETURNS smallint
	AS 'MODULE_PATHNAME', 'scorecard_status_order' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION status_order(progress_status) IS
	'place in lists, worst first: missed 1, lost 2, off_track 3, at_risk 4, on_track 5, met 6, exceeded 7, not_yet_assessable 8, no_data 9';

CREATE FUNCTION signal(progress_status) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_signal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION signal(progress_status) IS
	'red (missed, lost, off_track), amber (at_risk), green (on_track, met, exceeded) or grey (not_yet_assessable, no_data)';

CREATE FUNCTION progress_status_smaller(progress_status, progress_status) RETURNS progress_status
	AS 'MODULE_PATHNAME', 'scorecard_progress_status_smaller' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION progress_status_larger(progress_status, progress_status) RETURNS progress_status
	AS 'MODULE_PATHNAME', 'scorecard_progress_status_larger' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION progress_status_smaller(progress_status, progress_status) IS 'the worse of two, grey ones last';
COMMENT ON FUNCTION progress_status_larger(progress_status, progress_status) IS 'the one later in the list of two';

CREATE FUNCTION indicator_status_step(integer, progress_status) RETURNS integer
	AS 'MODULE_PATHNAME', 'scorecard_indicator_status_step' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION indicator_status_final(integer) RETURNS progress_status
	AS 'MODULE_PATHNAME', 'scorecard_indicator_status_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indicator_status_step(integer, progress_status) IS 'transition of indicator_status_agg: adds a status to a set';
COMMENT ON FUNCTION indicator_status_final(integer) IS 'final function of indicator_status_agg';

CREATE AGGREGATE indicator_status_agg(progress_status) (
	SFUNC = indicator_status_step, STYPE = integer, INITCOND = '0',
	FINALFUNC = indicator_status_final, COMBINEFUNC = int4or, PARALLEL = SAFE
);
COMMENT ON AGGREGATE indicator_status_agg(progress_status) IS
	'status of an indicator from those of its leaves: the worst if any is missed, lost, off_track or at_risk; else not_yet_assessable if any is that or no_data (no_data if all are); else the worst. NULLs are skipped; NULL on no rows';

CREATE AGGREGATE min(progress_status) (
	SFUNC = progress_status_smaller, STYPE = progress_status,
	COMBINEFUNC = progress_status_smaller, PARALLEL = SAFE
);
CREATE AGGREGATE max(progress_status) (
	SFUNC = progress_status_larger, STYPE = progress_status,
	COMBINEFUNC = progress_status_larger, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(progress_status) IS 'the worst status; grey ones only if there is nothing else';
COMMENT ON AGGREGATE max(progress_status) IS 'the status that comes last in the list, grey ones after exceeded';
