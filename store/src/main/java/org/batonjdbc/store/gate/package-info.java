/**
 * Holding the application back for the moment of a switchover, without slowing it down at any other time: start at
 * {@link org.batonjdbc.store.gate.Gate}. Application threads mark their own passes; the thread that switches over closes,
 * drains and opens.
 */
package org.batonjdbc.store.gate;
