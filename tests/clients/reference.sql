-- The SELECT that prints a view in the form all clients print it in: a line that names columns and kinds of value, then
-- the rows in COPY's text form, JSON as text, floats as the sixteen hexadecimal digits of their bits, instants as microseconds since
-- 1970. psql variables: schema, view.
SELECT format('SELECT %L UNION ALL SELECT concat_ws(E''\t'', %s) FROM %I.%I',
	string_agg(attname || ' ' || kind, E'\t' ORDER BY attnum),
	string_agg(format('coalesce(%s, ''\N'')', format(CASE kind
		WHEN 'text' THEN 'replace(replace(replace(replace(%1$I::text, ''\'', ''\\''), E''\t'', ''\t''), E''\n'', ''\n''), E''\r'', ''\r'')'
		WHEN 'integer' THEN '%I::text'
		WHEN 'float' THEN 'encode(float8send(%I), ''hex'')'
		WHEN 'date' THEN 'to_char(%I, ''YYYY-MM-DD'')'
		WHEN 'time' THEN '(extract(epoch FROM %I) * 1000000)::bigint::text'
		WHEN 'boolean' THEN 'CASE WHEN %1$I THEN ''t'' WHEN NOT %1$I THEN ''f'' END'
		ELSE '1/0' END, attname)), ', ' ORDER BY attnum),
	:'schema', :'view')
FROM (
	SELECT attname, attnum, CASE atttypid::regtype::text
		WHEN 'text' THEN 'text'
		WHEN 'jsonb' THEN 'text'
		WHEN 'smallint' THEN 'integer'
		WHEN 'integer' THEN 'integer'
		WHEN 'bigint' THEN 'integer'
		WHEN 'double precision' THEN 'float'
		WHEN 'date' THEN 'date'
		WHEN 'timestamp with time zone' THEN 'time'
		WHEN 'boolean' THEN 'boolean'
		ELSE 'NOT PLAIN: ' || atttypid::regtype END AS kind
	FROM pg_attribute
	WHERE attrelid = format('%I.%I', :'schema', :'view')::regclass AND attnum > 0 AND NOT attisdropped) AS columns
\gexec
