package org.batonjdbc.store.dialect;

/**
 * Something that a store has and an upgrade does not carry to the other store as it is.
 *
 * @param prevents whether rows or statements would come out wrong, so that the upgrade must not begin
 * @param object what it is
 * @param message what is so
 * @param remedy what an operator can do about it
 */
public record Obstacle(boolean prevents, String object, String message, String remedy) {}
