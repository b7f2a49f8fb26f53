package org.batonjdbc.store.engine;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.function.Consumer;

/**
 * Deregisters the drivers of one class loader. {@link DriverManager} only lets go of a driver that its caller could have
 * loaded, so {@link EngineLoader} defines this class anew in a child of that loader; that is why it speaks JDK types only.
 */
final class DriverRelease implements Consumer<ClassLoader> {
    @Override
    public void accept(ClassLoader engine) {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == engine) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IllegalStateException("the driver " + driver.getClass() + " cannot be deregistered", e);
                }
            }
        }
    }
}
