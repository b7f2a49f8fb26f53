package org.batonjdbc.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create user ada password 'sesame'",
                "ALTER USER ada SET PASSWORD\n'sesame'",
                "set password = password('sesame')",
                "create user ada salt X'00' hash X'11'",
                "create user ada identified by 'sesame'",
                "\\c jdbc:h2:mem:x;PASSWORD=sesame",
                "\\c jdbc:postgresql://ada:sesame@localhost/shop",
                "\\set password sesame",
                "\\default db_pwd 'sesame'",
                "UPGRADE START TO 'h2:2.5.252@jdbc:h2:mem:x;PASSWORD=sesame'",
                "UPGRADE START WITH (upgraded.password = 'sesame')"
            })
    void statementsWithPasswordsAreFound(String statement) {
        assertThat(Secrets.mayBeIn(statement)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select password from users",
                "select hash, salt from users where name = 'x'",
                "\\c jdbc:postgresql://localhost/shop",
                "\\set customer ada",
                "\\set password"
            })
    void otherStatementsAreKept(String statement) {
        assertThat(Secrets.mayBeIn(statement)).isFalse();
    }

    @Test
    void urlsAreShownWithoutTheirPasswords() {
        assertThat(Secrets.redactUrl("jdbc:h2:mem:x;USER=ada;PASSWORD=sesame;MODE=LEGACY"))
                .isEqualTo("jdbc:h2:mem:x;USER=ada;PASSWORD=***;MODE=LEGACY");
        assertThat(Secrets.redactUrl("jdbc:postgresql://ada:sesame@localhost/shop"))
                .isEqualTo("jdbc:postgresql://ada:***@localhost/shop");
        assertThat(
                        Secrets.redactUrl(
                                "jdbc:baton:failover:(jdbc:h2:mem:a;PASSWORD=sesame),(jdbc:h2:mem:b)?active.password=sesame&ddl=local"))
                .isEqualTo(
                        "jdbc:baton:failover:(jdbc:h2:mem:a;PASSWORD=***),(jdbc:h2:mem:b)?active.password=***&ddl=local");
    }

    @Test
    void aLoginNeverShowsItsPassword() {
        assertThat(new Login("ada", "sesame")).hasToString("user ada");
    }
}
