import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes the part of Baton's JDBC classes that is plain delegation: one interface for each JDBC interface, in which a
 * method that is listed here has a body that calls the delegate's, and any other is declared abstract, JDBC's own
 * default methods too. So the compiler asks for a decision on each of those. Run while building:
 * {@code java Forwards.java <directory>}.
 *
 * <p>Listed is what neither runs SQL nor changes what Baton must remember to go on at another store: a session's
 * state, a statement's parameters and whatever has no getter to read it back. What hands out a connection, statement,
 * result set or database's metadata is never forwarded, for the application must get Baton's.
 */
final class Forwards {
    private static final Set<Class<?>> NEVER_HANDED_OUT =
            Set.of(Connection.class, Statement.class, ResultSet.class, DatabaseMetaData.class);

    private final Class<?> type;
    private final Class<?> parent;
    private final List<String> listed;

    /** Each listed word is a regular expression for a method's name; one that matches no method is an error. */
    private Forwards(Class<?> type, Class<?> parent, String listed) {
        this.type = type;
        this.parent = parent;
        this.listed = List.of(listed.strip().split("\\s+"));
    }

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0], "org/batonjdbc/driver/jdbc"));
        List<Forwards> all = List.of(
                new Forwards(Connection.class, null, "create(Array|Blob|Clob|NClob|SQLXML|Struct).* nativeSQL"),
                new Forwards(Statement.class, null, """
                        (get|set)Fetch(Direction|Size) (get|set)MaxFieldSize (get|set)(Large)?MaxRows
                        (get|set)QueryTimeout getResultSet(Concurrency|Holdability|Type) (is|set)Poolable
                        enquote.* isSimpleIdentifier"""),
                new Forwards(PreparedStatement.class, Statement.class, "getMetaData getParameterMetaData"),
                new Forwards(CallableStatement.class, PreparedStatement.class, "get.* wasNull"),
                new Forwards(ResultSet.class, null, """
                        get.* wasNull findColumn clearWarnings setFetch(Direction|Size)
                        update(?!Row$).* cancelRowUpdates moveToInsertRow moveToCurrentRow row(Deleted|Inserted|Updated)
                        absolute afterLast beforeFirst first last previous relative is(AfterLast|BeforeFirst|First|Last)"""),
                new Forwards(DatabaseMetaData.class, null, """
                        get(?!URL|Driver).* supports.* all.* autoCommit.* data.* deletes.* does.* generated.* inserts.* is.*
                        locators.* null.* others.* own.* stores.* updates.* uses.*"""));
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
        listed.stream()
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
                %s}
                """.formatted(
                        name(type),
                        parent == null ? "" : name(parent) + ", ",
                        type.getName(),
                        parent == null ? "" : "    @Override\n",
                        type.getName(),
                        methods.stream().map(this::declaration).collect(joining()));
    }

    private String declaration(Method method) {
        boolean forwarded = listed.stream().anyMatch(method.getName()::matches)
                && !NEVER_HANDED_OUT.contains(method.getReturnType());
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
                        forwarded ? "default " : "",
                        head,
                        thrown.isEmpty() ? "" : " throws " + thrown,
                        !forwarded
                                ? ";"
                                : " {\n        %sdelegate().%s(%s);\n    }"
                                        .formatted(
                                                method.getReturnType() == void.class ? "" : "return ",
                                                method.getName(),
                                                parameters(method, false)));
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
