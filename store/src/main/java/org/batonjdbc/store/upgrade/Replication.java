package org.batonjdbc.store.upgrade;

import org.batonjdbc.store.catalog.Catalog;
import org.batonjdbc.store.dialect.CaptureTriggers;
import org.batonjdbc.store.log.ChangeLog;
import org.batonjdbc.store.log.RowEvents;

/**
 * What a connection to the active store has to feed while an upgrade runs. Immutable; a new one takes its place at each
 * switchover, behind the closed gate.
 *
 * @param log takes the changes of each transaction before it commits
 * @param events leads the rows that triggers see to their transactions
 * @param triggers makes images of these rows
 * @param catalog the replicated tables
 */
public record Replication(ChangeLog log, RowEvents events, CaptureTriggers triggers, Catalog catalog) {}
