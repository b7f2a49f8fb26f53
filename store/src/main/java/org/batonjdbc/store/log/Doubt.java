package org.batonjdbc.store.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Lob;
import org.batonjdbc.store.catalog.Table;

/**
 * What events tell of one row when the engine may have undone some of them: whether the transaction has changed the row at all, or
 * has let go of it. Of a row that it has let go of, nothing may be logged, for others may change it meanwhile.
 *
 * <p>The events of a statement come in any order, so each conclusion is drawn from all of them. An image that is null is not
 * exact, and equals anything.
 */
final class Doubt {
    private final List<Object[]> befores = new ArrayList<>(1);
    private final List<Object[]> afters = new ArrayList<>(1);
    /** Whether some event has left no row. */
    private boolean went;
    /** Whether some event has found no row. */
    private boolean came;

    void updated(Object[] before, Object[] after) {
        befores.add(before);
        afters.add(after);
    }

    void removed(Object[] before) {
        befores.add(before);
        went = true;
    }

    void put(Object[] after) {
        afters.add(after);
        came = true;
    }

    /**
     * Whether the transaction has certainly made no difference to the row.
     *
     * @param image the row as the transaction sees it now; null if there is none
     */
    boolean isUntouched(Object[] image) {
        if (image == null) {
            return !went;
        }
        if (afters.isEmpty()) {
            return true;
        }
        if (afters.stream().noneMatch(after -> mayBeEqual(image, after))) {
            // Were two spellings of one value taken for different, a change would be lost: so the row must also be
            // found equal.
            return befores.stream().anyMatch(before -> isEqual(image, before));
        }
        return !went
                && !came
                && afters.stream().allMatch(after -> isEqual(image, after))
                && befores.stream().allMatch(before -> isEqual(image, before));
    }

    /**
     * Refuses a row of which a snapshot does not tell whose it is: others may have changed it since, and committed.
     *
     * @param image the row as the transaction sees it in its snapshot; null if there is none
     */
    void refuseUnlessOwn(Table table, RowKey key, Object[] image) throws SQLException {
        // The first event has found the row as the snapshot has it.
        boolean own = image == null ? !came : befores.stream().noneMatch(before -> mayBeEqual(image, before));
        if (!own) {
            throw SqlState.RETRY.error("rolled back: something in this transaction has failed in part, and whether row "
                    + key + " of " + table.name() + " was changed cannot be told at this isolation level; retry");
        }
    }

    private static boolean isEqual(Object[] a, Object[] b) {
        return b != null && same(a, b, false);
    }

    private static boolean mayBeEqual(Object[] a, Object[] b) {
        return b == null || same(a, b, true);
    }

    /** Large objects are not looked into, so {@code lobs} says what they are. */
    private static boolean same(Object[] a, Object[] b, boolean lobs) {
        for (int i = 0; i < a.length; i++) {
            if ((a[i] == Lob.LATER && !lobs) || !RowKey.sameValue(a[i], b[i])) {
                return false;
            }
        }
        return true;
    }
}
