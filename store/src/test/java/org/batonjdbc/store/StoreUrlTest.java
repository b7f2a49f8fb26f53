package org.batonjdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreUrlTest {
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
}
