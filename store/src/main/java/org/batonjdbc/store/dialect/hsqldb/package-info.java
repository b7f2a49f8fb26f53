/** How HSQLDB 2.x, embedded in this process, differs from other engines. */
package org.batonjdbc.store.dialect.hsqldb;
