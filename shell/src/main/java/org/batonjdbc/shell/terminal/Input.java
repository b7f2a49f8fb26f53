package org.batonjdbc.shell.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.shell.completion.Suggestions;
import org.batonjdbc.shell.script.Statements;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Tells JLine when what is typed is complete: a statement at its semicolon, a backslash command and the bare words at
 * the end of their line.
 */
final class Input implements Parser {
    private static final Map<String, String> BARE_WORDS =
            Map.of("help", "\\?", "exit", "\\q", "quit", "\\q", "?", "\\?");

    private final Supplier<Syntax> syntax;
    private final BooleanSupplier anyLine;

    /** With {@code anyLine}, any line is complete. */
    Input(Supplier<Syntax> syntax, BooleanSupplier anyLine) {
        this.syntax = syntax;
        this.anyLine = anyLine;
    }

    /** The command for a bare word such as {@code help} or {@code exit;}, else the input itself. */
    static String command(String input) {
        String word = input.strip().toLowerCase(Locale.ROOT).replaceAll("\\s*;$", "");
        return BARE_WORDS.getOrDefault(word, input);
    }

    static boolean isCommand(String input) {
        return command(input).stripLeading().startsWith("\\");
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE
                && !anyLine.getAsBoolean()
                && !isCommand(line)
                && Statements.in(line, syntax.get()).rest() != null) {
            throw new EOFError(-1, cursor, "no semicolon yet");
        }
        return new Words(line, cursor);
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    /** The input as completion sees it: two words, what stands before the word at the cursor, and that word. */
    private static final class Words implements CompletingParsedLine {
        private final String line;
        private final int cursor;
        private final List<String> words;

        Words(String line, int cursor) {
            this.line = line;
            this.cursor = cursor;
            int start = Suggestions.wordStart(line, cursor);
            words = List.of(line.substring(0, start), line.substring(start, cursor));
        }

        @Override
        public String word() {
            return words.get(wordIndex());
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public int wordIndex() {
            return words.size() - 1;
        }

        @Override
        public List<String> words() {
            return words;
        }

        @Override
        public String line() {
            return line;
        }

        @Override
        public int cursor() {
            return cursor;
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate; // SQL has no escapes between words
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return word().length();
        }
    }
}
