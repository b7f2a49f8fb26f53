package org.batonjdbc.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.batonjdbc.tests.fixture.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large objects that the application's heap, of which both engines use most, has no room for. */
class LargeObjectsTest {
    @Test
    void largeObjectsAreStreamedThroughAnUpgradeInASmallHeap(@TempDir Path directory) throws Exception {
        String megabytes = System.getProperty("baton.limits.megabytes", "30");

        String printed = Child.inHeap("160m", directory, LargeObjects.class, megabytes);

        assertThat(printed).contains("replicated", "verified 2 rows", "replicated back", "read 1=21 3=3");
        System.out.print(printed);
    }
}
