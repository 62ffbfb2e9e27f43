# Prints views as reference.sql does, through R's DBI and RPostgreSQL. Arguments: schema, directory, views.
# Connects as PG* say. R has no 64-bit integer: a bigint comes as a double, exact up to 2^53. jsonb is a type
# that RPostgreSQL does not know and gives as text.

suppressMessages(library(RPostgreSQL))

kinds <- c(TEXT = "text", UNKNOWN = "text", INT2 = "integer", INTEGER = "integer", INT4 = "integer", BIGINT = "integer",
	INT8 = "integer", FLOAT8 = "float", DATE = "date", TIMESTAMPTZ = "time", TIMESTAMPTZOID = "time", BOOL = "boolean",
	BOOLEAN = "boolean")

escape <- function(text) {
	text <- gsub("\\", "\\\\", text, fixed = TRUE)
	text <- gsub("\t", "\\t", text, fixed = TRUE)
	text <- gsub("\n", "\\n", text, fixed = TRUE)
	gsub("\r", "\\r", text, fixed = TRUE)
}

bits <- function(value) paste(format(writeBin(value, raw(), endian = "big")), collapse = "")

print_column <- function(kind, column) {
	class_is <- switch(kind, text = is.character(column), integer = is.numeric(column),
		float = is.double(column), date = inherits(column, "Date"), time = inherits(column, "POSIXct"),
		boolean = is.logical(column))
	# An all-NULL column may come as logical, R's own kind of nothing.
	if (!class_is && !all(is.na(column))) stop(sprintf("%s came as %s", kind, class(column)[1]))
	text <- switch(kind,
		text = escape(enc2utf8(as.character(column))),
		integer = format(column, scientific = FALSE, trim = TRUE, digits = 17),
		float = vapply(as.double(column), bits, ""),
		date = with(as.POSIXlt(column), sprintf("%04d-%02d-%02d", as.integer(year + 1900), as.integer(mon + 1), mday)),
		time = format(round(as.numeric(column) * 1e6), scientific = FALSE, trim = TRUE, digits = 17),
		boolean = ifelse(column, "t", "f"))
	ifelse(is.na(column), "\\N", text)
}

arguments <- commandArgs(trailingOnly = TRUE)
schema <- arguments[1]
connection <- dbConnect(dbDriver("PostgreSQL"), host = Sys.getenv("PGHOST"), port = as.integer(Sys.getenv("PGPORT")),
	dbname = Sys.getenv("PGDATABASE"), user = Sys.getenv("PGUSER"), password = Sys.getenv("PGPASSWORD"))
listed <- dbGetQuery(connection,
	sprintf("SELECT table_name FROM information_schema.tables WHERE table_schema = '%s' AND table_type = 'VIEW'", schema))
for (view in arguments[-(1:2)]) {
	if (!view %in% listed$table_name) stop("the view ", view, " is not listed")
	result <- suppressWarnings(dbSendQuery(connection, sprintf('SELECT * FROM "%s"."%s"', schema, view)))
	columns <- suppressWarnings(dbColumnInfo(result))
	rows <- suppressWarnings(fetch(result, n = -1))
	dbClearResult(result)
	column_kinds <- unname(kinds[columns$type])
	if (anyNA(column_kinds)) stop(view, " has a column of type ", columns$type[is.na(column_kinds)][1])
	lines <- paste(columns$name, column_kinds, collapse = "\t")
	if (nrow(rows) > 0) {
		printed <- Map(print_column, column_kinds, rows)
		lines <- c(lines, do.call(paste, c(unname(printed), sep = "\t")))
	}
	out <- file(file.path(arguments[2], view), "wb")
	writeLines(enc2utf8(lines), out, useBytes = TRUE)
	close(out)
}
invisible(dbDisconnect(connection))
