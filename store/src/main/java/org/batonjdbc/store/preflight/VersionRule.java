package org.batonjdbc.store.preflight;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.batonjdbc.store.dialect.Dialect;

/** The upgraded store's engine is there, is another one than the active store's, and is not older. */
final class VersionRule implements Rule {
    static final String NAME = "engine";
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.upgradedEngine().isPresent();
    }

    @Override
    public void check(Facts facts, Findings findings) throws SQLException {
        Dialect to = facts.to().orElseThrow();
        if (!facts.from().exportsTo(to)) {
            findings.error(
                    NAME,
                    facts.request().upgraded(),
                    "a schema of " + facts.from().engine() + " cannot be carried to " + to.engine(),
                    "name a newer release of " + facts.from().engine());
        }
        if (!facts.from().engine().equals(to.engine())) {
            findings.warning(
                    NAME,
                    facts.request().upgraded(),
                    "it is another engine: users, grants and settings of the "
                            + facts.from().engine() + " store stay behind, and statements may mean something else",
                    "create the users on the upgraded store, and run UPGRADE REHEARSE before the switchover");
            return;
        }
        String active = facts.from().version(facts.active());
        String upgraded =
                facts.to().orElseThrow().version(facts.upgradedEngine().orElseThrow());
        if (compare(upgraded, active) < 0) {
            findings.warning(
                    NAME,
                    facts.request().upgraded(),
                    "the upgraded store's " + facts.from().engine() + " " + upgraded
                            + " is older than the active store's " + active,
                    "if that is a mistake, name the newer engine in UPGRADE START TO");
        }
    }

    @Override
    public String passed(Facts facts) {
        return "the upgraded store's engine is known, and is not older than the active store's";
    }

    /** By their numbers, from left to right. */
    static int compare(String one, String other) {
        Matcher left = NUMBER.matcher(one);
        Matcher right = NUMBER.matcher(other);
        while (true) {
            boolean more = left.find();
            if (more != right.find()) {
                return more ? 1 : -1;
            }
            if (!more) {
                return 0;
            }
            int byNumber = new BigInteger(left.group()).compareTo(new BigInteger(right.group()));
            if (byNumber != 0) {
                return byNumber;
            }
        }
    }
}
