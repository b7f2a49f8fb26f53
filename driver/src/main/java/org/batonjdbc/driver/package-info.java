/**
 * What an application names: {@link org.batonjdbc.driver.BatonDriver} by its {@code jdbc:baton:} URLs, or
 * {@link org.batonjdbc.driver.BatonDataSource}. {@link org.batonjdbc.driver.Option} lists what a URL can say. What happens
 * to a statement starts in {@code org.batonjdbc.driver.jdbc}. Everything here runs in the application's threads.
 */
package org.batonjdbc.driver;
