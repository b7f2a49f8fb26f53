package org.batonjdbc.tests.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges what a store holds after its process has died, by the ledger of what its clerks were told.
 *
 * <p>H2 writes to its file some time after a commit, so a process that dies takes the last commits with it, also
 * acknowledged ones, and also without Baton. They may be missing, then, but only from the end of each clerk's transactions,
 * and none that the engine had been made to write for good.
 *
 * <p>Nor does H2 take its tables down at one moment when it writes: it looks at one after the other, while others commit. A
 * process that dies right after that leaves transactions that were just being made half there, without Baton, too. Such
 * stores are torn; what is wrong with a torn one is wrong in rows only that its last transactions have touched.
 */
final class Oracle {
    private static final int SHOWN = 10;

    private final List<Account> accounts = new ArrayList<>();

    /**
     * What one clerk's part of a store holds.
     *
     * @param transaction the last one that has happened, as the store itself says
     */
    record Holding(int transaction, Set<String> rows) {}

    /**
     * What was found.
     *
     * @param complaints what is wrong
     * @param torn whether that is all in rows that transactions have touched which were not written for good
     * @param transactions that have happened
     * @param unacknowledged of these, those of which the clerk was never told
     * @param lost acknowledged ones that the engine had not written
     * @param lostForMillis how long before the process's last commit the oldest of these was acknowledged
     */
    record Verdict(
            List<String> complaints,
            boolean torn,
            int transactions,
            int unacknowledged,
            int lost,
            long lostForMillis) {}

    /** Reads the ledger; a last line that was not written to its end is not there. */
    static Oracle of(Path ledger, int clerks) throws IOException {
        Oracle oracle = new Oracle();
        for (int i = 0; i < clerks; i++) {
            oracle.accounts.add(new Account());
        }
        String text = Files.exists(ledger) ? Files.readString(ledger, StandardCharsets.UTF_8) : "";
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(oracle::take);
        return oracle;
    }

    private void take(String line) {
        List<String> fields = List.of(line.split(String.valueOf(Ledger.FIELD)));
        switch (fields.get(0)) {
            case Ledger.ATTEMPTED -> account(fields).attempted(number(fields, 2), fields.subList(3, fields.size()));
            case Ledger.TOUCHED -> account(fields).touched(number(fields, 2), fields.subList(3, fields.size()));
            case Ledger.COMMITTED -> account(fields).committed(number(fields, 2), Long.parseLong(fields.get(3)));
            case Ledger.DURABLE -> {
                for (int i = 0; i < accounts.size(); i++) {
                    accounts.get(i).durable(number(fields, i + 1));
                }
            }
            case Ledger.BEGUN -> {
                for (int i = 0; i < accounts.size(); i++) {
                    accounts.get(i).begun(number(fields, i + 1));
                }
            }
            default -> throw new IllegalArgumentException("a ledger has no line such as " + line);
        }
    }

    private Account account(List<String> fields) {
        return accounts.get(number(fields, 1));
    }

    private static int number(List<String> fields, int index) {
        return Integer.parseInt(fields.get(index));
    }

    /** What is wrong with a store that holds this of each clerk. */
    Verdict judge(List<Holding> holdings) {
        List<String> complaints = new ArrayList<>();
        Map<String, Integer> drawn = new HashMap<>();
        boolean sound = true;
        int transactions = 0;
        int unacknowledged = 0;
        int lost = 0;
        long lostFor = 0;
        for (int i = 0; i < accounts.size(); i++) {
            Account account = accounts.get(i);
            int found = holdings.get(i).transaction();
            List<String> wrong = complaints(i, holdings.get(i));
            complaints.addAll(wrong);
            sound &= wrong.isEmpty() || isTorn(account, holdings.get(i));
            for (String id : account.drawnUntil(found)) {
                if (drawn.put(id, i) != null) {
                    complaints.add("identity value of " + id + " was handed out twice, the second time to clerk " + i);
                    sound = false;
                }
            }
            transactions += found;
            unacknowledged += Math.max(0, found - account.committed());
            if (found < account.committed()) {
                lost += account.committed() - found;
                lostFor = Math.max(
                        lostFor, account.committedAfter(account.committed() - 1) - account.committedAfter(found));
            }
        }
        return new Verdict(complaints, sound && !complaints.isEmpty(), transactions, unacknowledged, lost, lostFor);
    }

    /** Whether something is wrong, and all of it in rows that the last transactions have touched. */
    private static boolean isTorn(Account account, Holding holding) {
        int found = holding.transaction();
        if (found < account.durable() || found > account.attempted()) {
            return false;
        }
        Set<String> wrong = new TreeSet<>();
        Set<String> expected = account.rowsAfter(found);
        expected.stream()
                .filter(row -> !holding.rows().contains(row))
                .map(Shop::key)
                .forEach(wrong::add);
        holding.rows().stream()
                .filter(row -> !expected.contains(row))
                .map(Shop::key)
                .forEach(wrong::add);
        return !wrong.isEmpty() && account.touchedAfter(account.durable()).containsAll(wrong);
    }

    /** How many rows transactions have touched that were not written for good. */
    int touched() {
        return accounts.stream()
                .mapToInt(account -> 1 + account.touchedAfter(account.durable()).size())
                .sum();
    }

    /** How many transactions have happened, as far as the clerks know. */
    int committed() {
        return accounts.stream().mapToInt(Account::committed).sum();
    }

    private List<String> complaints(int clerk, Holding holding) {
        List<String> complaints = new ArrayList<>();
        Account account = accounts.get(clerk);
        int found = holding.transaction();
        if (found < account.durable()) {
            complaints.add("clerk " + clerk + " is back at transaction " + found + ", but " + account.durable()
                    + " was written for good");
        }
        if (found > account.attempted()) {
            complaints.add("clerk " + clerk + " is at transaction " + found + ", but has attempted no more than "
                    + account.attempted());
        }
        Set<String> expected = account.rowsAfter(found);
        complain(complaints, "clerk " + clerk + " after transaction " + found + " misses ", expected, holding.rows());
        complain(
                complaints, "clerk " + clerk + " after transaction " + found + " never had ", holding.rows(), expected);
        return complaints;
    }

    private static void complain(List<String> complaints, String what, Set<String> all, Set<String> there) {
        Set<String> missing = new TreeSet<>(all);
        missing.removeAll(there);
        missing.stream().limit(SHOWN).forEach(row -> complaints.add(what + row));
    }
}
