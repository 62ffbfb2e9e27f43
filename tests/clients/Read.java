import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.*;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.time.Instant;
import java.util.*;

/** Prints views as reference.sql does, through JDBC. Arguments: schema, directory, views. Connects as PG* say. */
public class Read {
	private static String kind(int type, String name) {
		switch (type) {
			case Types.VARCHAR: return "text";
			case Types.INTEGER: case Types.BIGINT: case Types.SMALLINT: return "integer";
			case Types.DOUBLE: return "float";
			case Types.DATE: return "date";
			case Types.TIMESTAMP: case Types.TIMESTAMP_WITH_TIMEZONE: return "time";
			case Types.BIT: case Types.BOOLEAN: return "boolean";
			default: return name.equals("jsonb") ? "text" : name;
		}
	}

	/** The value as the object that the driver makes of it; another class than the kind promises is an error. */
	private static String print(ResultSet rows, int column, String kind) throws SQLException {
		Object value = rows.getObject(column);
		if (value == null)
			return rows.wasNull() ? "\\N" : "?";
		switch (kind) {
			case "text":
				// A jsonb is an object of the driver's own that prints its text.
				if (!(value instanceof String) && !value.getClass().getSimpleName().equals("PGobject"))
					throw new ClassCastException(value.getClass() + " is no text");
				return value.toString().replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
			case "integer":
				return Long.toString(((Number) value).longValue());
			case "float":
				return String.format("%016x", Double.doubleToRawLongBits((Double) value));
			case "date":
				return ((java.sql.Date) value).toLocalDate().toString();
			case "time":
				return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH,
					rows.getObject(column, OffsetDateTime.class).toInstant()));
			case "boolean":
				return (Boolean) value ? "t" : "f";
			default:
				return value.toString();
		}
	}

	public static void main(String[] arguments) throws Exception {
		Map<String, String> environment = System.getenv();
		String schema = arguments[0];
		List<String> views = Arrays.asList(arguments).subList(2, arguments.length);
		String address = String.format("jdbc:postgresql://%s:%s/%s",
			environment.get("PGHOST"), environment.get("PGPORT"), environment.get("PGDATABASE"));
		try (Connection connection =
				DriverManager.getConnection(address, environment.get("PGUSER"), environment.get("PGPASSWORD"))) {
			DatabaseMetaData catalog = connection.getMetaData();
			Set<String> listed = new TreeSet<>();
			try (ResultSet rows = catalog.getTables(null, schema, "%", new String[] {"VIEW"})) {
				while (rows.next())
					listed.add(rows.getString("TABLE_NAME"));
			}
			for (String view : views) {
				if (!listed.contains(view))
					throw new IllegalStateException("the driver does not list the view " + view);
				// Comments are what a BI tool shows beside a column; a history has the columns of the view it is named after.
				try (ResultSet rows = catalog.getColumns(null, schema, view.replace("_", "\\_"), "%")) {
					while (rows.next())
						if (rows.getString("REMARKS") == null || rows.getString("REMARKS").isEmpty())
							throw new IllegalStateException("no comment on " + view + "." + rows.getString("COLUMN_NAME"));
				}
				try (Statement statement = connection.createStatement();
						ResultSet rows = statement.executeQuery(String.format("SELECT * FROM \"%s\".\"%s\"", schema, view));
						PrintWriter out = new PrintWriter(Path.of(arguments[1], view).toFile(), StandardCharsets.UTF_8)) {
					ResultSetMetaData columns = rows.getMetaData();
					String[] kinds = new String[columns.getColumnCount()];
					StringJoiner head = new StringJoiner("\t");
					for (int i = 0; i < kinds.length; i++) {
						kinds[i] = kind(columns.getColumnType(i + 1), columns.getColumnTypeName(i + 1));
						head.add(columns.getColumnName(i + 1) + " " + kinds[i]);
					}
					out.print(head + "\n");
					while (rows.next()) {
						StringJoiner line = new StringJoiner("\t");
						for (int i = 0; i < kinds.length; i++)
							line.add(print(rows, i + 1, kinds[i]));
						out.print(line + "\n");
					}
				}
			}
		}
	}
}
