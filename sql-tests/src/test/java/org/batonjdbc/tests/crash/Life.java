package org.batonjdbc.tests.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One process of a {@link Victim}, from its start to its death or the end of its work. */
final class Life implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 150;
    private static final String END = "";

    private final Process process;
    private final Path log;
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<String> lines = new ArrayList<>();
    private boolean over;

    private Life(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A process on these stores that dies at a step of that name, if it is not empty, when it passes it for the n-th time. */
    static Life begin(VictimStores stores, String step, int time, long seed) throws IOException {
        Path log = stores.directory().resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dfile.encoding=UTF-8",
                        "-Dhsqldb.reconfig_logging=false",
                        "-Dbaton.kill.idle=" + Boolean.getBoolean("baton.kill.idle"),
                        "-Dorg.slf4j.simpleLogger.log.org.batonjdbc.store.upgrade.Step=debug",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        stores.url(),
                        stores.last(),
                        stores.directory().toString(),
                        Long.toString(seed),
                        step,
                        Integer.toString(time))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Life life = new Life(process, log);
        Thread reader = new Thread(life::read, "reader of " + process.pid());
        reader.setDaemon(true);
        reader.start();
        return life;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                heard.add(line);
            }
        } catch (IOException e) {
            heard.add(Victim.COMPLAINT + e);
        } finally {
            heard.add(END);
        }
    }

    /** Returns when it has begun to work, or is over. */
    void awaitReady() throws InterruptedException {
        while (!over && !lines.contains(Victim.READY)) {
            hear(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Kills it after some time, unless it is over by then. */
    void killAfter(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!over && System.nanoTime() < deadline) {
            String line = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line != null) {
                take(line);
            }
        }
        process.destroyForcibly();
    }

    /** Returns its exit status. */
    int awaitEnd() throws InterruptedException {
        while (!over) {
            hear(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return process.waitFor();
    }

    private void hear(long time, TimeUnit unit) throws InterruptedException {
        String line = heard.poll(time, unit);
        if (line == null) {
            throw new AssertionError("process " + process.pid() + " says nothing any more; see " + log);
        }
        take(line);
    }

    private void take(String line) {
        if (line.equals(END)) {
            over = true;
        } else {
            lines.add(line);
        }
    }

    /** What it has complained about. */
    List<String> complaints() {
        return lines.stream().filter(line -> line.startsWith(Victim.COMPLAINT)).toList();
    }

    /** What it has found of its predecessor: phase, transactions, unacknowledged ones, lost ones, for how long. */
    List<String> found() {
        return lines.stream()
                .filter(line -> line.startsWith(Victim.FOUND))
                .findFirst()
                .map(line -> List.of(line.substring(Victim.FOUND.length()).split(" ")))
                .orElse(List.of());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
