package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What code of the application's own inside the engine changes is captured, however it is called. */
class RoutinesTest {
    /** Inserts a row and returns its key; with a negative key it inserts and fails. */
    private static final String PUT = "CREATE ALIAS PUT AS $$"
            + "int put(java.sql.Connection c, int id) throws java.sql.SQLException {"
            + " c.createStatement().executeUpdate(\"INSERT INTO T VALUES (\" + id + \", 0)\");"
            + " if (id < 0) throw new java.sql.SQLException(\"no\");"
            + " return id; }$$";

    private static final String UNDO = "CREATE ALIAS UNDO AS $$"
            + "int undo(java.sql.Connection c) throws java.sql.SQLException {"
            + " boolean auto = c.getAutoCommit(); c.setAutoCommit(false);"
            + " java.sql.Savepoint point = c.setSavepoint();"
            + " c.createStatement().executeUpdate(\"DELETE FROM T WHERE ID = 1\");"
            + " c.rollback(point); c.setAutoCommit(auto); return 0; }$$";

    private static final String ATTEMPT = "CREATE ALIAS ATTEMPT AS $$"
            + "int attempt(java.sql.Connection c) throws java.sql.SQLException {"
            + " try { c.createStatement().executeUpdate(\"INSERT INTO T VALUES (10, 0), (11, 0), (1, 0)\"); }"
            + " catch (java.sql.SQLException e) { return 0; } return 1; }$$";

    /** Something that an application does. */
    @FunctionalInterface
    private interface Story {
        void on(Connection connection, Statement statement) throws SQLException;
    }

    private static Arguments story(String name, String outcome, Story story) {
        return Arguments.of(name, outcome, story);
    }

    /** Stories with the keys of T that they leave; it begins with 1 and 2. */
    static Stream<Arguments> stories() {
        return Stream.of(
                story("CALL", "1 2 3", (c, s) -> s.execute("CALL PUT(3)")),
                story("CALL by executeUpdate", "1 2 3", (c, s) -> s.executeUpdate("CALL PUT(3)")),
                story("a call escape with parameters", "1 2 3 4", (c, s) -> {
                    try (CallableStatement call = c.prepareCall("{? = call PUT(?)}")) {
                        call.registerOutParameter(1, Types.INTEGER);
                        call.setInt(2, 3);
                        call.execute();
                        assertThat(call.getInt(1)).isEqualTo(3);
                        call.setInt(2, 4);
                        call.execute();
                    }
                }),
                story("a query of a function that writes", "1 2 3", (c, s) -> {
                    try (ResultSet rows = s.executeQuery("SELECT PUT(3)")) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getInt(1)).isEqualTo(3);
                    }
                }),
                story("a function in the list of a prepared query", "1 2 11 12", (c, s) -> {
                    try (PreparedStatement query = c.prepareStatement("SELECT PUT(X + ?) FROM SYSTEM_RANGE(1, 2)")) {
                        query.setInt(1, 10);
                        query.executeQuery().close();
                    }
                }),
                story(
                        "a function in another statement",
                        "1 2 3 103",
                        (c, s) -> s.executeUpdate("INSERT INTO T VALUES (100 + PUT(3), 1)")),
                story("CALL in a transaction that is rolled back", "1 2", (c, s) -> {
                    c.setAutoCommit(false);
                    s.execute("CALL PUT(3)");
                    c.rollback();
                    c.setAutoCommit(true);
                }),
                story("in a transaction with other changes", "2 3", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("DELETE FROM T WHERE ID = 1");
                    s.execute("CALL PUT(3)");
                    c.commit();
                    c.setAutoCommit(true);
                }),
                story("rolled back to a savepoint", "1 2 3", (c, s) -> {
                    c.setAutoCommit(false);
                    s.execute("CALL PUT(3)");
                    Savepoint savepoint = c.setSavepoint();
                    s.execute("CALL PUT(4)");
                    c.rollback(savepoint);
                    c.commit();
                    c.setAutoCommit(true);
                }),
                story(
                        "one that fails in autocommit mode, of which the engine keeps what it did",
                        "-3 1 2",
                        (c, s) -> assertThatThrownBy(() -> s.execute("CALL PUT(-3)"))
                                .isInstanceOf(SQLException.class)),
                story("one that fails in a transaction, which goes on", "-3 2 4", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeUpdate("DELETE FROM T WHERE ID = 1");
                    assertThatThrownBy(() -> s.execute("CALL PUT(-3)")).hasMessageContaining("no");
                    s.executeUpdate("INSERT INTO T VALUES (4, 0)");
                    c.commit();
                    c.setAutoCommit(true);
                }),
                story("one that undoes what it did, by a savepoint", "1 2", (c, s) -> {
                    s.execute("CALL UNDO()");
                    c.setAutoCommit(false);
                    s.execute("CALL UNDO()");
                    s.execute("UPDATE T SET V = 7 WHERE ID = 2");
                    c.commit();
                    c.setAutoCommit(true);
                }),
                story("one that catches what fails half way", "1 2 3", (c, s) -> {
                    s.execute("CALL ATTEMPT()");
                    s.executeUpdate("INSERT INTO T VALUES (3, ATTEMPT())");
                }),
                story("one that is hidden in a view of a statement that writes", "1 2 90", (c, s) -> {
                    s.executeUpdate("INSERT INTO T SELECT P, 0 FROM ATTEMPTING");
                }),
                story(
                        "a view that calls it",
                        "1 2 7",
                        (c, s) -> s.executeQuery("SELECT * FROM WRITING").close()),
                story("a view that calls it, in a transaction", "1 2 7", (c, s) -> {
                    c.setAutoCommit(false);
                    s.executeQuery("SELECT * FROM WRITING").close();
                    c.commit();
                    c.setAutoCommit(true);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void whatARoutineChangesIsOnBothStores(String name, String outcome, Story story) throws SQLException {
        try (TestPair pair = TestPair.fresh()) {
            try (Connection connection = pair.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE T(ID INT PRIMARY KEY, V INT)");
                statement.execute("INSERT INTO T VALUES (1, 0), (2, 0)");
                statement.execute(PUT);
                statement.execute("CREATE TABLE ONE(A INT PRIMARY KEY)");
                statement.execute("INSERT INTO ONE VALUES (7)");
                statement.execute(UNDO);
                statement.execute(ATTEMPT);
                statement.execute("CREATE VIEW ATTEMPTING AS SELECT ATTEMPT() + 90 P");
                statement.execute("CREATE VIEW WRITING AS SELECT PUT(A) P FROM ONE");
                statement.execute("UPGRADE START");
                statement.execute("UPGRADE WAIT FOR REPLICATING");

                story.on(connection, statement);

                assertThat(keys(statement)).as("on the active store").isEqualTo(outcome);
                assertThat(TestPair.rows(statement, "UPGRADE VERIFY"))
                        .allSatisfy(row -> assertThat(row).endsWith(" 0 SAME"));
                statement.execute("UPGRADE SWITCH");
                assertThat(keys(statement)).as("on the upgraded store").isEqualTo(outcome);
                statement.execute("UPGRADE COMPLETE");
            }
        }
    }

    @Test
    void textsThatMeanSomethingElseAfterAnotherConnectionsDdlAreCapturedAsWhatTheyMeanNow() throws SQLException {
        try (TestPair pair = TestPair.fresh()) {
            try (Connection connection = pair.connect();
                    Statement statement = connection.createStatement();
                    Connection other = pair.connect();
                    Statement ddl = other.createStatement()) {
                ddl.execute("CREATE TABLE T(ID INT PRIMARY KEY, V INT)");
                ddl.execute("INSERT INTO T VALUES (1, 0), (2, 0)");
                ddl.execute("CREATE TABLE X(ID INT PRIMARY KEY, V INT)");
                ddl.execute("CREATE TABLE Y(ID INT PRIMARY KEY)");
                ddl.execute("CREATE ALIAS F AS $$int f(int id) { return id; }$$");
                try (PreparedStatement update = connection.prepareStatement("UPDATE X SET V = 5 WHERE ID = 1");
                        PreparedStatement query = connection.prepareStatement("SELECT F(3)");
                        PreparedStatement view = connection.prepareStatement("SELECT * FROM Y")) {
                    update.execute();
                    query.executeQuery().close();
                    view.executeQuery().close();
                    statement.execute("UPDATE X SET V = 6 WHERE ID = 2");
                    statement.executeQuery("SELECT F(3)").close();

                    ddl.execute("DROP TABLE X");
                    ddl.execute("CREATE SYNONYM X FOR T");
                    ddl.execute("DROP ALIAS F");
                    ddl.execute(PUT.replace("ALIAS PUT", "ALIAS F"));
                    ddl.execute("DROP TABLE Y");
                    ddl.execute("CREATE VIEW Y AS SELECT F(ID + 40) P FROM T WHERE ID = 1");
                    ddl.execute("UPGRADE START");
                    ddl.execute("UPGRADE WAIT FOR REPLICATING");
                    update.execute();
                    query.executeQuery().close();
                    view.executeQuery().close();
                    statement.execute("UPDATE X SET V = 6 WHERE ID = 2");
                    statement.executeQuery("SELECT F(4)").close();
                }

                assertThat(TestPair.rows(ddl, "SELECT ID, V FROM T ORDER BY ID"))
                        .containsExactly("1 5", "2 6", "3 0", "4 0", "41 0");
                assertThat(TestPair.rows(ddl, "UPGRADE VERIFY"))
                        .allSatisfy(row -> assertThat(row).endsWith(" 0 SAME"));
                ddl.execute("UPGRADE CANCEL");
            }
        }
    }

    private static String keys(Statement statement) throws SQLException {
        return String.join(" ", TestPair.rows(statement, "SELECT ID FROM T ORDER BY ID"));
    }
}
