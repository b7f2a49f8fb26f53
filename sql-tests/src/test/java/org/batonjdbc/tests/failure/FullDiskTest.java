package org.batonjdbc.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.batonjdbc.tests.fixture.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk of one store is full: in a process whose files cannot grow, so that writing really fails. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit")
class FullDiskTest {
    private static final int KILOBYTES = 8 * 1024;

    @Test
    void aFullDiskOfTheUpgradedStoreIsNoneOfTheApplications(@TempDir Path directory) throws Exception {
        String full = Child.onFullDisk(KILOBYTES, directory, FullDisk.class, "upgraded", "fill-upgraded");

        assertThat(full).containsPattern("phase FAILED, error (?!null).+");
        String rows = "rows " + number("acknowledged", full);
        assertThat(full).contains("phase IDLE, error null", rows);
        String roomy = Child.inHeap("256m", directory, FullDisk.class, "upgraded", "go-on");
        assertThat(roomy).contains("phase IDLE, error null", rows, "verified SAME", "phase SWITCHED");
    }

    @Test
    void aFullDiskOfTheActiveStoreShowsTheEnginesErrorAndLosesNothingAcknowledged(@TempDir Path directory)
            throws Exception {
        String full = Child.onFullDisk(KILOBYTES, directory, FullDisk.class, "active", "fill-active");

        assertThat(full).contains("refused by org.h2.");
        assertThat(full).containsPattern("phase FAILED, error (?!null).+");
        long acknowledged = number("acknowledged", full);
        String roomy = Child.inHeap("256m", directory, FullDisk.class, "active", "go-on");
        // The row that was refused may be there: the engine did not know.
        assertThat(number("rows", roomy)).isBetween(acknowledged, acknowledged + 1);
        assertThat(roomy).contains("verified SAME", "phase SWITCHED");
    }

    private static long number(String what, String text) {
        Matcher matcher = Pattern.compile("(?m)^" + what + " (\\d+)$").matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
