/** The same statements through Baton and on a raw engine must have the same outcome: see TwinTest. */
package org.batonjdbc.tests.twin;
