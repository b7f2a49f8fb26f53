/**
 * Connections that get into each other's way all the time, in threads of their own, while the store beneath them is
 * upgraded: start at {@link org.batonjdbc.tests.race.RaceTest}.
 */
package org.batonjdbc.tests.race;
