package org.batonjdbc.shell.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store or database by the few words that tell it from others, for places that are short. */
final class StoreName {
    private static final Pattern ENGINE = Pattern.compile("([\\w.:-]+)@(jdbc:.*)");
    private static final Pattern LAST_NAME = Pattern.compile("([\\w.-]+)[/:]*$");

    private StoreName() {}

    /** Such as {@code orders@h2:2.5.252} for a store, or {@code orders} for a plain URL. */
    static String of(String store) {
        Matcher matcher = ENGINE.matcher(store);
        return matcher.matches() ? database(matcher.group(2)) + "@" + matcher.group(1) : database(store);
    }

    private static String database(String url) {
        String path = url.split("[;?]", 2)[0];
        Matcher last = LAST_NAME.matcher(path);
        return last.find() ? last.group(1) : path;
    }
}
