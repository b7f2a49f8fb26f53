package org.batonjdbc.shell.terminal;

import java.util.function.Supplier;
import org.batonjdbc.driver.sql.Lexer;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.sql.Token;
import org.batonjdbc.shell.completion.SqlWords;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Styles what is being typed, token by token, with the lexer that also cuts it. */
final class SqlHighlighter implements Highlighter {
    private final Supplier<Syntax> syntax;
    private final Supplier<Theme> themes;

    SqlHighlighter(Supplier<Syntax> syntax, Supplier<Theme> themes) {
        this.syntax = syntax;
        this.themes = themes;
    }

    @Override
    public AttributedString highlight(LineReader reader, String input) {
        Theme theme = themes.get();
        if (Input.isCommand(input)) {
            return new AttributedString(input, theme.keyword());
        }
        AttributedStringBuilder styled = new AttributedStringBuilder(input.length());
        for (Token token : Lexer.tokens(input, syntax.get())) {
            String text = input.substring(token.start(), token.end());
            styled.styled(style(token, text, theme), text);
        }
        return styled.toAttributedString();
    }

    private static AttributedStyle style(Token token, String text, Theme theme) {
        return switch (token.kind()) {
            case WORD -> SqlWords.contains(text) ? theme.keyword() : AttributedStyle.DEFAULT;
            case STRING -> theme.string();
            case NUMBER -> theme.number();
            case COMMENT -> theme.comment();
            case QUOTED, PARAMETER, OPERATOR, SPACE -> AttributedStyle.DEFAULT;
        };
    }
}
