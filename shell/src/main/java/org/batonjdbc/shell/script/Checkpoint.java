package org.batonjdbc.shell.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A file that tells how many statements of a run have been committed, so that an interrupted run can go on. It holds a
 * digest of them, too, and a script that was changed before the place where it stopped is not gone on with. The file
 * outlives the program, whatever ends it; the machine's losing power may cost it its last state.
 */
public final class Checkpoint {
    private static final String HEAD = "baton checkpoint 1";

    private final Path file;
    private final State before;
    private final MessageDigest digest = sha256();
    private int count;
    private State committed = State.NOTHING;
    private boolean failures;

    /** What the file says. */
    private record State(int done, String digest, String running, boolean failed, boolean finished) {
        static final State NOTHING = new State(0, "", "", false, false);
    }

    private Checkpoint(Path file, State before) {
        this.file = file;
        this.before = before;
        failures = before.failed;
    }

    /** Begins anew, over whatever the file holds of a run that came to its end. */
    public static Checkpoint begin(Path file) throws IOException {
        return new Checkpoint(file, State.NOTHING);
    }

    /** Goes on with the run that the file tells of; from the beginning if there is no file. */
    public static Checkpoint resume(Path file) throws IOException {
        return new Checkpoint(file, Files.exists(file) ? read(file) : State.NOTHING);
    }

    /** Whether the file tells of a run that did not come to its end. */
    public static boolean isUnfinished(Path file) throws IOException {
        return Files.exists(file) && !read(file).finished;
    }

    /** Whether the run has come to its end before. */
    public boolean isFinished() {
        return before.finished;
    }

    /** Whether a statement had failed in the part that is not run again. */
    public boolean hadFailures() {
        return before.failed;
    }

    /** How many statements are not run again. */
    public int alreadyDone() {
        return before.done;
    }

    /** Where the statement stood that ran when the run was interrupted; empty if none did. */
    public String interruptedAt() {
        return before.running;
    }

    /** Whether the next statement was committed by an earlier run. */
    public boolean isDone() {
        return count < before.done;
    }

    /** Passes over a statement that was committed by an earlier run; false if the script is another one. */
    public boolean pass(Fragment fragment) {
        count(fragment);
        committed = new State(count, hex(), "", failures, false);
        return count < before.done || hex().equals(before.digest);
    }

    /** Notes that a statement is about to run. */
    public void begin(Fragment fragment) throws IOException {
        write(new State(committed.done, committed.digest, fragment.source() + ":" + fragment.line(), failures, false));
    }

    /** Notes that it has run, and whether all that has run is committed by now. */
    public void end(Fragment fragment, boolean well, boolean isCommitted) throws IOException {
        count(fragment);
        failures |= !well;
        if (isCommitted) {
            committed = new State(count, hex(), "", failures, false);
        }
        write(new State(committed.done, committed.digest, "", failures, false));
    }

    /** Notes that a statement has failed, at which the run stops. */
    public void stop() throws IOException {
        write(new State(committed.done, committed.digest, "", failures, false));
    }

    /** Notes that the run has come to its end. */
    public void finish() throws IOException {
        write(new State(count, hex(), "", failures, true));
    }

    private void count(Fragment fragment) {
        count++;
        digest.update(fragment.text().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private String hex() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private void write(State state) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(
                next,
                String.join(
                        "\n",
                        HEAD,
                        "done " + state.done,
                        "digest " + state.digest,
                        "running " + state.running,
                        "failed " + state.failed,
                        "finished " + state.finished,
                        ""));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static State read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        boolean headed = false;
        for (String line : Files.readAllLines(file)) {
            headed |= line.equals(HEAD);
            String[] parts = line.split(" ", 2);
            values.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        if (!headed || !values.getOrDefault("done", "").matches("\\d{1,9}")) {
            throw new IOException(file + " is no checkpoint of baton's");
        }
        return new State(
                Integer.parseInt(values.get("done")),
                values.getOrDefault("digest", ""),
                values.getOrDefault("running", ""),
                Boolean.parseBoolean(values.get("failed")),
                Boolean.parseBoolean(values.get("finished")));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
