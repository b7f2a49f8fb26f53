package org.batonjdbc.shell.output;

import java.io.IOException;
import java.util.List;

/** Prints one result as it arrives: the heading once, then each row, then the end. It keeps a bounded number of rows. */
public interface ResultPrinter {
    void begin(List<Column> columns) throws IOException;

    /** Prints or keeps a row; the values are as {@link Cell#read} made them, and the array is the printer's from now on. */
    void row(Object[] values) throws IOException;

    /**
     * Prints what is kept, and whatever ends a result in this format.
     *
     * @param complete whether all rows came; false after an error or a cancel in the middle
     */
    void end(boolean complete) throws IOException;
}
