package org.batonjdbc.driver.management;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.rowset.CachedRowSet;
import org.batonjdbc.driver.upgrade.UpgradeVerbs;
import org.batonjdbc.store.upgrade.Pair;
import org.batonjdbc.store.upgrade.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pair's entry in the platform's MBean server, from the pair's opening to its end. That there is none, because the
 * platform would not have it, is logged and harms nobody else. Thread-safe.
 */
public final class PairRegistration implements PairMXBean, AutoCloseable {
    /** A system property of the process that tells the names of its pairs, so that nobody needs an agent to ask for them. */
    public static final String PROPERTY = "org.batonjdbc.pairs";

    /** What the names of all pairs begin with. */
    public static final String DOMAIN = "org.batonjdbc:type=Pair,name=";

    private static final Logger LOG = LoggerFactory.getLogger(PairRegistration.class);
    private static final int MOST_OF_ONE_NAME = 100;

    private final Pair pair;
    private final UpgradeVerbs verbs;
    private Optional<ObjectName> name = Optional.empty();

    private PairRegistration(Pair pair, UpgradeVerbs verbs) {
        this.pair = pair;
        this.verbs = verbs;
    }

    /** Registers a pair, whose UPGRADE statements these verbs run. */
    public static PairRegistration open(Pair pair, UpgradeVerbs verbs) {
        PairRegistration registration = new PairRegistration(pair, verbs);
        try {
            registration.name = Optional.of(registration.register(ManagementFactory.getPlatformMBeanServer()));
        } catch (JMException | SecurityException e) {
            LOG.warn("pair {} cannot be managed from outside: {}", pair.name(), e.toString());
        }
        return registration;
    }

    /** Under the pair's name, with a number behind it if there is another one of that name. */
    private ObjectName register(MBeanServer server) throws JMException {
        for (int number = 1; ; number++) {
            String plain = number == 1 ? pair.name() : pair.name() + "-" + number;
            ObjectName candidate =
                    new ObjectName(DOMAIN + (plain.matches("[\\w.-]+") ? plain : ObjectName.quote(plain)));
            try {
                server.registerMBean(this, candidate);
                noteNames(server);
                return candidate;
            } catch (InstanceAlreadyExistsException e) {
                if (number == MOST_OF_ONE_NAME) {
                    throw e;
                }
            }
        }
    }

    /** Guarded by the class: two pairs may be opened or closed at the same time. */
    private static synchronized void noteNames(MBeanServer server) throws JMException {
        TreeSet<String> names = new TreeSet<>();
        for (ObjectName name : server.queryNames(new ObjectName(DOMAIN + "*"), null)) {
            names.add(name.getKeyProperty("name"));
        }
        if (names.isEmpty()) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, String.join(",", names));
        }
    }

    @Override
    public synchronized void close() {
        if (name.isEmpty()) {
            return;
        }
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            server.unregisterMBean(name.get());
            name = Optional.empty();
            noteNames(server);
        } catch (JMException | SecurityException e) {
            LOG.warn("pair {} stays in the list of what can be managed: {}", pair.name(), e.toString());
        }
    }

    @Override
    public PairAnswer run(String statement) throws SQLException {
        try (CachedRowSet rows = verbs.run(statement, null, false, new UpgradeVerbs.Caller() {})) {
            return PairAnswer.of(rows);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage(), e.getSQLState()); // the cause's class may not be known over there
        }
    }

    private Status status() {
        return pair.upgrade().status();
    }

    @Override
    public String getPhase() {
        return status().phase().name();
    }

    @Override
    public String getReplication() {
        return status().replication().name();
    }

    @Override
    public String getActive() {
        return status().active();
    }

    @Override
    public String getUpgraded() {
        return status().upgraded();
    }

    @Override
    public long getTables() {
        return status().tables();
    }

    @Override
    public long getRowsCopied() {
        return status().rowsCopied();
    }

    @Override
    public long getRowsTotal() {
        return status().rowsTotal();
    }

    @Override
    public long getChangesCaptured() {
        return status().changesCaptured();
    }

    @Override
    public long getChangesApplied() {
        return status().changesApplied();
    }

    @Override
    public long getChangesPending() {
        return status().changesPending();
    }

    @Override
    public long getLagMillis() {
        return status().lagMillis();
    }

    @Override
    public String getStartedAt() {
        return text(status().startedAt());
    }

    @Override
    public String getSwitchedAt() {
        return text(status().switchedAt());
    }

    @Override
    public Double getPauseMillis() {
        return status().pauseMillis();
    }

    @Override
    public String getError() {
        return status().error();
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
