package org.batonjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Variables and temporary tables have the same values and rows behind a switchover as before. */
class CarriedSessionTest {
    private final TestPair pair = TestPair.fresh();
    private Connection connection;
    private Statement statement;
    private Connection operator;
    private Statement control;

    @BeforeEach
    void open() throws SQLException {
        connection = pair.connect();
        statement = connection.createStatement();
        operator = pair.connect();
        control = operator.createStatement();
        control.execute("CREATE TABLE T(ID INT PRIMARY KEY, V INT)");
        control.execute("INSERT INTO T VALUES (1, 10), (2, 20)");
        control.execute("CREATE SEQUENCE S");
        control.execute("UPGRADE START");
        control.execute("UPGRADE WAIT FOR REPLICATING");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        operator.close();
        pair.close();
    }

    private void switchOver() throws SQLException {
        control.execute("UPGRADE SWITCH WITH (verify = 'skip')");
    }

    private List<String> rows(String sql) throws SQLException {
        return TestPair.rows(statement, sql);
    }

    @Test
    void aVariableKeepsTheValueThatItGotByChance() throws SQLException {
        statement.execute("SET @A = RANDOM_UUID()");
        statement.execute("SET @B = NEXT VALUE FOR S");
        statement.execute("SET @C = (SELECT SUM(V) FROM T)");
        statement.execute("SET @D = @C + 1");
        statement.executeUpdate("UPDATE T SET V = 0");
        List<String> before = rows("SELECT @A, @B, @C, @D");

        switchOver();

        assertThat(rows("SELECT @A, @B, @C, @D")).isEqualTo(before);
        assertThat(before.get(0)).endsWith(" 1 30 31");
    }

    @Test
    void aVariableThatAQueryHasSetIsCarriedToo() throws SQLException {
        rows("SELECT @N := V FROM T WHERE ID = 2");
        rows("SELECT SET(@M, 5)");

        switchOver();

        assertThat(rows("SELECT @N, @M")).containsExactly("20 5");
    }

    @Test
    void variablesOfManyTypesAreCarried() throws SQLException {
        List<String> values = List.of(
                "NULL",
                "TRUE",
                "1.50",
                "'a''b'",
                "DATE '2020-01-02'",
                "TIMESTAMP '2020-01-02 03:04:05.123456789'",
                "TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05+02:00'",
                "INTERVAL '3' DAY",
                "ARRAY[1, 2]");
        StringBuilder all = new StringBuilder("SELECT @V0");
        for (int i = 0; i < values.size(); i++) {
            statement.execute("SET @V" + i + " = " + values.get(i));
            all.append(i == 0 ? "" : ", @V" + i);
        }
        List<String> before = rows(all.toString());

        switchOver();

        assertThat(rows(all.toString())).isEqualTo(before);
    }

    @Test
    void bytesAreCarriedAsBytes() throws SQLException {
        statement.execute("SET @B = X'00ff'");
        statement.execute("CREATE LOCAL TEMPORARY TABLE BYTES(B VARBINARY(9))");
        statement.execute("INSERT INTO BYTES VALUES (X'00ff')");

        switchOver();

        assertThat(rows("SELECT LENGTH(@B), LENGTH(B), @B = X'00ff', B = @B FROM BYTES"))
                .containsExactly("2 2 TRUE TRUE");
    }

    @Test
    void aVariableThatIsSetByAParameterIsCarried() throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("SET @P = ? || 'x'")) {
            for (int i = 0; i < 3; i++) {
                set.setString(1, "v" + i);
                set.execute();
            }
        }

        switchOver();

        assertThat(rows("SELECT @P")).containsExactly("v2x");
    }

    @Test
    void aTemporaryTableThatAQueryHasMadeHasItsRowsOnce() throws SQLException {
        statement.execute("CREATE LOCAL TEMPORARY TABLE COPIED AS SELECT * FROM T");
        statement.executeUpdate("DELETE FROM COPIED WHERE ID = 1");

        switchOver();

        assertThat(rows("SELECT * FROM COPIED")).containsExactly("2 20");
    }

    @Test
    void aTemporaryTableKeepsItsIndexAndWhatItWasAlteredTo() throws SQLException {
        statement.execute("CREATE LOCAL TEMPORARY TABLE SCRATCH(A INT, B INT)");
        statement.execute("CREATE UNIQUE INDEX BY_A ON SCRATCH(A, B)");
        statement.execute("CREATE INDEX BY_B ON SCRATCH(B)");
        statement.execute("DROP INDEX BY_B");
        statement.execute("ALTER TABLE SCRATCH ALTER COLUMN B SET DEFAULT 7");
        statement.executeUpdate("INSERT INTO SCRATCH(A, B) VALUES (1, 2)");

        switchOver();
        statement.executeUpdate("INSERT INTO SCRATCH(A) VALUES (2)");

        assertThat(rows("SELECT * FROM SCRATCH")).containsExactly("1 2", "2 7");
        statement.execute("DROP INDEX BY_A");
    }

    @Test
    void whatLooksLikeAVariableInALiteralIsNoneWhereThereAreNoVariables() throws SQLException {
        String engines = System.getProperty("baton.engines");
        String stores = "(hsqldb:2.5.2@jdbc:hsqldb:mem:at-old),(hsqldb:2.7.4@jdbc:hsqldb:mem:at-new)";
        try (TestPair hsqldb =
                        new TestPair("jdbc:baton:failover:" + stores + (engines == null ? "" : "?engines=" + engines));
                Connection mailing = hsqldb.connect();
                Statement mail = mailing.createStatement()) {
            mail.execute("CREATE TABLE T(ID INT PRIMARY KEY, A VARCHAR(20))");
            mail.execute("UPGRADE START");
            mail.execute("UPGRADE WAIT FOR REPLICATING");
            TestPair.rows(mail, "SELECT ID FROM T WHERE A LIKE '%@bob%' FOR UPDATE");

            mail.execute("UPGRADE SWITCH WITH (verify = 'skip')");

            assertThat(TestPair.rows(mail, "VALUES 1")).containsExactly("1");
        }
    }
}
