package org.batonjdbc.store.catalog;

/** A table's schema and name, exactly as the catalog spells them. */
public record TableName(String schema, String name) implements Comparable<TableName> {
    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** Whether somebody who wrote {@code NAME} or {@code SCHEMA.NAME}, in any case, meant this table. */
    public boolean isMeantBy(String text) {
        return text.equalsIgnoreCase(name) || text.equalsIgnoreCase(toString());
    }

    /** Schema and name joined by a dot, for messages; not quoted, so not for SQL. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
