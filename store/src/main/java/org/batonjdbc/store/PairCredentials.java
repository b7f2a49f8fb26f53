package org.batonjdbc.store;

/**
 * With which credentials one user of a pair enters its two stores, by their place in the failover URL, which a switchover
 * does not change.
 *
 * @param first for the store that is named first, the active one until a switchover
 * @param second for the other one
 */
public record PairCredentials(Credentials first, Credentials second) {}
