package org.batonjdbc.driver.sql;

/**
 * Rewrites a text so that a grammar of standard SQL can read it, whatever the engine: a token that only this engine
 * writes so is replaced by an equally long one of its kind, and a comment by blanks, so that all positions stay. The
 * result is to be parsed for its structure and never to be run.
 */
final class StandIn {
    private final String text;
    private final StringBuilder result;

    private StandIn(String text) {
        this.text = text;
        this.result = new StringBuilder(text.length());
    }

    static String of(String text, Syntax syntax) {
        StandIn standIn = new StandIn(text);
        for (Token token : Lexer.tokens(text, syntax)) {
            standIn.add(token);
        }
        return standIn.result.toString();
    }

    private void add(Token token) {
        String written = token.in(text);
        int length = written.length();
        switch (token.kind()) {
            case COMMENT, SPACE -> result.append(" ".repeat(length));
            case PARAMETER -> result.append('?').append(" ".repeat(length - 1));
            case STRING -> {
                boolean plain = written.charAt(0) == '\'' && written.indexOf('\\') < 0;
                result.append(plain ? written : quoted('\'', length));
            }
            case QUOTED -> result.append('"').append(inside(written)).append('"');
            case WORD -> result.append(written.charAt(0) == '@' ? "?" + " ".repeat(length - 1) : written);
            case OPERATOR -> result.append(operator(written));
            case NUMBER -> result.append(written.indexOf('_') < 0 && !isHex(written) ? written : "1".repeat(length));
        }
    }

    private static boolean isHex(String number) {
        return number.length() > 1 && (number.charAt(1) | 0x20) == 'x';
    }

    private static String quoted(char quote, int length) {
        return length < 2 ? " ".repeat(length) : quote + "_".repeat(length - 2) + quote;
    }

    /** A quoted identifier's inside, in which nothing needs doubling. */
    private static String inside(String written) {
        int open = written.startsWith("\"") || written.startsWith("`") || written.startsWith("[") ? 1 : 3;
        if (written.length() < open + 1) {
            return "_".repeat(Math.max(0, written.length() - 2));
        }
        String inside =
                written.substring(open, written.length() - 1).replace('"', '_').replace('`', '_');
        return inside + "_".repeat(written.length() - 2 - inside.length());
    }

    private static String operator(String written) {
        return switch (written) {
            case "->>" -> "|| ";
            case "->", "&&", "??", ":=", "=>" -> "||";
            case "??|", "??&" -> "|| ";
            case "~", "^", "#", "&", "|", "@", "!", "$" -> "+";
            default -> written;
        };
    }
}
