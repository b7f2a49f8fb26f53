package org.batonjdbc.shell.terminal;

import java.util.function.Supplier;
import org.batonjdbc.driver.sql.Lexer;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.sql.Token;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Styles what is being typed, token by token, with the lexer that also cuts it. */
final class SqlHighlighter implements Highlighter {
    private static final AttributedStyle KEYWORD = AttributedStyle.BOLD;
    private static final AttributedStyle STRING = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle NUMBER = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();

    private final Supplier<Syntax> syntax;

    SqlHighlighter(Supplier<Syntax> syntax) {
        this.syntax = syntax;
    }

    @Override
    public AttributedString highlight(LineReader reader, String input) {
        if (Input.isCommand(input)) {
            return new AttributedString(input, KEYWORD);
        }
        AttributedStringBuilder styled = new AttributedStringBuilder(input.length());
        for (Token token : Lexer.tokens(input, syntax.get())) {
            String text = input.substring(token.start(), token.end());
            styled.styled(style(token, text), text);
        }
        return styled.toAttributedString();
    }

    private static AttributedStyle style(Token token, String text) {
        return switch (token.kind()) {
            case WORD -> SqlWords.contains(text) ? KEYWORD : AttributedStyle.DEFAULT;
            case STRING -> STRING;
            case NUMBER -> NUMBER;
            case COMMENT -> FAINT;
            case QUOTED, PARAMETER, OPERATOR, SPACE -> AttributedStyle.DEFAULT;
        };
    }
}
