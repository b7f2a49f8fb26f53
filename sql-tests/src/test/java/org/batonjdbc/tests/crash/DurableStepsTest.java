package org.batonjdbc.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.batonjdbc.tests.fixture.Pair;
import org.batonjdbc.tests.fixture.ProxyDriver;
import org.batonjdbc.tests.fixture.ProxyDriver.Call;
import org.batonjdbc.tests.fixture.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * In which order stores are told what must outlive the process. A kill in the right moment would show a step that is missing, but
 * seldom; this looks at what Baton asks of the engines, "first" and "second", and finds it each time.
 */
class DurableStepsTest {
    private static final String CREATE = "CREATE TABLE item(id INT PRIMARY KEY, n INT UNIQUE)";

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final Map<Object, Map<Integer, String>> parameters = Collections.synchronizedMap(new IdentityHashMap<>());
    private ProxyDriver driver;
    private String second;

    @BeforeEach
    void install() throws SQLException {
        driver = ProxyDriver.install();
    }

    @AfterEach
    void remove() throws SQLException {
        driver.close();
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, upgraded = Pair.CLASS_PATH, inFiles = true, options = "chunkRows=10")
    void startRecordsTheUpgradeBeforeTheFirstTriggerAndTheCopyKeepsNothingThatTheActiveStoreCouldLose(Stores stores)
            throws Exception {
        begin(stores);

        stores.replicate();

        List<String> start = events("second control FOLLOWER COPYING", "first trigger created");
        assertThat(start)
                .containsSubsequence(
                        "second control FOLLOWER COPYING",
                        "second built",
                        "second sync",
                        "first control ACTIVE COPYING",
                        "first trigger created");
        List<String> built = events("second control FOLLOWER REPLICATING", "first control ACTIVE REPLICATING");
        assertThat(built).containsSubsequence("second built", "second sync", "first control ACTIVE REPLICATING");
        events.subList(0, events.indexOf("first trigger created")).clear(); // the copy begins behind it
        assertKeepsNothingThatCouldBeLost("first", "second");
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, upgraded = Pair.CLASS_PATH, inFiles = true)
    void whatIsAppliedIsKeptOnBothStoresBeforeTheLogForgetsIt(Stores stores) throws Exception {
        begin(stores);
        stores.replicate();

        for (String[] sides : new String[][] {{"first", "second"}, {"second", "first"}}) {
            events.clear();
            for (int i = 0; i < 5; i++) {
                stores.execute("UPDATE item SET n = n + 1000 WHERE id <= 10");
                stores.awaitApplied();
            }

            assertKeepsNothingThatCouldBeLost(sides[0], sides[1]);
            assertForgetsOnlyWhatIsKept(sides[0], sides[1]);
            stores.execute("UPGRADE " + (sides[0].equals("first") ? "SWITCH WITH (verify = 'skip')" : "REVERSE"));
        }
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, upgraded = Pair.CLASS_PATH, inFiles = true)
    void aSwitchoverFencesTheOldStoreForGoodBeforeTheNewOneIsActiveForGoodBeforeItServes(Stores stores)
            throws Exception {
        begin(stores);
        stores.replicate();

        events.clear();
        stores.execute("UPGRADE SWITCH WITH (verify = 'skip')", "INSERT INTO item VALUES (1001, -1)");
        assertHandsOver("first", "second");

        events.clear();
        stores.execute("UPGRADE REVERSE", "INSERT INTO item VALUES (1002, -2)");
        assertHandsOver("second", "first");
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, upgraded = Pair.CLASS_PATH, inFiles = true)
    void anUpgradeIsOverForGoodBeforeTheFirstTriggerGoes(Stores stores) throws Exception {
        begin(stores);
        stores.replicate();
        events.clear();

        stores.execute("UPGRADE CANCEL");

        assertThat(events("first control ACTIVE IDLE", "first trigger dropped")).contains("first sync");
        assertThat(events("second cleared", "first cleared")).contains("second sync");
        stores.replicate();
        stores.execute("UPGRADE SWITCH WITH (verify = 'skip')");
        events.clear();

        stores.execute("UPGRADE COMPLETE");

        assertThat(events("second control ACTIVE IDLE", "second trigger dropped"))
                .contains("second sync");
    }

    @Test
    @Pair(active = Pair.CLASS_PATH, upgraded = Pair.CLASS_PATH, inFiles = true)
    void theNextProcessRecordsThatTheOldStoreServesAgainBeforeItDoesAndAPauseIsKept(Stores stores) throws Exception {
        begin(stores);
        stores.replicate();
        events.clear();
        stores.execute("UPGRADE PAUSE");
        assertThat(events).containsSubsequence("first control ACTIVE REPLICATING paused", "first sync");
        stores.disconnect();
        Stores.closePair(stores.url());
        try (Statement past = stores.pastBatonToFirst().createStatement()) {
            // as a process leaves it that dies between the two writes of a switchover
            past.execute("UPDATE BATON.CONTROL SET EPOCH = 1, STORE_ROLE = 'FENCED' WHERE ID = 1");
            past.getConnection().close();
        }
        events.clear();

        stores.execute("INSERT INTO item VALUES (1001, -1)");

        assertThat(events("first control ACTIVE REPLICATING paused", "first written"))
                .containsSubsequence("first sync", "first trigger created");
    }

    private void assertHandsOver(String old, String next) {
        String phase = old.equals("first") ? "REPLICATING" : "SWITCHED";
        String after = old.equals("first") ? "SWITCHED" : "REPLICATING";
        String fenced = old + " control FENCED " + phase;
        String active = next + " control ACTIVE " + after;
        assertThat(events(fenced, active)).contains(old + " sync");
        assertThat(events(active, next + " written")).contains(next + " sync");
        assertThat(events).as("who fences whom").doesNotContain(next + " control FENCED " + after);
    }

    /** What is committed on the follower has been read from the other store, which could still lose it without a sync. */
    private void assertKeepsNothingThatCouldBeLost(String serving, String following) {
        boolean kept = false;
        int commits = 0;
        for (String event : List.copyOf(events)) {
            if (event.equals(serving + " read")) {
                kept = false;
            } else if (event.equals(serving + " sync")) {
                kept = true;
            } else if (event.equals(following + " commit")) {
                assertThat(kept)
                        .as("%s is told to keep what %s commits, in %s", serving, following, events)
                        .isTrue();
                commits++;
            }
        }
        assertThat(commits).as("commits on %s", following).isPositive();
    }

    private void assertForgetsOnlyWhatIsKept(String serving, String following) {
        boolean kept = false;
        int forgotten = 0;
        for (String event : List.copyOf(events)) {
            if (event.equals(following + " commit")) {
                kept = false;
            } else if (event.equals(following + " sync")) {
                kept = true;
            } else if (event.equals(serving + " forgets")) {
                assertThat(kept)
                        .as("%s is told to keep what %s forgets, in %s", following, serving, events)
                        .isTrue();
                forgotten++;
            }
        }
        assertThat(forgotten).as("deletions from the log of %s", serving).isPositive();
    }

    /** From the first event of that name to the first one of the other. */
    private List<String> events(String from, String to) {
        List<String> all = List.copyOf(events);
        int end = all.indexOf(to);
        assertThat(end).as("%s in %s", to, all).isNotNegative();
        int begin = all.subList(0, end).indexOf(from);
        assertThat(begin).as("%s before %s in %s", from, to, all).isNotNegative();
        return all.subList(begin, end + 1);
    }

    private void begin(Stores stores) throws SQLException {
        second = stores.upgradedStore().replaceFirst(";.*", "");
        stores.execute(CREATE, "INSERT INTO item SELECT x, x FROM SYSTEM_RANGE(1, 100)");
        driver.interfere(call -> {
            Object result = call.go();
            note(call);
            return result;
        });
    }

    private void note(Call call) {
        String side = call.url().startsWith(second) ? "second" : "first";
        if (call.is("setString") || call.is("setInt")) {
            parameters
                    .computeIfAbsent(call.target(), target -> new TreeMap<>())
                    .put((Integer) call.arguments()[0], String.valueOf(call.arguments()[1]));
        } else if (call.is("commit") && isWorker()) {
            events.add(side + " commit");
        } else if (call.method().getName().startsWith("execute")) {
            String sql = call.sql() == null && call.arguments() != null ? (String) call.arguments()[0] : call.sql();
            String what = sql == null ? null : what(sql, call.target());
            if (what != null) {
                events.add(side + " " + what);
            }
        }
    }

    private String what(String sql, Object statement) {
        String text = sql.replace("\"", "");
        if (text.equals("CHECKPOINT SYNC")) {
            return "sync";
        }
        if (text.matches("(UPDATE|INSERT INTO) BATON\\.CONTROL .*") && !text.contains("ID = 2")) {
            Map<Integer, String> row = parameters.get(statement);
            return row == null
                    ? null
                    : "control " + row.get(3) + " " + row.get(4) + (row.get(10).equals("1") ? " paused" : "");
        }
        if (text.startsWith("DELETE FROM BATON.LOG")) {
            return "forgets";
        }
        if (text.startsWith("CREATE TRIGGER BATON_") || text.matches("CREATE TRIGGER \\S*BATON_CAPTURE.*")) {
            return "trigger created";
        }
        if (text.startsWith("DROP TRIGGER")) {
            return "trigger dropped";
        }
        if (text.startsWith("DROP ALL OBJECTS") || text.startsWith("DROP SCHEMA IF EXISTS BATON")) {
            return "cleared";
        }
        if (isWorker() && text.startsWith("RUNSCRIPT ")) {
            return "built";
        }
        if (isWorker() && text.matches("SELECT .*(BATON\\.LOG|ITEM).*")) {
            return "read";
        }
        return !isWorker() && text.matches("INSERT INTO item VALUES.*") ? "written" : null;
    }

    private static boolean isWorker() {
        return Thread.currentThread().getName().startsWith("baton-");
    }
}
