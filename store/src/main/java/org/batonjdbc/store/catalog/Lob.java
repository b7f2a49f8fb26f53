package org.batonjdbc.store.catalog;

/** Stands in a row's image for a large object, which is read from the active store when the change is applied. */
public enum Lob {
    /** The large object is not NULL as far as is known, and its content is fetched by the row's key later. */
    LATER
}
