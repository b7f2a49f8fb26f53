package org.batonjdbc.tests.twin;

import java.util.List;
import java.util.Random;

/** Random choices; the same seed makes the same ones. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T first, T... others) {
        int place = random.nextInt(others.length + 1);
        return place == 0 ? first : others[place - 1];
    }
}
