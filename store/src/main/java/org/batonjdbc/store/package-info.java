/**
 * The words that every part of Baton shares: how a store is named and entered, and how errors are reported. Nothing
 * here depends on another package. What happens to a store starts in {@code org.batonjdbc.store.upgrade}.
 */
package org.batonjdbc.store;
