/**
 * Writers at full speed, each with its own account of what it has committed, while the store beneath them is upgraded:
 * start at {@link org.batonjdbc.tests.stress.StressTest}.
 */
package org.batonjdbc.tests.stress;
