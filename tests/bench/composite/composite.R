# The same arithmetic in base R: from the database, and once the matrix is in memory.
suppressMessages(library(RPostgreSQL))
con <- dbConnect(PostgreSQL(), host = Sys.getenv("PGHOST"), port = as.integer(Sys.getenv("PGPORT")), user = "postgres", dbname = "postgres")
runs <- as.integer(Sys.getenv("RUNS"))
node <- dbGetQuery(con, "SELECT code, parent, weight, direction FROM node")

read <- function() {
	fact <- dbGetQuery(con, "SELECT unit, code, value FROM fact")
	units <- sort(unique(fact$unit))
	codes <- sort(unique(fact$code))
	m <- matrix(NA_real_, length(units), length(codes), dimnames = list(units, codes))
	m[cbind(match(fact$unit, units), match(fact$code, codes))] <- fact$value
	m
}
weighted <- function(m, w) rowSums(sweep(m, 2, w, "*"), na.rm = TRUE) / as.vector((!is.na(m)) %*% w)
index <- function(m) {
	leaf <- node[match(colnames(m), node$code), ]
	low <- apply(m, 2, min, na.rm = TRUE)
	high <- apply(m, 2, max, na.rm = TRUE)
	score <- 100 * sweep(sweep(m, 2, low), 2, high - low, "/")
	down <- leaf$direction == "down"
	score[, down] <- 100 - score[, down]
	parents <- sort(unique(leaf$parent))
	category <- sapply(parents, function(p) weighted(score[, leaf$parent == p, drop = FALSE], leaf$weight[leaf$parent == p]))
	weighted(category, node$weight[match(parents, node$code)])
}
m <- read()
keep <- function(name, f) for (i in 1:runs) {
	begun <- Sys.time()
	f()
	dbExecute(con, sprintf("INSERT INTO measured VALUES ('%s', %f)", name, 1000 * as.numeric(difftime(Sys.time(), begun, units = "secs"))))
}
if (!exists("dbExecute")) dbExecute <- function(con, sql) invisible(dbSendQuery(con, sql))
keep("base R: matrix in memory", function() index(m))
keep("base R: read from the database", function() index(read()))
result <- index(m)
invisible(dbWriteTable(con, "r_score", data.frame(name = "base R", unit = as.integer(rownames(m)), score = as.vector(result)), row.names = FALSE))
