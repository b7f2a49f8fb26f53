package org.batonjdbc.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Timetable table = new Timetable(nanos::get);

    @Test
    void eachStepHasALineWithItsTimeAndFigures() {
        table.begin("open connections");
        nanos.addAndGet(12_340_000);
        table.begin("catch up");
        table.note("1,234 changes");
        nanos.addAndGet(1_500_000_000);
        table.end();

        assertThat(table.toString().lines())
                .containsExactly(
                        "", //
                        "  open connections     12.3 ms",
                        "  catch up          1,500.0 ms  1,234 changes");
    }

    @Test
    void theStepThatFailedSaysWhy() {
        table.begin("catch up");
        nanos.addAndGet(1_000_000);
        table.failed(new IllegalStateException("too slow"));

        assertThat(table.toString().lines()).containsExactly("", "  catch up  1.0 ms  failed: too slow");
    }

    @Test
    void theCopyTellsItsRateAndWhatIsLeft() {
        Status status = new Status(
                Phase.COPYING,
                Status.ReplicationState.RUNNING,
                "old",
                "new",
                3,
                250_000,
                1_000_000,
                7,
                5,
                2,
                31,
                null,
                null,
                null,
                null);

        assertThat(ProgressLine.copied(status, 50_000))
                .isEqualTo("COPYING: 250,000 of 1,000,000 rows, 50,000 rows/s, 15 s left; 5 changes applied, 2 pending,"
                        + " lag 31 ms");
        assertThat(ProgressLine.copied(status, 0)).contains("0 rows/s, at a standstill");
    }
}
