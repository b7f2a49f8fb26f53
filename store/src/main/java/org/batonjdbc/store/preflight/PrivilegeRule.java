package org.batonjdbc.store.preflight;

import java.sql.SQLException;

/** Baton's user may do on both stores what an upgrade needs. */
final class PrivilegeRule implements Rule {
    @Override
    public String name() {
        return "privileges";
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        facts.from()
                .missingPrivilege(facts.active())
                .ifPresent(right -> findings.error(
                        name(),
                        facts.request().active(),
                        facts.request().activeUser() + " lacks " + right + " on the active store",
                        "grant it there, or connect as a user who has it"));
        if (facts.target().isPresent()) {
            facts.to()
                    .orElseThrow()
                    .missingPrivilege(facts.target().get())
                    .ifPresent(right -> findings.error(
                            name(),
                            facts.request().upgraded(),
                            facts.request().upgradedUser() + " lacks " + right + " on the upgraded store",
                            "grant it there, or connect with upgraded.user and upgraded.password of a user who has"
                                    + " it"));
        }
    }

    @Override
    public String passed(Facts facts) {
        return facts.request().activeUser() + " may do what an upgrade needs";
    }
}
