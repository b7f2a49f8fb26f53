package org.batonjdbc.tests.crash;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a kill test has seen. */
final class Figures {
    private final Map<String, Integer> kills = new TreeMap<>();
    private int lives;
    private int upgrades;
    private int transactions;
    private int unacknowledged;
    private int lost;
    private int torn;
    private int livesThatLost;
    private long lostForMillis;

    void life(List<String> found) {
        lives++;
        if (!found.isEmpty()) {
            unacknowledged += Integer.parseInt(found.get(2));
            lost += Integer.parseInt(found.get(3));
            livesThatLost += found.get(3).equals("0") ? 0 : 1;
            lostForMillis = Math.max(lostForMillis, Long.parseLong(found.get(4)));
        }
    }

    void upgrade(int committed) {
        upgrades++;
        transactions += committed;
    }

    void torn() {
        torn++;
    }

    int tornStores() {
        return torn;
    }

    void killed(String where) {
        kills.merge(where, 1, Integer::sum);
    }

    int kills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    int kills(String step) {
        return kills.getOrDefault(step, 0);
    }

    int upgrades() {
        return upgrades;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(kills() + " kills in " + lives + " lives, " + upgrades + " upgrades completed, " + transactions
                        + " transactions in them\n")
                .append(unacknowledged + " transactions had happened of which nobody was told\n")
                .append(lost + " acknowledged ones, after " + livesThatLost
                        + " of the kills, had not been written by the engine yet; the oldest was " + lostForMillis
                        + " ms older than the newest\n");
        text.append(torn + " stores were torn by their engine, and given up\n");
        kills.forEach((step, count) -> text.append(String.format("%5d  %s%n", count, step)));
        return text.toString();
    }
}
