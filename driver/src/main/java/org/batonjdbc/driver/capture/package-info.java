/**
 * Finding, inside the application's own transactions, which rows its statements change: start at
 * {@link org.batonjdbc.driver.capture.Capture}. Runs in the application's threads, one connection's capture in one
 * thread at a time.
 */
package org.batonjdbc.driver.capture;
