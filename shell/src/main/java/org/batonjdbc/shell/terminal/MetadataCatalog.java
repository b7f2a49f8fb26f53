package org.batonjdbc.shell.terminal;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.batonjdbc.shell.command.Relations;
import org.batonjdbc.shell.completion.Catalog;
import org.batonjdbc.shell.session.Configuration;
import org.batonjdbc.shell.session.Profiles;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/**
 * The tables and columns of the database that the session is connected to, asked for when they are wanted and remembered
 * until the next input runs. Where the database does not answer, there is nothing to offer.
 */
final class MetadataCatalog implements Catalog {
    private final Session session;
    private final Map<Table, List<Column>> columns = new HashMap<>();
    private List<Table> tables;
    private List<String> schemas;

    MetadataCatalog(Session session) {
        this.session = session;
    }

    /** Forgets what it knows, for a statement may have changed it. */
    void forget() {
        tables = null;
        schemas = null;
        columns.clear();
    }

    @Override
    public List<Table> tables() {
        if (tables == null) {
            tables = new ArrayList<>();
            try {
                for (Relations.Relation relation : new Relations(session).all()) {
                    tables.add(new Table(relation.schema(), relation.name(), relation.type()));
                }
            } catch (SQLException | ShellException e) {
                tables.clear();
            }
        }
        return tables;
    }

    @Override
    public List<String> schemas() {
        if (schemas == null) {
            schemas = new ArrayList<>();
            try (ResultSet rows = about().getSchemas()) {
                while (rows.next()) {
                    schemas.add(rows.getString("TABLE_SCHEM"));
                }
            } catch (SQLException | ShellException e) {
                schemas.clear();
            }
        }
        return schemas;
    }

    @Override
    public List<Column> columns(Table table) {
        return columns.computeIfAbsent(table, this::read);
    }

    private List<Column> read(Table table) {
        List<Column> found = new ArrayList<>();
        try (ResultSet rows =
                about().getColumns(session.connection().getCatalog(), table.schema(), table.name(), "%")) {
            while (rows.next()) {
                if (rows.getString("TABLE_NAME").equals(table.name())) { // in the pattern, an underscore is any letter
                    found.add(new Column(rows.getString("COLUMN_NAME"), rows.getString("TYPE_NAME")));
                }
            }
        } catch (SQLException | ShellException e) {
            found.clear();
        }
        return found;
    }

    @Override
    public Folding folding() {
        try {
            DatabaseMetaData about = about();
            return about.storesUpperCaseIdentifiers()
                    ? Folding.UPPER
                    : about.storesLowerCaseIdentifiers() ? Folding.LOWER : Folding.NONE;
        } catch (SQLException | ShellException e) {
            return Folding.NONE;
        }
    }

    @Override
    public Collection<String> profiles() {
        try {
            return Profiles.read(Configuration.ofProcess().profiles()).names();
        } catch (ShellException e) {
            return List.of(); // what is wrong with the file is said when one of them is used
        }
    }

    private DatabaseMetaData about() throws SQLException, ShellException {
        return session.connection().getMetaData();
    }
}
