package org.batonjdbc.store;

import java.util.Properties;

/**
 * User, password and driver properties with which connections of one store are opened; equal ones share a pool.
 * Immutable. Its text names the user only, so that it may appear in logs.
 */
public final class Credentials {
    private final Properties properties;

    /** Copies what it is given, defaults included; {@code user} and {@code password} are ordinary properties. */
    public Credentials(Properties properties) {
        this.properties = new Properties();
        for (String name : properties.stringPropertyNames()) {
            this.properties.setProperty(name, properties.getProperty(name));
        }
    }

    /** A copy that the caller may hand to a driver. */
    public Properties toProperties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    /** The user's name, or an empty string where none was given. */
    public String user() {
        return properties.getProperty("user", "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials that && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    @Override
    public String toString() {
        return "user " + user();
    }
}
