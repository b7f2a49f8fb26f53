package org.batonjdbc.shell.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final Progress progress = new Progress();

    @Test
    void rateAndRemainingTimeComeFromTheLastSeconds() {
        assertThat(at(0, 1_000)).isEqualTo("COPYING 1 %, 1,000 of 100,000 rows, 7 changes pending");
        assertThat(at(1, 2_000))
                .as("too early to tell")
                .isEqualTo("COPYING 2 %, 2,000 of 100,000 rows, 7 changes pending");
        assertThat(at(2, 3_000))
                .isEqualTo("COPYING 3 %, 3,000 of 100,000 rows, 1,000 rows/s, about 97 s left, 7 changes pending");
        assertThat(at(12, 3_000)).contains("167 rows/s, about 10 min left");
        for (int second = 13; second <= 27; second++) {
            at(second, 3_000 + 2_000L * (second - 12));
        }
        assertThat(at(28, 35_000))
                .as("as slow as it was before counts no more")
                .contains("2,000 rows/s, about 33 s left");
    }

    @Test
    void nothingIsSaidOfACopyThatDoesNotMoveOrHasBegunAnew() {
        at(0, 50_000);
        assertThat(at(10, 50_000)).doesNotContain("left");
        assertThat(at(12, 60_000)).contains("left");
        assertThat(at(13, 0)).doesNotContain("left");
        assertThat(at(15, 10_000)).contains("5,000 rows/s, about 18 s left");
    }

    @Test
    void theLineIsAsLongAsThereIsRoom() {
        at(0, 10_000);
        UpgradeStatus status = copying(30_000);

        assertThat(progress.line(status, 2 * SECOND, 90))
                .isEqualTo("COPYING 30 %, 30,000 of 100,000 rows, 10,000 rows/s, about 7 s left, 7 changes pending");
        assertThat(progress.line(status, 2 * SECOND, 80))
                .isEqualTo("COPYING 30 %, 30,000 of 100,000 rows, 10,000 rows/s, about 7 s left");
        assertThat(progress.line(status, 2 * SECOND, 50)).isEqualTo("COPYING 30 %, 10,000 rows/s, about 7 s left");
        assertThat(progress.line(status, 2 * SECOND, 5)).isEqualTo("COPYING 30 %");
        UpgradeStatus paused = status("REPLICATING", "PAUSED", 0);
        assertThat(progress.line(paused, 3 * SECOND))
                .isEqualTo("REPLICATING (paused), 5 changes applied, 7 pending, lag 1,234 ms");
        assertThat(progress.line(paused, 3 * SECOND, 40)).isEqualTo("REPLICATING (paused), lag 1,234 ms");
        assertThat(progress.line(status("IDLE", "STOPPED", 0), 4 * SECOND)).isEqualTo("no upgrade");
        assertThat(progress.line(status("FAILED", "STOPPED", 0), 4 * SECOND)).isEqualTo("FAILED: disk full");
    }

    private String at(long second, long copied) {
        return progress.line(copying(copied), second * SECOND);
    }

    private static UpgradeStatus copying(long copied) {
        return status("COPYING", "RUNNING", copied);
    }

    private static UpgradeStatus status(String phase, String replication, long copied) {
        return new UpgradeStatus(phase, replication, "old", "new", copied, 100_000, 5, 7, 1_234, "disk full");
    }
}
