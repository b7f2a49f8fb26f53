package org.batonjdbc.driver;

import java.util.Properties;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.PairCredentials;

/**
 * Splits the properties of a connection between the two stores: a plain one goes to both, {@code active.<name>} to the
 * first of the URL and {@code upgraded.<name>} to the second, each without its prefix and instead of the plain one.
 */
final class SideProperties {
    private static final String FIRST = "active.";
    private static final String SECOND = "upgraded.";

    private SideProperties() {}

    static PairCredentials split(Properties info) {
        Properties given = info == null ? new Properties() : info;
        return new PairCredentials(side(given, FIRST), side(given, SECOND));
    }

    private static Credentials side(Properties info, String prefix) {
        Properties side = new Properties();
        for (String name : info.stringPropertyNames()) {
            if (!name.startsWith(FIRST) && !name.startsWith(SECOND)) {
                side.putIfAbsent(name, info.getProperty(name));
            } else if (name.startsWith(prefix)) {
                side.put(name.substring(prefix.length()), info.getProperty(name));
            }
        }
        return new Credentials(side);
    }
}
