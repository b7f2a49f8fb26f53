package org.batonjdbc.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeaningsTest {
    private final Meanings meanings = new Meanings(Syntax.H2, 64);

    @Test
    void aTextIsWorkedOutOnce() {
        Meaning first = meanings.of("SELECT * FROM t");

        assertThat(meanings.of(new String("SELECT * FROM t"))).isSameAs(first);
    }

    @Test
    void aQueryThatHasTurnedOutToWriteIsNoReadFromThenOn() {
        assertThat(meanings.of("SELECT * FROM t").certainRead()).isTrue();

        meanings.writes("SELECT * FROM t");

        assertThat(meanings.of("SELECT * FROM t").certainRead()).isFalse();
        assertThat(meanings.of("SELECT * FROM u").certainRead()).isTrue();
    }

    @Test
    void answersStayRightWhenThereAreMoreTextsThanPlaces() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1_000; i++) {
                String sql = (i % 2 == 0 ? "SELECT " : "DELETE FROM t WHERE a = ") + i;

                assertThat(meanings.of(sql).certainRead()).as(sql).isEqualTo(i % 2 == 0);
            }
        }
    }

    @Test
    void noMoreIsRememberedThanThereIsRoomFor() {
        Set<Meaning> first = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1_000; i++) {
            first.add(meanings.of("SELECT " + i));
        }

        int same = 0;
        for (int i = 0; i < 1_000; i++) {
            same += first.contains(meanings.of("SELECT " + i)) ? 1 : 0;
        }

        assertThat(same).isLessThanOrEqualTo(64);
    }

    @Test
    void aTextTooLongToRememberStillHasItsMeaning() {
        String sql = "INSERT INTO t VALUES ('" + "x".repeat(100_000) + "')";

        assertThat(meanings.of(sql)).isEqualTo(meanings.of(sql)).isNotSameAs(meanings.of(sql));
        assertThat(meanings.of(sql).kind()).isEqualTo(StatementKind.INSERT);
    }
}
