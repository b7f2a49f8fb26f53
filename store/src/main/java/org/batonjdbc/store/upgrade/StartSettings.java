package org.batonjdbc.store.upgrade;

import java.util.Set;
import org.batonjdbc.store.PairCredentials;
import org.batonjdbc.store.StoreUrl;

/**
 * How an upgrade is to be checked or started.
 *
 * @param to the upgraded store; null for the one that the failover URL names
 * @param exclude tables to leave out, as the operator wrote them: {@code NAME} or {@code SCHEMA.NAME}
 * @param credentials with which user Baton works on the stores
 */
public record StartSettings(StoreUrl to, Set<String> exclude, PairCredentials credentials) {
    public StartSettings {
        exclude = Set.copyOf(exclude);
    }
}
