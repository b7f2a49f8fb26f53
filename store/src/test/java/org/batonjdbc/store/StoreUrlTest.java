package org.batonjdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreUrlTest {
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
    void noSecretIsShown() throws Exception {
        assertThat(StoreUrl.parse("jdbc:h2:mem:x;PASSWORD=abc&def;MODE=LEGACY").toString())
                .isEqualTo("jdbc:h2:mem:x;PASSWORD=***;MODE=LEGACY");
        assertThat(StoreUrl.parse("jdbc:hsqldb:file:/x;crypt_key=604a61;crypt_type=AES")
                        .toString())
                .isEqualTo("jdbc:hsqldb:file:/x;crypt_key=***;crypt_type=AES");
        assertThat(StoreUrl.parse("jdbc:postgresql://host/db?password=abc&ssl=true")
                        .toString())
                .isEqualTo("jdbc:postgresql://host/db?password=***&ssl=true");
        assertThat(StoreUrl.parse("jdbc:mariadb://ada:sesame@host/db").toString())
                .isEqualTo("jdbc:mariadb://ada:***@host/db");
    }

    private static boolean isSame(String one, String other) throws Exception {
        return StoreUrl.parse(one).isSameStore(StoreUrl.parse(other));
    }
}
