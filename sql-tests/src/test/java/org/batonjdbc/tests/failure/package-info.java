/** What goes wrong with the upgraded store is the operator's business, never the application's. */
package org.batonjdbc.tests.failure;
