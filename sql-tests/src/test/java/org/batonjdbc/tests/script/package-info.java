/** Stories in SQL: scripts whose expected output stands in them, run by Quidem. */
package org.batonjdbc.tests.script;
