package org.batonjdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:oracle:thin:scott/SECRET@//host:1521/orcl",
                "jdbc:sqlserver://h;password={a;bSECRET};x=1",
                "jdbc:derby:x;encryptionKey=SECRET",
                "jdbc:h2:mem:x;INIT=CREATE USER U PASSWORD 'a ''SECRET'",
                "jdbc:h2:mem:x;INIT=CREATE USER U SALT SECRET HASH SECRET",
                "jdbc:h2:mem:x;PASSWORD=SECRET;PASSWORD_HASH=SECRET",
                "jdbc:mysql://user:SECRET@h/db",
                "jdbc:mysql:address=(host=h)(user=a)(password=SECRET)/db",
                "jdbc:mariadb://h/db?user=a&password=S;SECRET",
                "jdbc:postgresql://h/db?sslpassword=SECRET",
                "jdbc:postgresql://u:SE/CRET@SECRET@h/db",
                "jdbc:snowflake://h?private_key_pwd=SECRET&token=SECRET"
            })
    void noSecretIsShownHoweverTheUrlCarriesIt(String url) throws Exception {
        assertThat(StoreUrl.parse(url).toString())
                .contains("***")
                .doesNotContain("SECRET")
                .doesNotContain("CRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:oracle:thin:@//host:1521/orcl",
                "jdbc:h2:tcp://localhost:9092/~/at@home",
                "jdbc:postgresql://host:5432/db?user=a@b&ssl=true",
                "h2:2.5.252@jdbc:h2:file:/data/password/x;MODE=LEGACY"
            })
    void whatIsNoSecretStays(String url) throws Exception {
        assertThat(StoreUrl.parse(url)).hasToString(url);
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
}
