-- What was known and promised as of a date, and what it comes to.

