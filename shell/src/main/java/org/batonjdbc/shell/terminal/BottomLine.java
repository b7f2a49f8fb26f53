package org.batonjdbc.shell.terminal;

import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * The last line of the screen, kept out of what scrolls. Every terminal of today understands these few sequences; JLine's
 * own status line loses the prompt when the window changes its size. Whoever calls holds the terminal's monitor.
 */
final class BottomLine {
    private static final String SAVE = "\u001b7";
    private static final String RESTORE = "\u001b8";
    private static final String WHOLE_SCREEN = "\u001b[r";
    private static final String ERASE_LINE = "\u001b[2K";
    private static final String ERASE_BELOW = "\u001b[J";

    /** One line down, which scrolls at the bottom, and up again: now there is a line below the cursor. */
    private static final String MAKE_ROOM = "\u001bD\u001b[A";

    private final Terminal terminal;

    /** The number of the line, from 1, while it is shown; else 0. */
    private int shownAt;

    BottomLine(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(String text, AttributedStyle style) {
        int rows = terminal.getRows();
        int columns = terminal.getColumns();
        if (rows < 3 || columns < 10) {
            hide();
            return;
        }
        if (shownAt != 0 && shownAt != rows) {
            forget();
        }
        StringBuilder out = new StringBuilder();
        if (shownAt == 0) {
            out.append(MAKE_ROOM).append(SAVE).append(scrolling(rows - 1)).append(RESTORE);
            shownAt = rows;
        }
        String padded = text.length() < columns ? text + " ".repeat(columns - text.length()) : text;
        AttributedString line = new AttributedString(padded, style).columnSubSequence(0, columns);
        out.append(SAVE).append(at(rows)).append(line.toAnsi(terminal)).append(RESTORE);
        write(out);
    }

    void hide() {
        write(taken());
    }

    /** What takes the line off the screen, for somebody else to write; it is taken for hidden from now on. */
    String taken() {
        String taken = shownAt == 0 ? "" : SAVE + WHOLE_SCREEN + at(shownAt) + ERASE_LINE + RESTORE;
        shownAt = 0;
        return taken;
    }

    /** The window has another size, and the line may be anywhere below the cursor. */
    void forget() {
        if (shownAt == 0) {
            return;
        }
        shownAt = 0;
        write(SAVE + WHOLE_SCREEN + RESTORE + ERASE_BELOW);
    }

    private static String scrolling(int lastRow) {
        return "\u001b[1;" + lastRow + "r";
    }

    private static String at(int row) {
        return "\u001b[" + row + ";1H";
    }

    private void write(CharSequence out) {
        if (out.isEmpty()) {
            return;
        }
        terminal.writer().append(out);
        terminal.flush();
    }
}
