package org.batonjdbc.store.dialect.mariadb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.batonjdbc.store.catalog.Column;
import org.batonjdbc.store.catalog.Table;
import org.batonjdbc.store.catalog.TableName;

/**
 * What notes the rows that referential actions change, for which no trigger fires: before a parent row goes or changes, its
 * children, theirs, and so on, are read and noted.
 *
 * <p>Nobody can add a child of the parent meanwhile, because the engine holds the parent's row exclusively and a new child
 * needs a share of it. Deeper down the rows can only be read with a share (a trigger may not lock what its statement uses),
 * so another transaction could add a grandchild in between: at REPEATABLE READ the gaps are locked as well, which keeps it
 * out; below that level such a statement is refused.
 */
final class Walk {
    private static final String TOO_DEEP =
            "this cascades over several tables; while an upgrade runs, do that at isolation REPEATABLE READ";

    private final Notes notes;
    private final Map<TableName, Integer> numbers = new LinkedHashMap<>();
    private final List<ForeignKey> keys;
    private final TableName root;

    Walk(Notes notes, List<ForeignKey> keys, Table root) {
        this.notes = notes;
        for (int i = 0; i < notes.tables().size(); i++) {
            numbers.put(notes.tables().get(i).name(), i);
        }
        this.keys = keys.stream()
                .filter(key -> numbers.containsKey(key.child()) && numbers.containsKey(key.parent()))
                .toList();
        this.root = root.name();
    }

    /** Rows of a table to which one thing happens: they go, or these columns change. */
    private record Node(TableName table, Set<String> changed) {
        static Node gone(TableName table) {
            return new Node(table, Set.of());
        }

        boolean isGone() {
            return changed.isEmpty();
        }

        /** What happens to the children of such a row by that foreign key; null for nothing. */
        Node next(ForeignKey key) {
            if (!key.parent().equals(table)) {
                return null;
            }
            if (isGone()) {
                return !key.actsOnDelete()
                        ? null
                        : key.deletes().equals(ForeignKey.CASCADE)
                                ? gone(key.child())
                                : new Node(key.child(), Set.copyOf(key.columns()));
            }
            boolean touched = key.actsOnUpdate() && key.referenced().stream().anyMatch(changed::contains);
            return touched ? new Node(key.child(), Set.copyOf(key.columns())) : null;
        }
    }

    /** What a BEFORE DELETE trigger runs; empty if nothing cascades. */
    String beforeDelete() {
        return before(Node.gone(root), key -> "TRUE");
    }

    /** What a BEFORE UPDATE trigger runs; empty if nothing cascades. */
    String beforeUpdate() {
        return before(new Node(root, allReferenced()), key -> "NOT (" + equal(key) + ")");
    }

    private Set<String> allReferenced() {
        Set<String> referenced = new HashSet<>(Set.of(""));
        keys.stream().filter(key -> key.parent().equals(root)).forEach(key -> referenced.addAll(key.referenced()));
        return referenced;
    }

    private String before(Node start, Function<ForeignKey, String> condition) {
        Map<Node, Integer> nodes = new LinkedHashMap<>();
        StringBuilder first = new StringBuilder();
        for (ForeignKey key : keys) {
            Node next = start.next(key);
            if (next != null) {
                int node = nodes.computeIfAbsent(next, ignored -> nodes.size() + 1);
                first.append("  IF ").append(condition.apply(key)).append(" THEN\n    ");
                first.append(insert(key.child(), Notes.THERE, node))
                        .append(" FROM ")
                        .append(MariadbNames.quote(key.child()))
                        .append(" c WHERE ")
                        .append(on(key, "c.", "OLD."))
                        .append(" LOCK IN SHARE MODE;\n  END IF;\n");
            }
        }
        String deeper = deeper(nodes);
        if (deeper.isEmpty()) {
            return first.toString();
        }
        return "BEGIN\n  DECLARE baton_start, baton_from, baton_to BIGINT UNSIGNED;\n" + "  SET baton_start = " + last()
                + ", baton_from = baton_start;\n" + first + deeper + "END;\n";
    }

    /** Level after level, until a level brings nothing new. */
    private String deeper(Map<Node, Integer> nodes) {
        StringBuilder edges = new StringBuilder();
        Set<Integer> inner = new HashSet<>();
        List<Node> left = new ArrayList<>(nodes.keySet());
        for (int i = 0; i < left.size(); i++) {
            Node node = left.get(i);
            for (ForeignKey key : keys) {
                Node next = node.next(key);
                if (next != null) {
                    if (!nodes.containsKey(next)) {
                        nodes.put(next, nodes.size() + 1);
                        left.add(next);
                    }
                    inner.add(nodes.get(node));
                    edges.append(edge(nodes.get(node), key, nodes.get(next)));
                }
            }
        }
        if (edges.isEmpty()) {
            return "";
        }
        String range = "n.id > baton_from AND n.id <= baton_to AND n.node ";
        return "  baton_levels: LOOP\n    SET baton_to = " + last() + ";\n"
                + "    IF baton_to = baton_from THEN LEAVE baton_levels; END IF;\n"
                + "    IF @@tx_isolation IN ('READ-UNCOMMITTED', 'READ-COMMITTED') AND EXISTS (SELECT 1 FROM "
                + notes.noted() + " n WHERE " + range + "IN ("
                + inner.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")) THEN\n"
                + "      SIGNAL SQLSTATE '55000' SET MESSAGE_TEXT = " + MariadbNames.literal(TOO_DEEP)
                + ";\n    END IF;\n"
                + edges + "    SET baton_from = baton_to;\n  END LOOP;\n";
    }

    private String edge(int from, ForeignKey key, int to) {
        List<Column> parentKey = table(key.parent()).keyColumns();
        List<Column> childKey = table(key.child()).keyColumns();
        return "    " + insert(key.child(), Notes.THERE, to) + " FROM " + notes.noted() + " n JOIN "
                + MariadbNames.quote(key.parent()) + " p ON "
                + Notes.each(
                        parentKey.size(),
                        i -> "p." + quoted(parentKey.get(i)) + " = "
                                + MariadbValues.fromNote(parentKey.get(i), "n.k" + i),
                        " AND ")
                + " JOIN " + MariadbNames.quote(key.child()) + " c ON " + on(key, "c.", "p.")
                + " WHERE n.id > baton_from AND n.id <= baton_to AND n.node = " + from
                + " AND NOT EXISTS (SELECT 1 FROM " + notes.noted() + " s WHERE s.id > baton_start AND s.node = " + to
                + Notes.each(
                        childKey.size(),
                        i -> " AND s.k" + i + " = "
                                + MariadbValues.noted(childKey.get(i), "c." + quoted(childKey.get(i))),
                        "")
                + ") LOCK IN SHARE MODE;\n";
    }

    /** What an AFTER UPDATE trigger runs: children whose own key has changed with their parent's come by a new one. */
    String afterUpdate() {
        StringBuilder arrivals = new StringBuilder();
        for (ForeignKey key : keys) {
            if (key.parent().equals(root) && key.updates().equals(ForeignKey.CASCADE)) {
                String condition = "  IF NOT (" + equal(key) + ") THEN\n";
                String from = " FROM " + MariadbNames.quote(key.child()) + " c1";
                arrive(arrivals, new ArrayList<>(List.of(key)), from, " WHERE " + on(key, "c1.", "NEW."), condition);
            }
        }
        return arrivals.toString();
    }

    private void arrive(StringBuilder arrivals, List<ForeignKey> path, String from, String where, String condition) {
        ForeignKey last = path.get(path.size() - 1);
        String alias = "c" + path.size();
        boolean moves = table(last.child()).keyColumns().stream()
                .anyMatch(column -> last.columns().contains(column.name()));
        if (moves) {
            arrivals.append(condition)
                    .append("    ")
                    .append(insert(last.child(), Notes.MAYBE, 0).replace("c.`", alias + ".`"))
                    .append(from)
                    .append(where)
                    .append(" LOCK IN SHARE MODE;\n  END IF;\n");
        }
        for (ForeignKey key : keys) {
            boolean follows = key.parent().equals(last.child())
                    && key.updates().equals(ForeignKey.CASCADE)
                    && key.referenced().stream().anyMatch(last.columns()::contains)
                    && path.stream().noneMatch(one -> one.child().equals(key.child()));
            if (follows) {
                List<ForeignKey> longer = new ArrayList<>(path);
                longer.add(key);
                String next = "c" + longer.size();
                arrive(
                        arrivals,
                        longer,
                        from + " JOIN " + MariadbNames.quote(key.child()) + " " + next + " ON "
                                + on(key, next + ".", alias + "."),
                        where,
                        condition);
            }
        }
    }

    private String insert(TableName child, int existed, int node) {
        List<Column> key = table(child).keyColumns();
        return "INSERT INTO " + notes.noted() + "(t, existed, node, " + Notes.each(key.size(), i -> "k" + i, ", ")
                + ") SELECT " + numbers.get(child) + ", " + existed + ", " + node + ", "
                + Notes.each(key.size(), i -> MariadbValues.noted(key.get(i), "c." + quoted(key.get(i))), ", ");
    }

    private String last() {
        return "(SELECT COALESCE(MAX(id), 0) FROM " + notes.noted() + ")";
    }

    private static String on(ForeignKey key, String child, String parent) {
        return IntStream.range(0, key.columns().size())
                .mapToObj(i -> child + MariadbNames.quote(key.columns().get(i)) + " = " + parent
                        + MariadbNames.quote(key.referenced().get(i)))
                .collect(Collectors.joining(" AND "));
    }

    /** Whether an update leaves what the foreign key refers to as it is, to the byte. */
    private static String equal(ForeignKey key) {
        return key.referenced().stream()
                .map(MariadbNames::quote)
                .map(column -> "BINARY OLD." + column + " <=> BINARY NEW." + column)
                .collect(Collectors.joining(" AND "));
    }

    private Table table(TableName name) {
        return notes.tables().get(numbers.get(name));
    }

    private static String quoted(Column column) {
        return MariadbNames.quote(column.name());
    }
}
