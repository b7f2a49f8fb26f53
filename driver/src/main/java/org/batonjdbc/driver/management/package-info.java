/**
 * What an operator sees of a running application's pairs from outside its process: a platform MXBean for each, {@link
 * org.batonjdbc.driver.management.PairMXBean}, which tells where the upgrade stands and runs UPGRADE statements. Its
 * methods run in the threads of the JDK's management agent.
 */
package org.batonjdbc.driver.management;
