/** Sizes beyond which something would break if Baton held it in the heap; each in a process with a small heap of its own. */
package org.batonjdbc.tests.limits;
