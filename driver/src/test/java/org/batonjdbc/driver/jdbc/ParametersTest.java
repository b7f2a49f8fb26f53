package org.batonjdbc.driver.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private final Parameters parameters = new Parameters();

    private List<String> replayed() throws SQLException {
        List<String> calls = new ArrayList<>();
        parameters.replay(Stub.of(PreparedStatement.class, "prepared", calls, new HashMap<>()));
        return calls;
    }

    @Test
    void everyKindComesBackAsItWasSet() throws SQLException {
        parameters.setBoolean(1, true);
        parameters.setByte(2, (byte) -2);
        parameters.setShort(3, (short) -3);
        parameters.setInt(4, Integer.MIN_VALUE);
        parameters.setLong(5, Long.MIN_VALUE);
        parameters.setFloat(6, -0.0f);
        parameters.setDouble(7, Double.NaN);
        parameters.setNull(8, Types.BLOB);
        parameters.setString(9, null);
        parameters.setBigDecimal(10, new BigDecimal("1.50"));
        parameters.setBytes(11, new byte[] {1});
        parameters.setDate(12, Date.valueOf("2020-01-02"));
        parameters.setTime(13, Time.valueOf("01:02:03"));
        parameters.setTimestamp(14, Timestamp.valueOf("2020-01-02 03:04:05.000000006"));
        parameters.setObject(15, 'c');
        parameters.setBy(16, to -> to.setNString(16, "n"));

        assertThat(replayed())
                .containsExactly(
                        "setBoolean[1, true]",
                        "setByte[2, -2]",
                        "setShort[3, -3]",
                        "setInt[4, -2147483648]",
                        "setLong[5, -9223372036854775808]",
                        "setFloat[6, -0.0]",
                        "setDouble[7, NaN]",
                        "setNull[8, 2004]",
                        "setString[9, null]",
                        "setBigDecimal[10, 1.50]",
                        "setBytes[11, [1]]",
                        "setDate[12, 2020-01-02]",
                        "setTime[13, 01:02:03]",
                        "setTimestamp[14, 2020-01-02 03:04:05.000000006]",
                        "setObject[15, c]",
                        "setNString[16, n]");
    }

    @Test
    void rowsOfABatchKeepTheirPlacesWhenALaterRowIsWider() throws SQLException {
        for (int row = 0; row < 20; row++) {
            parameters.setInt(1, row);
            if (row >= 10) {
                parameters.setString(9, "wide" + row);
            }
            parameters.addBatch();
        }
        parameters.setInt(1, 99);

        List<String> calls = replayed();

        assertThat(calls).startsWith("setInt[1, 0]", "addBatch", "setInt[1, 1]", "addBatch");
        assertThat(calls).containsSubsequence("setInt[1, 9]", "addBatch", "setInt[1, 10]", "setString[9, wide10]");
        assertThat(calls).endsWith("addBatch", "setInt[1, 99]", "setString[9, wide19]");
        assertThat(calls).hasSize(10 * 2 + 10 * 3 + 2);
    }

    @Test
    void afterABatchTheLastRowStaysAndTheOthersAreForgotten() throws SQLException {
        for (int round = 0; round < 3; round++) {
            for (int row = 0; row < 50; row++) {
                parameters.setString(1, "r" + row);
                parameters.setLong(2, row);
                parameters.addBatch();
            }
            parameters.endBatch();
            assertThat(replayed()).containsExactly("setString[1, r49]", "setLong[2, 49]");
        }
    }

    @Test
    void clearedParametersAreGone() throws SQLException {
        parameters.setInt(1, 1);
        parameters.addBatch();
        parameters.setInt(1, 2);
        parameters.setInt(2, 2);

        parameters.clear();

        assertThat(replayed()).containsExactly("setInt[1, 1]", "addBatch");
    }

    @Test
    void aCopyHasTheCurrentRowOnly() throws SQLException {
        parameters.setInt(1, 1);
        parameters.addBatch();
        parameters.setInt(1, 2);
        Parameters copy = parameters.copy();
        parameters.setInt(1, 3);

        List<String> calls = new ArrayList<>();
        copy.replay(Stub.of(PreparedStatement.class, "prepared", calls, new HashMap<>()));

        assertThat(calls).containsExactly("setInt[1, 2]");
    }

    @Test
    void aStreamCannotBeReplayed() {
        parameters.setTied(2);

        assertThatThrownBy(this::replayed).hasMessageStartingWith("parameter 2 was set as a stream");
    }
}
