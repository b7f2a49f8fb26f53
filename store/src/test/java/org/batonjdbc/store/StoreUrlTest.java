package org.batonjdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreUrlTest {
    @Test
    void engineAndOptionsDoNotMakeAnotherStore() throws Exception {
        assertThat(isSame("h2:1.4.200@jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1", "jdbc:h2:mem:orders"))
                .isTrue();
        assertThat(isSame("jdbc:postgresql://host/db?user=a&password=b", "jdbc:postgresql://host/db"))
                .isTrue();
        assertThat(isSame("jdbc:mariadb://ada:sesame@host/db", "jdbc:mariadb://ada:***@host/db"))
                .isTrue();
    }

    @Test
    void anotherPlaceIsAnotherStore() throws Exception {
        assertThat(isSame("jdbc:h2:mem:orders", "jdbc:h2:mem:order")).isFalse();
        assertThat(isSame("jdbc:h2:mem:orders", "jdbc:hsqldb:mem:orders")).isFalse();
    }

    private static boolean isSame(String one, String other) throws Exception {
        return StoreUrl.parse(one).isSameStore(StoreUrl.parse(other));
    }
}
