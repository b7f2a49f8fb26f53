package org.batonjdbc.store.dialect.derby;

import java.lang.StackWalker.Option;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * What Derby calls inside its triggers: the number of the session in which one fires, by which the notes of one
 * transaction are told from those of others; SQL of Derby has no such function. Derby finds it by its name, in the
 * application's class loader or the engine's own, so it asks the engine that calls, and speaks JDK types only.
 *
 * <p>Thread-safe.
 */
public final class CaptureTrigger {
    private static final String SESSIONS = "org.apache.derby.iapi.sql.conn.ConnectionUtil";
    private static final String SESSION = "org.apache.derby.iapi.sql.conn.LanguageConnectionContext";
    private static final StackWalker CALLER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    /** Databases whose changes are not to be captured any more, because the upgrade has failed. */
    private static final Set<Object> LET_THROUGH =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private CaptureTrigger() {}

    /** The number of the session that runs the statement; null if its changes are let through. */
    public static Integer session() throws ReflectiveOperationException {
        ClassLoader engine = CALLER.getCallerClass().getClassLoader();
        Object session = current(engine);
        return LET_THROUGH.contains(ask(engine, session, "getDatabase"))
                ? null
                : (Integer) ask(engine, session, "getInstanceNumber");
    }

    /** Captures the changes of the database in which this is called from now on; or lets them through, if that is true. */
    public static void letThrough(boolean through) throws ReflectiveOperationException {
        ClassLoader engine = CALLER.getCallerClass().getClassLoader();
        Object database = ask(engine, current(engine), "getDatabase");
        if (through) {
            LET_THROUGH.add(database);
        } else {
            LET_THROUGH.remove(database);
        }
    }

    private static Object current(ClassLoader engine) throws ReflectiveOperationException {
        return Class.forName(SESSIONS, true, engine).getMethod("getCurrentLCC").invoke(null);
    }

    private static Object ask(ClassLoader engine, Object session, String method) throws ReflectiveOperationException {
        return Class.forName(SESSION, true, engine).getMethod(method).invoke(session);
    }
}
