package org.batonjdbc.shell.session;

import java.util.Properties;

/** User and password for connections; either may be null. Its text never contains the password. */
public record Login(String user, String password) {
    /** As drivers want it. */
    public Properties toProperties() {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    @Override
    public String toString() {
        return user == null ? "no user" : "user " + user;
    }
}
