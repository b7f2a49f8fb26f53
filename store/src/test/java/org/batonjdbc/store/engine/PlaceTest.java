package org.batonjdbc.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.batonjdbc.store.StoreUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {
    private static final EngineJars JARS = EngineJars.in(Path.of(System.getProperty("baton.engines")));

    @Test
    void optionsDoNotMakeAnotherStore() throws Exception {
        assertThat(isSame("h2:1.4.200@jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1", "h2:1.4.200@jdbc:h2:mem:orders"))
                .isTrue();
        assertThat(isSame("jdbc:postgresql://host/db?user=a&password=b", "jdbc:postgresql://host/db"))
                .isTrue();
        assertThat(isSame("jdbc:mariadb://ada:sesame@host/db", "jdbc:mariadb://ada:***@host/db"))
                .isTrue();
    }

    @Test
    void filesAreTheSameHoweverTheirPathIsWritten() throws Exception {
        assertThat(isSame("h2:1.4.200@jdbc:h2:/data/orders", "h2:2.5.252@jdbc:h2:file:/data/./x/../orders;MODE=LEGACY"))
                .isTrue();
        assertThat(isSame("jdbc:h2:~/orders", "jdbc:h2:" + System.getProperty("user.home") + "/orders"))
                .isTrue();
        assertThat(isSame("jdbc:hsqldb:file:orders", "jdbc:hsqldb:file:./orders;hsqldb.tx=mvcc"))
                .isTrue();
    }

    @Test
    void anotherPlaceOrAnotherHeapIsAnotherStore() throws Exception {
        assertThat(isSame("jdbc:h2:mem:orders", "jdbc:h2:mem:order")).isFalse();
        assertThat(isSame("jdbc:h2:mem:orders", "jdbc:hsqldb:mem:orders")).isFalse();
        assertThat(isSame("h2:1.4.200@jdbc:h2:mem:orders", "h2:2.5.252@jdbc:h2:mem:orders"))
                .isFalse();
        assertThat(isSame("jdbc:h2:tcp://host/orders", "jdbc:h2:orders")).isFalse();
        assertThat(isSame("jdbc:h2:mem:", "jdbc:h2:mem:")).isFalse();
        assertThat(isSame("jdbc:sqlserver://host;databaseName=a", "jdbc:sqlserver://host;databaseName=b"))
                .isFalse();
    }

    @Test
    void aLinkLeadsToTheSameStoreWhetherItIsThereYetOrNot(@TempDir Path directory) throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        for (String engine : new String[] {"jdbc:h2:file:", "jdbc:h2:nio:", "jdbc:hsqldb:file:"}) {
            assertThat(isSame(engine + real + "/orders", engine + link + "/orders"))
                    .as(engine)
                    .isTrue();
            assertThat(isSame(engine + real + "/new/orders", engine + link + "/new/orders"))
                    .as(engine)
                    .isTrue();
            assertThat(isSame(engine + real + "/orders", engine + link + "/order"))
                    .as(engine)
                    .isFalse();
        }
        Files.createFile(real.resolve("orders.mv.db"));
        Files.createSymbolicLink(real.resolve("alias.mv.db"), real.resolve("orders.mv.db"));
        assertThat(isSame("jdbc:h2:" + real + "/orders", "jdbc:h2:" + link + "/alias"))
                .isTrue();
    }

    @Test
    void oneReleaseOfAnEngineHasOneHeapWhateverItsName() throws Exception {
        Path jar = JARS.find("h2:1.4.200", "jdbc:h2:mem:store").get(0);

        assertThat(isSame("h2:1.4.200@jdbc:h2:mem:orders", "com.h2database:h2:1.4.200@jdbc:h2:mem:orders"))
                .isTrue();
        assertThat(isSame("h2:1.4.200@jdbc:h2:mem:orders", jar + "@jdbc:h2:mem:orders"))
                .isTrue();
        assertThat(isSame("h2:1.4.200@jdbc:h2:mem:orders", "jdbc:h2:mem:orders"))
                .isFalse();
    }

    @Test
    void namesInTheHeapHaveCaseWhereTheEngineSaysSo() throws Exception {
        assertThat(isSame("jdbc:hsqldb:mem:Orders", "jdbc:hsqldb:mem:orders")).isTrue();
        assertThat(isSame("jdbc:hsqldb:hsql://Host/Orders", "jdbc:hsqldb:hsql://host/orders;ifexists=true"))
                .isTrue();
        assertThat(isSame("jdbc:h2:mem:Orders", "jdbc:h2:mem:orders")).isFalse();
    }

    private static boolean isSame(String one, String other) throws Exception {
        return Place.of(StoreUrl.parse(one), JARS).isSame(Place.of(StoreUrl.parse(other), JARS));
    }
}
