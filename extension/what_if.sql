-- What if: the sheet as it might be.

CREATE FUNCTION with_value(framework index_framework, sheet index_sheet, code text, value float8) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_with_value' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION with_value(index_framework, index_sheet, text, float8) IS
	'what if: the sheet with another value for one leaf, or without one if the value is NULL. NULL if another argument is; an unknown code, NaN and infinity are errors (22023)';
CREATE FUNCTION with_not_applicable(framework index_framework, sheet index_sheet, codes text[]) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_with_not_applicable' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION with_not_applicable(index_framework, index_sheet, text[]) IS
	'the sheet of a unit to which these leaves do not apply: they leave weights, coverage and bounds, where a missing value does not. Their values are dropped; NULL codes are passed over, an unknown one is an error (22023)';
CREATE FUNCTION expected_sheet(framework index_framework, as_of date, "like" index_sheet) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_expected_sheet' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION expected_sheet(index_framework, date, index_sheet) IS
	'the sheet with every target leaf on its path at as_of, so that an index reads score, expected today, difference. Leaves without a value in "like", or without an expected one (before the path begins), are missing; other leaves keep their value. Over a span: averages the bound, totals and changes its elapsed share. Compare both scores over the same leaves';
CREATE FUNCTION sheet_in_common(sheet index_sheet, "like" index_sheet) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_sheet_in_common' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sheet_in_common(index_sheet, index_sheet) IS
	'the sheet without the values of leaves that "like" has no value for: so that two indices, such as the actual and the expected one, rest on the same leaves. Sheets of different leaf sets are an error (22023)';
CREATE FUNCTION realign(sheet index_sheet, from_framework index_framework, to_framework index_framework, drop_observed boolean DEFAULT false) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_realign' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION realign(index_sheet, index_framework, index_framework, boolean) IS
	'the sheet of one leaf set carried to another: values of shared codes are kept, new leaves are missing. A value whose code is gone is an error (22023) unless drop_observed';
