/** What cannot be done is said, and changes nothing. */
package org.batonjdbc.tests.refusal;
