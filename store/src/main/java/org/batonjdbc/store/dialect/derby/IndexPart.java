package org.batonjdbc.store.dialect.derby;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A column of an index.
 *
 * @param number of the column in its table, from 1
 * @param descending whether the index runs down
 */
record IndexPart(int number, boolean descending) {
    private static final Pattern PART = Pattern.compile("(\\d+)( DESC)?");

    /** The columns in Derby's description of an index, such as {@code UNIQUE BTREE (2, 1 DESC)}. */
    static List<IndexPart> of(String descriptor) {
        return PART.matcher(descriptor)
                .results()
                .map(found -> new IndexPart(Integer.parseInt(found.group(1)), found.group(2) != null))
                .toList();
    }
}
