/** What no compiler checks: which module, and which package, may know which other. */
package org.batonjdbc.tests.architecture;
