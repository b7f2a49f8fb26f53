/** What is peculiar to one engine, from outside: its column types, its schema objects, its batches. */
package org.batonjdbc.tests.engine;
