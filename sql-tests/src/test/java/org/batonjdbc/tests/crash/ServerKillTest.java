package org.batonjdbc.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.batonjdbc.tests.fixture.Child;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.Rows;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that upgrades a server's store under load ends at random moments, and the next one goes on: no number that was
 * acknowledged is missing on either store, and none is there that was not counted. {@code -Dbaton.kill.kills=100} makes
 * it longer, {@code -Dbaton.kill.seed=...} repeats the moments of a run that failed.
 */
class ServerKillTest {
    private static final int KILLS = Integer.getInteger("baton.kill.kills", 4);
    private static final long SEED =
            Long.getLong("baton.kill.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final int LONGEST_MILLIS = 5000;
    private static final int ROWS = 20_000;

    @TempDir
    private Path directory;

    @Test
    @Pair(active = "postgresql:15", upgraded = "postgresql:18", options = "chunkRows=200")
    void nothingIsLostWhereverAProcessOfPostgresqlEnds(Stores stores) throws Exception {
        kill(stores, "SELECT i, repeat('x', 100) FROM generate_series(1, " + ROWS + ") i", KILLS);
    }

    @Test
    @Pair(active = "mariadb:10.11", upgraded = "mariadb:11.4", options = "chunkRows=200")
    void nothingIsLostWhereverAProcessOfMariadbEnds(Stores stores) throws Exception {
        kill(stores, "SELECT seq, repeat('x', 100) FROM seq_1_to_" + ROWS, KILLS / 2);
    }

    private void kill(Stores stores, String ballast, int kills) throws Exception {
        try (Connection first = stores.pastBatonToFirst();
                Statement statement = first.createStatement()) {
            statement.execute("CREATE TABLE counter(id int PRIMARY KEY, n int NOT NULL)");
            statement.execute("CREATE TABLE counted(id int, n int, PRIMARY KEY(id, n))");
            statement.execute("CREATE TABLE ballast(id int PRIMARY KEY, text text)");
            statement.execute("INSERT INTO ballast " + ballast);
            for (int i = 0; i < ServerVictim.WRITERS; i++) {
                statement.execute("INSERT INTO counter VALUES (" + i + ", 0)");
            }
        }
        Random random = new Random(SEED);
        Map<String, Integer> found = new TreeMap<>();
        int[] acknowledged = new int[ServerVictim.WRITERS];
        for (int kill = 0; kill <= kills; kill++) {
            long life = kill == kills ? 0 : 500 + random.nextInt(LONGEST_MILLIS);
            String said = Child.inHeap("256m", directory, ServerVictim.class, stores.url(), Long.toString(life));
            said.lines()
                    .filter(line -> line.startsWith(ServerVictim.ACKNOWLEDGED))
                    .forEach(line -> {
                        String[] words = line.split(" ", -1);
                        acknowledged[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
                    });
            found.merge(
                    said.lines()
                            .filter(line -> line.startsWith("phase"))
                            .findFirst()
                            .orElse("none"),
                    1,
                    Integer::sum);
            if (life == 0) {
                assertThat(said).as("seed " + SEED).contains("verified").doesNotContain("DIFFERENT");
            }
        }
        System.out.println("processes found, with seed " + SEED + ": " + found);
        assertCounted(stores.pastBatonToSecond(), acknowledged, kills);
    }

    /** A commit in flight when its process ended has happened or not, and the next process counts on from there. */
    private static void assertCounted(Connection store, int[] acknowledged, int kills) throws Exception {
        for (int i = 0; i < acknowledged.length; i++) {
            long n = Rows.number(store, "SELECT n FROM counter WHERE id = " + i);
            assertThat(n).as("seed " + SEED + ", counter " + i).isBetween((long) acknowledged[i], acknowledged[i] + 1L);
            assertThat(Rows.of(store, "SELECT count(*), min(n), max(n) FROM counted WHERE id = " + i)
                            .toString())
                    .as("seed " + SEED + ", after " + kills + " ends, numbers of writer " + i)
                    .isEqualTo("[[" + n + ", 1, " + n + "]]");
        }
        assertThat(Rows.number(store, "SELECT count(*) FROM ballast")).isEqualTo(ROWS);
    }
}
