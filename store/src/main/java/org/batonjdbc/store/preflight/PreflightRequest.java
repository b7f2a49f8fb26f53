package org.batonjdbc.store.preflight;

import java.util.Set;
import org.batonjdbc.store.Credentials;
import org.batonjdbc.store.StoreUrl;
import org.batonjdbc.store.engine.EngineJars;
import org.batonjdbc.store.engine.Store;

/**
 * The upgrade that is to be checked.
 *
 * @param active the store that serves the application
 * @param activeUser as whom Baton works there
 * @param upgraded the store to build
 * @param upgradedUser as whom Baton works there
 * @param jars where the upgraded store's engine is looked for
 * @param exclude tables to leave out, as the operator wrote them
 * @param tenant tells whose the upgraded store is, if it is there
 */
public record PreflightRequest(
        Store active,
        Credentials activeUser,
        StoreUrl upgraded,
        Credentials upgradedUser,
        EngineJars jars,
        Set<String> exclude,
        Tenant.Reader tenant) {
    public PreflightRequest {
        exclude = Set.copyOf(exclude);
    }
}
