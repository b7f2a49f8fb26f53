package org.batonjdbc.shell.demo;

import java.time.Duration;

/**
 * What a demo shall do.
 *
 * @param from the engine that serves the shop at first, such as {@code h2:1.4.200}
 * @param to the engine that takes over
 * @param name of the embedded stores; two demos in one JVM need two
 * @param engines the directory of the engine jars, or null to have the driver look where it always looks
 * @param rows how many rows the shop begins with
 * @param calm how long the writers work before the upgrade begins, and again after it
 */
public record DemoPlan(String from, String to, String name, String engines, int rows, int writers, Duration calm) {
    /** Whether the demo has a store of that engine. */
    public static boolean knows(String engine) {
        return engine.startsWith("h2:") || engine.startsWith("hsqldb:");
    }

    /** The URL that an application would be given. */
    public String url() {
        return "jdbc:baton:failover:(" + store(from) + "),(" + store(to) + ")"
                + (engines == null ? "" : "?engines=" + engines);
    }

    /** The type of a text that may be long; HSQLDB takes 32 KB for each large object, however short. */
    String longText() {
        return from.startsWith("hsqldb:") || to.startsWith("hsqldb:") ? "VARCHAR(1000)" : "CLOB";
    }

    private String store(String engine) {
        if (engine.startsWith("hsqldb:")) {
            return engine + "@jdbc:hsqldb:mem:" + name + ";hsqldb.tx=mvcc";
        }
        String url = engine + "@jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
        return engine.startsWith("h2:1.") ? url : url + ";MODE=LEGACY";
    }
}
