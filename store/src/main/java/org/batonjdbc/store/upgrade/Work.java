package org.batonjdbc.store.upgrade;

/** Background work, one step at a time; every method is called by the pair's worker. */
interface Work {
    /** Nothing to do. */
    Work NONE = () -> 0;

    /**
     * Does a little and returns how many rows it moved; 0 lets the worker rest. Deals with its own errors: the worker has
     * nobody to report them to.
     */
    int step();
}
