package org.batonjdbc.shell.session;

import java.util.regex.Pattern;
import org.batonjdbc.driver.sql.Lexer;
import org.batonjdbc.driver.sql.Syntax;
import org.batonjdbc.driver.sql.Token;
import org.batonjdbc.driver.sql.TokenKind;

/**
 * Finds passwords in statements and URLs, so that they enter neither the history nor a message. It errs on the safe
 * side: what merely looks like a password is treated as one.
 */
public final class Secrets {
    private static final int SHORTEST_SECRET = 3;
    private static final String WORD = "(?:password|passwd|pwd|secret)";
    private static final Pattern IN_STATEMENT = Pattern.compile("(?is)\\b(?:" + WORD
            + "|salt|hash)\\b\\s*[=(]?\\s*[xn]?['\"$]" // PASSWORD 'x', SET PASSWORD = PASSWORD('x'), SALT X'00'
            + "|\\bidentified\\s+(?:by|with|via)\\b"
            + "|\\w*" + WORD + "=\\S" // a property of a URL
            + "|//[^/@\\s]*:[^/@\\s]*@" // user:password@host
            + "|^\\s*\\\\(?:set|default)\\s+\\w*" + WORD + "\\w*\\s+\\S"); // a variable
    private static final Pattern VARIABLE =
            Pattern.compile("(?is)^(\\s*\\\\(?:set|default)\\s+\\w*" + WORD + "\\w*\\s+).*");
    private static final Pattern PROPERTY = Pattern.compile("(?i)([;?&(,](?:[\\w.]*)" + WORD + "=)[^;&),]*");
    private static final Pattern USER_INFO = Pattern.compile("(//[^/@:()]*):[^/@()]*@");

    private Secrets() {}

    /** Whether a statement or command may carry a password. */
    public static boolean mayBeIn(String statement) {
        return IN_STATEMENT.matcher(statement).find();
    }

    /** A text about a statement with {@code ***} for each string that stands in the statement. */
    public static String redactStrings(String text, String statement, Syntax syntax) {
        String redacted = text;
        for (Token token : Lexer.tokens(statement, syntax)) {
            if (token.kind() == TokenKind.STRING) {
                String quoted = statement.substring(token.start(), token.end());
                redacted = redacted.replace(quoted, "'***'");
                String inner = quoted.replaceAll("^\\w?[&]?'|'$|^\\$\\w*\\$|\\$\\w*\\$$", "");
                if (inner.length() >= SHORTEST_SECRET) {
                    redacted = redacted.replace(inner, "***"); // engines quote parts of a statement as they like
                }
            }
        }
        return redacted;
    }

    /** A command with {@code ***} for each password. */
    public static String redactCommand(String command) {
        return VARIABLE.matcher(redactUrl(command)).replaceFirst("$1***");
    }

    /** A URL with {@code ***} for each password. */
    public static String redactUrl(String url) {
        return USER_INFO.matcher(PROPERTY.matcher(url).replaceAll("$1***")).replaceAll("$1:***@");
    }
}
