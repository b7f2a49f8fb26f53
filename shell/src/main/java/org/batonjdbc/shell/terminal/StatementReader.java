package org.batonjdbc.shell.terminal;

import java.io.IOException;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * JLine's reader, which shows faintly how the history goes on from what is typed, and tells the status bar when the window
 * changes its size.
 */
final class StatementReader extends LineReaderImpl {
    private final StatusBar bar;
    private boolean suggests;

    StatementReader(Terminal terminal, StatusBar bar) throws IOException {
        super(terminal, "baton");
        this.bar = bar;
    }

    /** Begins to suggest. */
    void suggest() {
        suggests = true;
    }

    /** How the newest statement of the history that begins so goes on, up to the end of its line; empty if none does. */
    String suggestion() {
        String typed = buf.toString();
        boolean possible = suggests && searchTerm == null && buf.cursor() == buf.length() && !typed.isBlank();
        for (int i = history.last(); possible && i >= history.first(); i--) {
            String entry = history.get(i);
            if (entry.startsWith(typed)) {
                String rest = entry.substring(typed.length());
                int end = rest.indexOf('\n');
                return end < 0 ? rest : rest.substring(0, end);
            }
        }
        return "";
    }

    /** Takes the suggestion at the end of what is typed, else does what the key does otherwise. */
    boolean acceptSuggestionOr(String widget) {
        String suggestion = suggestion();
        if (suggestion.isEmpty()) {
            callWidget(widget);
        } else {
            buf.write(suggestion);
        }
        return true;
    }

    @Override
    public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
        boolean goesOn = doAutosuggestion; // false when the line is drawn for the last time
        AttributedString shown = super.getDisplayedBufferWithPrompts(secondaryPrompts);
        String suggestion = goesOn ? suggestion() : "";
        return suggestion.isEmpty()
                ? shown
                : new AttributedStringBuilder()
                        .append(shown)
                        .styled(AttributedStyle.DEFAULT.faint(), suggestion)
                        .toAttributedString();
    }

    @Override
    protected void handleSignal(Terminal.Signal signal) {
        super.handleSignal(signal);
        if (signal == Terminal.Signal.WINCH) {
            bar.resized();
        }
    }

    /** Whether any line is complete, because something else than a statement is asked for. */
    boolean isAsking() {
        return Boolean.TRUE.equals(getVariable(LineReader.DISABLE_HISTORY));
    }
}
