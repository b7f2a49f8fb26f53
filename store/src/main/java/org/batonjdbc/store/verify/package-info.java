/**
 * Comparing two stores while the application works. Start at {@link org.batonjdbc.store.verify.TableVerify}; only the pair's
 * worker calls it, and it applies changes in between so that what is merely on its way is not taken for a difference.
 */
package org.batonjdbc.store.verify;
