/** Applications as they are written: with a connection pool, templates and transactions, and knowing nothing of Baton. */
package org.batonjdbc.tests.application;
