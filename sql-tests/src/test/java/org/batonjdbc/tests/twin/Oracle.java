package org.batonjdbc.tests.twin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.batonjdbc.tests.fixture.Stores;
import org.batonjdbc.tests.twin.Schema.Mode;

/** Runs scenarios, and looks for the fewest steps of one that fails. */
final class Oracle {
    private static final long SHRINK_NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("baton.twin.shrink.seconds", 40));

    private Oracle() {}

    /** Throws an AssertionError that names the seed, and the steps that are enough, if the scenario fails. */
    static void judge(Scenario scenario, Run.Sabotage sabotage, Tally tally) throws Exception {
        Run.Failure failure = run(scenario, sabotage, tally);
        if (failure != null) {
            Scenario small = shrunk(scenario, sabotage, failure);
            throw new AssertionError(
                    "seed " + scenario.seed() + ", " + failure.getMessage() + "\n-Dbaton.twin.seed=" + scenario.seed()
                            + " repeats it; " + small.steps().size() + " of "
                            + scenario.steps().size() + " steps are enough:\n" + small,
                    failure);
        }
    }

    static boolean fails(Scenario scenario, Run.Sabotage sabotage) throws Exception {
        return run(scenario, sabotage, new Tally()) != null;
    }

    /** What fails; null if nothing does. */
    private static Run.Failure run(Scenario scenario, Run.Sabotage sabotage, Tally tally) throws Exception {
        String settings = scenario.schema().mode() == Mode.MYSQL ? ";MODE=MySQL" : "";
        Path directory = scenario.inFiles() ? Files.createTempDirectory("baton-twin") : null;
        Stores stores = new Stores("h2:1.4.200" + settings, "h2:2.5.252" + settings, directory, "chunkRows=3");
        try (Run run = new Run(scenario, stores, sabotage, tally)) {
            run.go();
            return null;
        } catch (Run.Failure e) {
            return e;
        } catch (SQLException e) {
            return new Run.Failure("while closing: " + e.getMessage(), null, e);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Leaves out steps as long as the same one fails. */
    private static Scenario shrunk(Scenario scenario, Run.Sabotage sabotage, Run.Failure failure) throws Exception {
        long end = System.nanoTime() + SHRINK_NANOS;
        List<Step> steps = new ArrayList<>(scenario.steps());
        for (int size = steps.size() / 2; size > 0; size /= 2) {
            for (int at = steps.size() - size; at >= 0 && System.nanoTime() < end; at -= size) {
                List<Step> fewer = new ArrayList<>(steps);
                fewer.subList(at, Math.min(at + size, fewer.size()))
                        .removeIf(step -> !(step instanceof Step.Operation));
                if (fewer.size() < steps.size()) {
                    Run.Failure again = run(scenario.with(fewer), sabotage, new Tally());
                    if (again != null && again.isLike(failure)) {
                        steps = fewer;
                    }
                }
            }
        }
        return scenario.with(steps);
    }
}
