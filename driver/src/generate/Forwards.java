import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the part of Baton's JDBC classes that is plain delegation: one interface for each JDBC interface, in which a
 * method that is listed here has a body, and any other is declared abstract, JDBC's own default methods too. So the
 * compiler asks for a decision on each of those. Run while building: {@code java Forwards.java <directory>}.
 *
 * <p>There are two lists. What neither runs SQL nor changes what Baton must remember is <em>forwarded</em> to the
 * delegate. What sets something that a statement needs again at another store is handed on as an action, to be
 * <em>repeated</em> there: a hook of the interface runs it and keeps it. What the delegate returns goes through a hook
 * where the application could reach a raw object by it: {@code handed} for arrays and untyped objects, {@code result} for
 * the result sets of a database's metadata. Whatever else returns a connection, statement, result set or metadata is
 * never forwarded.
 */
final class Forwards {
    private static final Set<Class<?>> NEVER_HANDED_OUT =
            Set.of(Connection.class, Statement.class, ResultSet.class, DatabaseMetaData.class);

    /** Values of parameters that can be read only once, or mean something only to the connection that made them. */
    private static final Set<Class<?>> TIED = Set.of(
            InputStream.class,
            Reader.class,
            Blob.class,
            Clob.class,
            NClob.class,
            SQLXML.class,
            Array.class,
            Ref.class,
            RowId.class);

    private final Class<?> type;
    private final Class<?> parent;
    private final List<String> forwarded;
    private final List<String> repeated;

    /** Each listed word is a regular expression for a method's name; one that matches no method is an error. */
    private Forwards(Class<?> type, Class<?> parent, String forwarded, String repeated) {
        this.type = type;
        this.parent = parent;
        this.forwarded = words(forwarded);
        this.repeated = words(repeated);
    }

    private static List<String> words(String list) {
        return list.isBlank() ? List.of() : List.of(list.strip().split("\\s+"));
    }

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0], "org/batonjdbc/driver/jdbc"));
        List<Forwards> all = List.of(
                new Forwards(Connection.class, null, "create(Array|Blob|Clob|NClob|SQLXML|Struct).* nativeSQL", ""),
                new Forwards(Statement.class, null, """
                        getFetch(Direction|Size) getMaxFieldSize get(Large)?MaxRows getQueryTimeout
                        getResultSet(Concurrency|Holdability|Type) isPoolable enquote.* isSimpleIdentifier""", """
                        setFetch(Direction|Size) setMaxFieldSize set(Large)?MaxRows setQueryTimeout setPoolable
                        setEscapeProcessing setCursorName"""),
                new Forwards(PreparedStatement.class, Statement.class, "getMetaData getParameterMetaData", "set.*"),
                new Forwards(CallableStatement.class, PreparedStatement.class, "get.* wasNull", "set.* register.*"),
                new Forwards(ResultSet.class, null, """
                        get.* next wasNull findColumn clearWarnings setFetch(Direction|Size)
                        update(?!Row$|Array|Object).* cancelRowUpdates moveToInsertRow moveToCurrentRow
                        row(Deleted|Inserted|Updated) absolute afterLast beforeFirst first last previous relative
                        is(AfterLast|BeforeFirst|First|Last)""", ""),
                new Forwards(DatabaseMetaData.class, null, """
                        get(?!Driver).* supports.* all.* autoCommit.* data.* deletes.* does.* generated.* inserts.* is.*
                        locators.* null.* others.* own.* stores.* updates.* uses.*""", ""));
        for (Forwards forwards : all) {
            Path file = directory.resolve(name(forwards.type) + ".java");
            String source = forwards.source();
            if (!Files.exists(file) || !Files.readString(file).equals(source)) {
                Files.writeString(file, source);
            }
        }
    }

    private String source() {
        List<Method> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName).thenComparing(method -> parameters(method, true)))
                .toList();
        Stream.concat(forwarded.stream(), repeated.stream())
                .filter(word ->
                        methods.stream().noneMatch(method -> method.getName().matches(word)))
                .forEach(word -> {
                    throw new IllegalStateException(type + " has no method " + word);
                });
        return """
                // Written by src/generate/Forwards.java.
                package org.batonjdbc.driver.jdbc;

                /** Calls the delegate for what is plainly forwarded; the abstract methods need a decision of Baton's. */
                @SuppressWarnings("deprecation")
                interface %s extends %s%s {
                %s    %s delegate() throws java.sql.SQLException;
                %s%s}
                """.formatted(
                        name(type),
                        parent == null ? "" : name(parent) + ", ",
                        type.getName(),
                        parent == null ? "" : "    @Override\n",
                        type.getName(),
                        hooks(),
                        methods.stream().map(this::declaration).collect(joining()));
    }

    private String hooks() {
        String throwing = " throws java.sql.SQLException;\n";
        String keep = "\n    void %s(%s, Action<%s> action)" + throwing;
        if (type == Statement.class) {
            return keep.formatted("setting", "String p1", type.getName());
        }
        if (type == PreparedStatement.class) {
            return keep.formatted("repeatable", "int p1", type.getName())
                    + keep.formatted("tied", "int p1", type.getName());
        }
        if (type == CallableStatement.class) {
            return keep.formatted("repeatable", "String p1", type.getName())
                    + keep.formatted("tied", "String p1", type.getName())
                    + "\n    <V> V handed(V value);\n";
        }
        if (type == DatabaseMetaData.class) {
            return "\n    java.sql.ResultSet result(java.sql.ResultSet raw)" + throwing;
        }
        return "\n    <V> V handed(V value);\n";
    }

    private String declaration(Method method) {
        String body = body(method);
        String variables = Arrays.stream(method.getTypeParameters())
                .map(TypeVariable::getName)
                .collect(joining(", "));
        String head = (variables.isEmpty() ? "" : "<" + variables + "> ")
                + method.getGenericReturnType().getTypeName() + " "
                + method.getName() + "(" + parameters(method, true) + ")";
        String thrown =
                Arrays.stream(method.getExceptionTypes()).map(Type::getTypeName).collect(joining(", "));
        return "\n    @Override\n    %s%s%s%s\n"
                .formatted(
                        body == null ? "" : "default ",
                        head,
                        thrown.isEmpty() ? "" : " throws " + thrown,
                        body == null ? ";" : " {\n        " + body + "\n    }");
    }

    /** What a method does; null if that is not for a generator to decide. */
    private String body(Method method) {
        String call = method.getName() + "(" + parameters(method, false) + ")";
        if (repeated.stream().anyMatch(method.getName()::matches)) {
            return repetition(method, call);
        }
        if (forwarded.stream().noneMatch(method.getName()::matches)) {
            return null;
        }
        Class<?> returned = method.getReturnType();
        if (returned == void.class) {
            return "delegate()." + call + ";";
        }
        if (returned == Object.class || returned == Array.class) {
            return "return handed(delegate()." + call + ");";
        }
        if (type == DatabaseMetaData.class && returned == ResultSet.class) {
            return "return result(delegate()." + call + ");";
        }
        return NEVER_HANDED_OUT.contains(returned) ? null : "return delegate()." + call + ";";
    }

    /** Hands the call to a hook: under the method's name, or under the parameter's, which is the first argument. */
    private String repetition(Method method, String call) {
        if (type == Statement.class) {
            return "setting(\"%s\", to -> to.%s);".formatted(method.getName(), call);
        }
        String hook = Arrays.stream(method.getParameterTypes()).anyMatch(TIED::contains) ? "tied" : "repeatable";
        if (type == PreparedStatement.class) {
            return "%s(p1, to -> to.%s);".formatted(hook, call);
        }
        return "%s(\"%s \" + p1, to -> to.%s);".formatted(hook, method.getName().substring(0, 3), call);
    }

    private static String parameters(Method method, boolean typed) {
        Type[] types = method.getGenericParameterTypes();
        return IntStream.range(0, types.length)
                .mapToObj(i -> (typed ? types[i].getTypeName() + " " : "") + "p" + (i + 1))
                .collect(joining(", "));
    }

    private static String name(Class<?> type) {
        return type.getSimpleName() + "Forwards";
    }
}
