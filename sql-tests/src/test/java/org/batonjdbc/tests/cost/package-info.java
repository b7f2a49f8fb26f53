/** What Baton costs, counted and not timed: calls of the driver, and bytes of the heap. */
package org.batonjdbc.tests.cost;
