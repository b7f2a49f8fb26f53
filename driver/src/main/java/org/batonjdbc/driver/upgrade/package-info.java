/**
 * Carrying out UPGRADE statements: {@link org.batonjdbc.driver.upgrade.UpgradeVerbs} reads their options, calls the store
 * module's upgrade, and puts its answer into the columns that users rely on. Runs in the thread of whoever asked.
 */
package org.batonjdbc.driver.upgrade;
