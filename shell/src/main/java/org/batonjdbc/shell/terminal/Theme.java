package org.batonjdbc.shell.terminal;

import java.util.Locale;
import org.batonjdbc.shell.output.Look;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedStyle;

/** How what is typed looks, by what it is; for dark and for light screens, and without any style. */
enum Theme {
    DARK(
            AttributedStyle.DEFAULT.bold().foreground(AttributedStyle.BRIGHT | AttributedStyle.BLUE),
            AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN),
            AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN),
            AttributedStyle.DEFAULT.faint(),
            AttributedStyle.DEFAULT.inverse()),
    LIGHT(
            AttributedStyle.DEFAULT.bold().foreground(AttributedStyle.BLUE),
            AttributedStyle.DEFAULT.foreground(AttributedStyle.RED),
            AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA),
            AttributedStyle.DEFAULT.faint(),
            AttributedStyle.DEFAULT.inverse()),
    NONE(
            AttributedStyle.DEFAULT,
            AttributedStyle.DEFAULT,
            AttributedStyle.DEFAULT,
            AttributedStyle.DEFAULT,
            AttributedStyle.DEFAULT);

    private final AttributedStyle keyword;
    private final AttributedStyle string;
    private final AttributedStyle number;
    private final AttributedStyle comment;
    private final AttributedStyle bar;

    Theme(
            AttributedStyle keyword,
            AttributedStyle string,
            AttributedStyle number,
            AttributedStyle comment,
            AttributedStyle bar) {
        this.keyword = keyword;
        this.string = string;
        this.number = number;
        this.comment = comment;
        this.bar = bar;
    }

    /** The theme of that name, or none where colours are not wanted or cannot be shown. */
    static Theme of(String name, Terminal terminal) {
        return isPlain(terminal) ? NONE : valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Whether a terminal shows nothing but text, or its owner wants nothing else. */
    static boolean isPlain(Terminal terminal) {
        String unwanted = System.getenv("NO_COLOR");
        return isDumb(terminal) || (unwanted != null && !unwanted.isEmpty());
    }

    /** Whether a terminal cannot move its cursor. */
    static boolean isDumb(Terminal terminal) {
        return terminal.getType().startsWith("dumb");
    }

    /** How results look under this theme. */
    Look look() {
        return this == NONE ? Look.PLAIN : Look.TERMINAL;
    }

    AttributedStyle keyword() {
        return keyword;
    }

    AttributedStyle string() {
        return string;
    }

    AttributedStyle number() {
        return number;
    }

    AttributedStyle comment() {
        return comment;
    }

    /** Of the status bar. */
    AttributedStyle bar() {
        return bar;
    }
}
