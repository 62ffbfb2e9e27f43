-- weighted_sums: exact sums of rows, the state of means, shares and indices.

CREATE TYPE weighted_sums;
CREATE FUNCTION weighted_sums_in(cstring) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sums_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION weighted_sums_out(weighted_sums) RETURNS cstring
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sums_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION weighted_sums_recv(internal) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sums_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION weighted_sums_send(weighted_sums) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sums_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE weighted_sums (
	INPUT = weighted_sums_in, OUTPUT = weighted_sums_out,
	RECEIVE = weighted_sums_recv, SEND = weighted_sums_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = external
);
COMMENT ON TYPE weighted_sums IS
	'exact sums of weighted rows: the state of weighted_mean and its relatives, 100 to 300 bytes for ordinary figures however many rows. Its size depends on how far their magnitudes lie apart. For use by aggregates';
COMMENT ON FUNCTION weighted_sums_in(cstring) IS 'text input: v1, kind, counts, least, greatest, and the sums as hexadecimal integers times powers of two';
COMMENT ON FUNCTION weighted_sums_out(weighted_sums) IS 'text output; every bit round-trips, and equal sums have one text';
COMMENT ON FUNCTION weighted_sums_recv(internal) IS 'binary input: version byte, kind, counts, least, greatest, digits of the sums';
COMMENT ON FUNCTION weighted_sums_send(weighted_sums) IS 'binary output: version byte, kind, counts, least, greatest, digits of the sums';

CREATE FUNCTION weighted_sums_merge(weighted_sums, weighted_sums) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sums_merge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_sums_merge(weighted_sums, weighted_sums) IS
	'combines two states: the sums of the rows of both, exactly. States of different aggregates, powers or deviations are an error (22023), more rows than a bigint counts too (54000)';
