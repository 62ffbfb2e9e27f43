-- What BI tools read.

