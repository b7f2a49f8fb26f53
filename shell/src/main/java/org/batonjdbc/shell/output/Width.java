package org.batonjdbc.shell.output;

import java.io.IOException;
import java.io.Writer;
import org.jline.utils.AttributedString;

/** Counts the columns that a text takes on a terminal: two for a Chinese character or an emoji, none for a combining accent. */
final class Width {
    private Width() {}

    static int of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x7f) {
                return new AttributedString(text).columnLength();
            }
        }
        return text.length(); // the common case, without loading any of the terminal's classes
    }

    static void fill(Writer out, char c, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            out.append(c);
        }
    }
}
