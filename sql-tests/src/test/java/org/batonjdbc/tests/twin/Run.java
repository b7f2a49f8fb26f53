package org.batonjdbc.tests.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.batonjdbc.tests.fixture.Stores;
import org.batonjdbc.tests.twin.Schema.Mode;
import org.batonjdbc.tests.twin.Step.Operation;

/**
 * One scenario, run twice step by step: through Baton, and on a twin without Baton. After each change of the active store
 * the twin is of the same release as that store.
 */
final class Run implements AutoCloseable {
    /** Something done behind Baton's back once it replicates. */
    interface Sabotage {
        Sabotage NONE = stores -> {};

        void spoil(Stores stores) throws SQLException;
    }

    /** Whether both are compared after each step, which takes long and tells more. */
    private static final boolean WATCHING = Boolean.getBoolean("baton.twin.watch");

    /** A step that fails. */
    static final class Failure extends AssertionError {
        private static final long serialVersionUID = 1L;
        private final transient Step step;

        Failure(String message, Step step, Throwable cause) {
            super(message, cause);
            this.step = step;
        }

        boolean isLike(Failure other) {
            return Objects.equals(step, other.step);
        }
    }

    private final Scenario scenario;
    private final Sabotage sabotage;
    private final Tally tally;
    private final Stores stores;
    private final List<Client> clients = new ArrayList<>();
    private final List<Client> others = new ArrayList<>();
    private final Holdings holdings;
    /** Connections that have done nothing since the last switchover. */
    private final Set<Integer> unmoved = new HashSet<>();

    private Twin twin;
    private Connection twinContents;
    private boolean firstServes = true;
    private boolean moved;
    /** Whether Baton has undone a whole batch, as its manual says, of which the engine keeps a part. */
    private boolean astray;

    Run(Scenario scenario, Stores stores, Sabotage sabotage, Tally tally) {
        this.scenario = scenario;
        this.stores = stores;
        this.sabotage = sabotage;
        this.tally = tally;
        this.holdings = new Holdings(scenario.temporaries());
    }

    /** Throws an AssertionError that says where the two differ. */
    void go() throws SQLException {
        begin();
        boolean replicating = false;
        int number = 0;
        for (Step step : scenario.steps()) {
            if (astray) {
                break;
            }
            number++;
            try {
                if (step instanceof Operation operation) {
                    operate(operation);
                    replicating = true;
                } else if (step instanceof Step.Refused refused) {
                    refuse(refused);
                } else {
                    use((Step.Use) step);
                }
            } catch (AssertionError | SQLException e) {
                throw new Failure("step " + number + " " + step + ": " + e.getMessage(), step, e);
            }
        }
        try {
            endTransactions();
            if (replicating) {
                compare("at the end");
            }
        } catch (AssertionError | SQLException e) {
            throw new Failure(e.getMessage(), null, e);
        }
    }

    private void begin() throws SQLException {
        twin = Twin.empty("1.4.200", settings(true));
        twinContents = twin.connect();
        for (String sql : scenario.schema().ddl()) {
            stores.execute(sql);
            twinContents.createStatement().execute(sql);
        }
        for (int isolation : scenario.isolations()) {
            clients.add(Client.open(stores.connect(), isolation));
            others.add(Client.open(twin.connect(), isolation));
        }
    }

    private String settings(boolean first) {
        return scenario.schema().mode() == Mode.MYSQL ? ";MODE=MySQL" : first ? "" : ";MODE=LEGACY";
    }

    // ---- the operator

    private void operate(Operation operation) throws SQLException {
        endTransactions();
        switch (operation) {
            case START -> stores.execute("UPGRADE START");
            case WAIT_UNTIL_REPLICATING -> {
                stores.execute("UPGRADE WAIT FOR REPLICATING WITH (timeout = '60s')");
                sabotage.spoil(stores);
            }
            case SWITCH, REVERSE -> {
                compare("before " + operation);
                stores.execute("UPGRADE " + operation);
                firstServes = !firstServes;
                moved = true;
                followTo(firstServes ? "1.4.200" : "2.5.252");
            }
        }
    }

    private void endTransactions() throws SQLException {
        for (int i = 0; i < clients.size(); i++) {
            int connection = i;
            Outcome expected = Outcome.of(() -> committed(others.get(connection)));
            assertThat(Outcome.of(() -> committed(clients.get(connection)))).isEqualTo(expected);
        }
    }

    private static String committed(Client client) throws SQLException {
        client.commit();
        return "committed";
    }

    private void followTo(String release) throws SQLException {
        Twin next = Twin.empty(release, settings(firstServes));
        next.become(active(), scenario.schema());
        List<Client> before = List.copyOf(others);
        for (int i = 0; i < others.size(); i++) {
            Client client = Client.open(next.connect(), scenario.isolations().get(i));
            unmoved.add(i);
            holdings.move(before.get(i).connection(), client.connection());
            if (!clients.get(i).autoCommit()) {
                client.begin();
            }
            others.set(i, client);
        }
        twin.close();
        twin = next;
        twinContents = twin.connect();
    }

    private Connection active() throws SQLException {
        return firstServes ? stores.pastBatonToFirst() : stores.pastBatonToSecond();
    }

    private void compare(String when) throws SQLException {
        List<Table> tables = scenario.schema().tables();
        stores.awaitApplied();
        if (!astray) {
            Contents.assertRepeated(when + ", active store and raw engine", tables, active(), twinContents);
        }
        Contents.assertSame(
                when + ", first and second store", tables, stores.pastBatonToFirst(), stores.pastBatonToSecond());
        stores.verifySame();
        compareHoldings(when);
    }

    /** Reading moves a connection to the active store, so it is done as late as it can be. */
    private void compareHoldings(String when) throws SQLException {
        for (int i = 0; i < clients.size() && !astray; i++) {
            assertThat(holdings.of(clients.get(i).connection()))
                    .as("%s, what connection %s holds", when, i)
                    .isEqualTo(holdings.of(others.get(i).connection()));
        }
        endTransactions();
    }

    // ---- the application

    private void refuse(Step.Refused step) {
        Outcome outcome = Outcome.of(() -> clients.get(step.connection())
                .execute(new Step.Execute(step.connection(), Step.Execute.How.PLAIN, Sql.of(step.sql()), false)));
        tally.refused(step);
        assertThat(outcome.state()).as(outcome.toString()).isEqualTo("55000");
    }

    private void use(Step.Use step) throws SQLException {
        Client client = clients.get(step.connection());
        Client other = others.get(step.connection());
        // What moves to another store creates its temporary tables there, for which engines lock their catalog.
        if (unmoved.remove(step.connection()) || step.locks()) {
            commitOthers(step.connection());
        }
        boolean wrapped = client.autoCommit() && (step.isFragile() || seesItsOwnSnapshot(step));
        if (wrapped) {
            client.begin();
            other.begin();
        }
        Outcome expected = Outcome.of(() -> step.on(other));
        Outcome seen = Outcome.of(() -> step.on(client));
        tally.add(step, seen);
        boolean conflict = expected.isLockConflict();
        boolean givenUp = conflict || (step.isFragile() && expected.isError());
        if (isOfNoTemporaryTable(step) && expected.isError() && seen.isRefusal()) {
            // The engine may have committed before it failed.
            client.commit();
            other.commit();
        } else if (givenUp) {
            assertThat(seen.isError()).as("an error like %s", expected).isTrue();
        } else {
            assertSame(seen, expected);
        }
        astray = conflict && !wrapped && client.autoCommit() && isBatch(step);
        if (wrapped) {
            client.end(!seen.isError());
            other.end(!seen.isError());
        } else if (givenUp) {
            client.rollBack();
            other.rollBack();
        }
        if (WATCHING && !astray) {
            Contents.assertRepeated(
                    "right after it", scenario.schema().tables(), client.connection(), other.connection());
        }
    }

    /**
     * Baton runs a batch in autocommit mode as one transaction, and H2 is wrong about MAX of a key that a transaction with a
     * snapshot has changed itself: both are to be wrong in the same way.
     */
    private boolean seesItsOwnSnapshot(Step.Use step) {
        return isBatch(step) && scenario.isolations().get(step.connection()) > Connection.TRANSACTION_READ_COMMITTED;
    }

    /** What the engine fails for want of a table, Baton may refuse before, as it knows only those that were created. */
    private static boolean isOfNoTemporaryTable(Step step) {
        return step instanceof Step.Execute execute
                && execute.sql().text().matches("(?s)(ALTER TABLE|CREATE UNIQUE INDEX|DROP INDEX|TRUNCATE) .*");
    }

    private static boolean isBatch(Step step) {
        return step instanceof Step.Batch || step instanceof Step.TextBatch;
    }

    /** Constraints are in one order as long as both stores were made by the same statements. */
    private void assertSame(Outcome seen, Outcome expected) {
        if (moved) {
            assertThat(seen.withoutOrder()).isEqualTo(expected.withoutOrder());
        } else {
            assertThat(seen).isEqualTo(expected);
        }
    }

    /**
     * Whoever waits for a lock here would wait for itself, as all connections are of one thread, and H2 1.4.200 goes on
     * waiting whatever its lock timeout says. Waiting is for the writers of {@code stress}.
     */
    private void commitOthers(int connection) throws SQLException {
        for (int i = 0; i < clients.size(); i++) {
            if (i != connection && clients.get(i).isBusy()) {
                clients.get(i).commit();
                others.get(i).commit();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            for (Client client : clients) {
                client.rollBack();
            }
            if (twin != null) {
                twin.close();
            }
        } finally {
            stores.close();
        }
    }
}
