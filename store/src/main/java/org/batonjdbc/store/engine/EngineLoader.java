package org.batonjdbc.store.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.batonjdbc.store.SqlState;

/**
 * The class loader in which one release of an engine lives, apart from the application and from other releases. There is
 * one for each set of jars in the JVM, shared by all stores of that engine, because a database in memory lives in the
 * statics of its engine's classes: a second loader would show an empty one. For the same reason closing a store leaves its
 * loader alone; only {@link #release}, after the last store in it was shut down, lets it be collected.
 *
 * <p>Classes named {@code CaptureTrigger...} of Baton's dialects are defined here, not inherited, because the engine loads
 * triggers by name and they implement the engine's own interface.
 *
 * <p>Thread-safe: {@link #LOADED} guards itself and the counts of all loaders, for a few assignments and never during I/O.
 */
final class EngineLoader extends URLClassLoader {
    private static final Map<List<Path>, EngineLoader> LOADED = new HashMap<>();
    private static final String DIALECTS = "org.batonjdbc.store.dialect.";

    static {
        registerAsParallelCapable();
    }

    private final List<Path> jars;

    /** How many open stores have this JDBC URL. */
    private final Map<String, Integer> stores = new HashMap<>();

    /** The JDBC URLs of stores that are or were open, and what they hold in memory may still be there. */
    private final Set<String> residents = new HashSet<>();

    private EngineLoader(List<Path> jars, URL[] urls) {
        super("baton-" + jars.get(0).getFileName(), urls, ClassLoader.getPlatformClassLoader());
        this.jars = jars;
    }

    /** The loader of these jars, made if need be, with one more store in it. */
    static EngineLoader enter(List<Path> jars, String jdbcUrl) throws SQLException {
        URL[] urls = urls(jars);
        synchronized (LOADED) {
            EngineLoader loader = LOADED.computeIfAbsent(jars, key -> new EngineLoader(key, urls));
            loader.stores.merge(jdbcUrl, 1, Integer::sum);
            return loader;
        }
    }

    private static URL[] urls(List<Path> jars) throws SQLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = jars.get(i).toUri().toURL();
            } catch (MalformedURLException e) {
                throw SqlState.BAD_OPTION.error("the engine's jar " + jars.get(i) + " cannot be written as a URL", e);
            }
        }
        return urls;
    }

    /** How many open stores of this engine have that JDBC URL. */
    int open(String jdbcUrl) {
        synchronized (LOADED) {
            return stores.getOrDefault(jdbcUrl, 0);
        }
    }

    /**
     * One store is closed.
     *
     * @param stays whether what it holds in memory may still be there
     */
    void leave(String jdbcUrl, boolean stays) {
        synchronized (LOADED) {
            stores.computeIfPresent(jdbcUrl, (url, count) -> count > 1 ? count - 1 : null);
            if (stays) {
                residents.add(jdbcUrl);
            }
        }
    }

    /** What a store held in memory is gone. */
    void forget(String jdbcUrl) {
        synchronized (LOADED) {
            residents.remove(jdbcUrl);
        }
    }

    /**
     * Deregisters the engine's drivers and closes the loader, unless a store is open in it or may still be in memory.
     *
     * @param end ends what the engine has running
     * @return whether the loader was let go
     */
    boolean release(End end) throws SQLException {
        synchronized (LOADED) {
            if (!stores.isEmpty() || !residents.isEmpty() || !LOADED.remove(jars, this)) {
                return false;
            }
        }
        try {
            end.run();
            deregisterDrivers();
            close();
            return true;
        } catch (IOException | ReflectiveOperationException e) {
            throw SqlState.REFUSED.error("the engine of " + jars + " cannot be released completely", e);
        }
    }

    /** What has to happen while the engine's classes can still be loaded. */
    @FunctionalInterface
    interface End {
        void run() throws SQLException;
    }

    private void deregisterDrivers() throws IOException, ReflectiveOperationException {
        String name = DriverRelease.class.getName();
        try (Child child = new Child(this)) {
            var constructor = child.define(name, ours(name)).getDeclaredConstructor();
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked") // it is our own class, only in another loader
            Consumer<ClassLoader> deregistration = (Consumer<ClassLoader>) constructor.newInstance();
            deregistration.accept(this);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.startsWith(DIALECTS) || !name.contains(".CaptureTrigger")) {
            return super.findClass(name);
        }
        try {
            byte[] code = ours(name);
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** The bytes of a class of Baton's. */
    private static byte[] ours(String name) throws IOException {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream code = EngineLoader.class.getClassLoader().getResourceAsStream(resource)) {
            if (code == null) {
                throw new IOException(resource + " is not in Baton's own jar");
            }
            return code.readAllBytes();
        }
    }

    /** Sees the engine's classes, as the caller of DriverManager.deregisterDriver must. */
    private static final class Child extends URLClassLoader {
        Child(ClassLoader engine) {
            super(new URL[0], engine);
        }

        Class<?> define(String name, byte[] code) {
            return defineClass(name, code, 0, code.length);
        }
    }
}
