package org.batonjdbc.driver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.StoreUrl;

/**
 * A failover URL, taken apart: {@code jdbc:baton:failover:(<store>)[,(<store>)][?name=value&...]}. A store's URL may
 * contain anything, parentheses too as long as they are balanced. Immutable; its text shows no password.
 *
 * @param first active until a switchover says otherwise
 * @param second the other store; null if it is named later, by UPGRADE START TO
 */
public record FailoverUrl(StoreUrl first, StoreUrl second, Options options) {
    /** What every URL of this driver begins with. */
    static final String PREFIX = "jdbc:baton:";

    private static final String FAILOVER = PREFIX + "failover:";
    private static final String FORM = "jdbc:baton:failover:(<store>)[,(<store>)][?name=value&...]";

    /** Whether this is a URL for Baton, well formed or not. */
    static boolean isBaton(String url) {
        return url != null && url.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    /**
     * Takes a URL apart.
     *
     * @throws SQLException 22023 saying where it departs from what is allowed
     */
    static FailoverUrl parse(String url) throws SQLException {
        return new Scanner(url).parse();
    }

    @Override
    public String toString() {
        return FAILOVER + "(" + first + ")" + (second == null ? "" : ",(" + second + ")");
    }

    /** Reads a URL from left to right, once. */
    private static final class Scanner {
        private final String url;
        private int at;

        Scanner(String url) {
            this.url = url;
        }

        FailoverUrl parse() throws SQLException {
            if (!url.regionMatches(true, 0, FAILOVER, 0, FAILOVER.length())) {
                at = PREFIX.length();
                throw error("expected failover:");
            }
            at = FAILOVER.length();
            List<StoreUrl> stores = new ArrayList<>();
            stores.add(store());
            if (at < url.length() && url.charAt(at) == ',') {
                at++;
                stores.add(store());
            }
            Options options = Options.parse(options());
            if (stores.size() == 1) {
                return new FailoverUrl(stores.get(0), null, options);
            }
            if (stores.get(0).equals(stores.get(1))) {
                throw SqlState.BAD_OPTION.error("both stores of the URL are " + stores.get(0)
                        + "; the upgraded store must be another one, with an engine or a path of its own");
            }
            return new FailoverUrl(stores.get(0), stores.get(1), options);
        }

        private StoreUrl store() throws SQLException {
            if (at >= url.length() || url.charAt(at) != '(') {
                throw error("expected a store in parentheses");
            }
            int opened = at;
            int depth = 0;
            for (; at < url.length(); at++) {
                char c = url.charAt(at);
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 0) {
                    StoreUrl store = StoreUrl.parse(url.substring(opened + 1, at));
                    at++;
                    return store;
                }
            }
            at = opened;
            throw error("the parenthesis that opens here is not closed");
        }

        private Map<String, String> options() throws SQLException {
            Map<String, String> texts = new LinkedHashMap<>();
            if (at == url.length()) {
                return texts;
            }
            if (url.charAt(at) != '?') {
                throw error("expected ? and options, a second store after a comma, or the end");
            }
            at++;
            for (String pair : url.substring(at).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (pair.isEmpty() && at == url.length()) {
                    break; // a lone ? or a last & is harmless
                }
                if (equals <= 0) {
                    throw error("expected name=value");
                }
                String name = pair.substring(0, equals);
                if (texts.put(name, decode(pair.substring(equals + 1))) != null) {
                    throw error("option " + name + " is given twice");
                }
                at += Math.min(pair.length() + 1, url.length() - at);
            }
            return texts;
        }

        private String decode(String value) throws SQLException {
            try {
                return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw error("a % must be followed by two hexadecimal digits");
            }
        }

        private SQLException error(String what) {
            return SqlState.BAD_OPTION.error(
                    "failover URL, character " + (at + 1) + ": " + what + "; a URL is written " + FORM);
        }
    }
}
