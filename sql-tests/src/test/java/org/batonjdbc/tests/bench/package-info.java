/**
 * What Baton costs beside the raw driver and other wrappers, measured in one run of the same process. Start with
 * {@link org.batonjdbc.tests.bench.Benchmarks}, a program; nothing here is a test, and no test asserts a time.
 */
package org.batonjdbc.tests.bench;
