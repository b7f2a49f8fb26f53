package org.batonjdbc.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.batonjdbc.store.StoreUrl;
import org.junit.jupiter.api.Test;

class StoreTest extends OpenStores {
    @Test
    void twoReleasesOfOneEngineLiveSideBySide() throws SQLException {
        String url = memory();

        try (Connection old = open(OLD + url).connect(SA);
                Connection modern = open(NEW + url).connect(SA)) {
            assertThat(old.getMetaData().getDatabaseProductVersion()).startsWith("1.4.200");
            assertThat(modern.getMetaData().getDatabaseProductVersion()).startsWith("2.5.252");
        }
    }

    @Test
    void theStoreKnowsItsDialectAndLoader() throws Exception {
        Store store = open(NEW + memory());

        assertThat(store.dialect()).map(dialect -> dialect.engine()).contains("H2");
        assertThat(store.engineLoader().loadClass("org.h2.Driver"))
                .isSameAs(store.driver().getClass());
        assertThat(store.engineLoader()).isNotSameAs(Store.class.getClassLoader());
    }

    @Test
    void aWrongPasswordShowsTheEnginesExceptionAtOnceAndLeavesNoThread() throws Exception {
        Store store = open(NEW + memory() + ";DB_CLOSE_DELAY=-1");
        store.connect(user("sa", "right")).close();

        assertThatThrownBy(() -> store.connect(user("sa", "wrong"))).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("28000");
            assertThat(e.getClass().getName()).startsWith("org.h2.");
            assertThat(isOfThisThread(e)).isTrue();
        });

        store.release(user("sa", "right"));
        assertThat(threadsLeftOf("baton-h2-2.5.252")).isEmpty();
    }

    @Test
    void aStoreThatDoesNotExistShowsTheEnginesExceptionAtOnce() throws SQLException {
        Store store = open(NEW + "jdbc:h2:mem:none;IFEXISTS=TRUE");

        assertThatThrownBy(() -> store.connect(SA)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(90146);
            assertThat(isOfThisThread(e)).isTrue();
        });
    }

    @Test
    void closingEndsConnectionsInUseAndAllThreads() throws Exception {
        Store store = open(OLD + memory());
        Connection used = store.connect(SA);
        Connection other = store.connect(SA);
        String name = "baton-h2-1.4.200";
        assertThat(threadsOf(name)).isNotEmpty();

        store.close();
        store.close();

        assertThat(threadsLeftOf(name)).isEmpty();
        assertThatThrownBy(() -> run(other, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run(used, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> store.connect(SA)).hasMessageContaining("is closed");
    }

    @Test
    void closingLeavesAMemoryDatabaseInItsEngine() throws SQLException {
        String url = OLD + memory() + ";DB_CLOSE_DELAY=-1";
        Store store = open(url);
        try (Connection connection = store.connect(SA)) {
            run(connection, "CREATE TABLE T(ID INT PRIMARY KEY)");
        }
        store.close();

        Store again = open(url);

        assertThat(hasTable(again, "T")).isTrue();
        again.release(SA);
        assertThat(hasTable(open(url), "T")).isFalse();
    }

    @Test
    void lookingAtAStoreDoesNotCreateIt() throws SQLException {
        Store store = open(NEW + "jdbc:h2:file:" + folder.resolve("none"));

        assertThatThrownBy(() -> store.connectExisting(SA))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(store.dialect().orElseThrow().isAbsent(e))
                                .isTrue());

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noTextShowsThePassword() throws SQLException {
        try (Store store =
                Store.open(StoreUrl.parse(NEW + memory() + ";USER=sa;PASSWORD=secret"), JARS, PoolSettings.STANDARD)) {
            assertThat(store).hasToString(store.url().toString());
            assertThat(store.toString()).contains("jdbc:h2:mem:").doesNotContain("secret");
        }
    }

    @Test
    void withoutAnEngineTheDriverComesFromTheClassPath() throws SQLException {
        Store store = open("jdbc:h2:mem:" + UUID.randomUUID());

        assertThat(store.engineLoader()).isSameAs(Store.class.getClassLoader());
        assertThatThrownBy(() -> open("jdbc:nosuch:x"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
                .hasMessageContaining("jdbc:nosuch:x")
                .hasMessageContaining("h2:2.5.252@");
    }

    @Test
    void anEngineThatDoesNotTakeTheUrlIsNamed() {
        assertThatThrownBy(() -> open(NEW + "jdbc:postgresql://localhost/x"))
                .hasMessageContaining("org.h2.Driver")
                .hasMessageContaining("jdbc:postgresql");
    }
}
