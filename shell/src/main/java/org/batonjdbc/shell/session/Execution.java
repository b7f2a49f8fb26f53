package org.batonjdbc.shell.session;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.batonjdbc.driver.sql.Meaning;
import org.batonjdbc.shell.output.Cell;
import org.batonjdbc.shell.output.Column;
import org.batonjdbc.shell.output.Expectation;
import org.batonjdbc.shell.output.FittingPrinter;
import org.batonjdbc.shell.output.Format;
import org.batonjdbc.shell.output.Look;
import org.batonjdbc.shell.output.ResultPrinter;

/** Runs one statement at a time and prints all that it returns. The statement that runs may be cancelled by another thread. */
final class Execution {
    private static final int FETCH_SIZE = 1000;
    private static final String CANCELLED = "57014";

    private final Session session;
    private Expectation expectation;

    /** Written by the thread that runs statements, read by the one that cancels. */
    private volatile Cancellable running;

    Execution(Session session) {
        this.session = session;
    }

    void run(Connection connection, String sql, boolean vertical) throws SQLException, ShellException {
        Expectation expected = expectation;
        expectation = null;
        if (expected == null) {
            run(connection, sql, printer -> printer, vertical);
            return;
        }
        Expectation.Finding finding = new Expectation.Finding();
        boolean[] met = {false};
        run(
                connection,
                sql,
                printer -> {
                    met[0] = true;
                    return expected.watching(printer, finding);
                },
                vertical);
        if (!met[0]) {
            throw new ShellException("the statement has no result, of which something was expected");
        }
        if (!finding.text().isEmpty()) {
            throw new ShellException(finding.text());
        }
    }

    /** What is expected of the next statement's results. */
    void expect(Expectation next) {
        expectation = next;
    }

    private void run(Connection connection, String sql, UnaryOperator<ResultPrinter> around, boolean vertical)
            throws SQLException {
        long begin = System.nanoTime();
        connection.clearWarnings();
        try (Statement statement = connection.createStatement()) {
            running = new Cancellable(statement);
            // the user may have cancelled before: whoever comes second of the two, here and in cancel, sees what the
            // first did
            if (session.isCancelled()) {
                throw new SQLException("cancelled before it ran", CANCELLED);
            }
            setFetchSize(statement);
            boolean isResult = statement.execute(sql);
            while (true) {
                if (isResult) {
                    try (ResultSet result = statement.getResultSet()) {
                        print(result, around, vertical);
                    }
                } else {
                    int count = statement.getUpdateCount();
                    if (count == -1) {
                        break;
                    }
                    printCount(sql, count);
                }
                isResult = statement.getMoreResults();
            }
            warn(statement.getWarnings());
            warn(connection.getWarnings());
        } finally {
            end();
            session.out().flush();
            if (session.settings().isOn(Setting.TIMING)) {
                session.say(String.format(Locale.ROOT, "time: %.1f ms", (System.nanoTime() - begin) / 1e6));
            }
        }
    }

    private void end() {
        Cancellable ended = running;
        running = null;
        if (ended != null) {
            ended.end();
        }
    }

    void cancel() {
        Cancellable cancelled = running;
        if (cancelled == null) {
            return;
        }
        try {
            cancelled.cancel();
        } catch (SQLException e) {
            session.say("cannot cancel: " + ErrorText.of(e, ""));
        }
    }

    private static void setFetchSize(Statement statement) throws SQLException {
        try {
            statement.setFetchSize(FETCH_SIZE);
        } catch (SQLFeatureNotSupportedException e) {
            return; // only a hint
        }
    }

    private void print(ResultSet result, UnaryOperator<ResultPrinter> around, boolean vertical) throws SQLException {
        session.beginPages();
        try {
            printResult(result, around, vertical);
        } finally {
            session.endPages();
        }
    }

    private void printResult(ResultSet result, UnaryOperator<ResultPrinter> around, boolean vertical)
            throws SQLException {
        List<Column> columns = Column.of(result.getMetaData());
        ResultPrinter printer = around.apply(printer(vertical));
        boolean complete = false;
        try {
            printer.begin(columns);
            try {
                complete = printRows(result, columns, printer);
            } finally {
                printer.end(complete);
            }
            warn(result.getWarnings());
        } catch (IOException e) {
            session.say("cannot print the result: " + e.getMessage());
        }
    }

    /** False if the rows were not all printed: the user cancelled, or nobody reads the output any more. */
    private boolean printRows(ResultSet result, List<Column> columns, ResultPrinter printer)
            throws SQLException, IOException {
        int limit = session.settings().number(Setting.LIMIT);
        for (int row = 1; result.next(); row++) {
            if (limit > 0 && row > limit) {
                session.say("only the first " + limit + " rows are printed; \\set limit 0 prints all");
                return true;
            }
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Cell.read(result, i + 1, columns.get(i));
            }
            printer.row(values);
            if (session.isCancelled() || (row % FETCH_SIZE == 0 && session.out().checkError())) {
                return false;
            }
        }
        return true;
    }

    /** A printer for one result, as settings and screen want it. */
    ResultPrinter printer(boolean vertical) {
        Settings settings = session.settings();
        PrintWriter out = session.out();
        Look look = (session.isOutStandard() ? session.screen().look() : Look.PLAIN)
                .withNullText(settings.get(Setting.NULL));
        Format format = settings.format();
        boolean isTable = format == Format.TABLE || format == Format.AUTO;
        if (vertical || (isTable && settings.isOn(Setting.EXPANDED))) {
            format = Format.VERTICAL;
        }
        int width = session.screen().width().getAsInt();
        boolean auto = format == Format.AUTO
                || (format == Format.TABLE && settings.get(Setting.EXPANDED).equals("auto"));
        boolean fit = auto && width > 0 && session.isOutStandard();
        ResultPrinter printer = format.printer(out, look);
        return fit ? new FittingPrinter(printer, Format.VERTICAL.printer(out, look), width, look) : printer;
    }

    /** Counts are for people: they stand between results where people read those, else they are messages. */
    private void printCount(String sql, int count) {
        String text = count == 0 && !countsRows(sql) ? "ok" : count + (count == 1 ? " row changed" : " rows changed");
        if (session.settings().format().isForPeople()) {
            session.out().println(text);
        } else {
            session.say(text);
        }
    }

    /** Whether 0 as a count means that no row matched, rather than that there was nothing to count. */
    private boolean countsRows(String sql) {
        return switch (Meaning.of(sql, session.syntax()).kind()) {
            case INSERT, UPDATE, DELETE, MERGE -> true;
            case READ, TRUNCATE, LOAD, DDL, SESSION, TRANSACTION, LOCK, CALL, SCRIPT, ADMIN, UPGRADE, EMPTY, UNKNOWN ->
                false;
        };
    }

    private void warn(SQLWarning first) {
        SQLWarning warning = first;
        for (int i = 0; warning != null && i < 100; i++) {
            // row sets of the JDK carry an empty one that says nothing
            if (warning.getMessage() != null || warning.getSQLState() != null) {
                session.say(ErrorText.of(warning));
            }
            warning = warning.getNextWarning();
        }
    }
}
