/** Upgrades that go wrong, and an application that must not notice: start at {@link org.batonjdbc.tests.failure.UpgradedStoreTest}. */
package org.batonjdbc.tests.failure;
