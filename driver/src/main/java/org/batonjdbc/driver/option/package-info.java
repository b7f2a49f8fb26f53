/**
 * How the values of options are read, in failover URLs and in the WITH lists of UPGRADE statements alike: start at
 * {@link org.batonjdbc.driver.option.Kind}. Immutable, so safe for any thread.
 */
package org.batonjdbc.driver.option;
