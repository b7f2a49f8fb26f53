package org.batonjdbc.shell.command;

import java.sql.SQLException;
import org.batonjdbc.shell.script.Fragment;
import org.batonjdbc.shell.session.Session;
import org.batonjdbc.shell.session.ShellException;

/** Runs everything, one after the other. */
public final class Running implements Treatment {
    private final Session session;

    public Running(Session session) {
        this.session = session;
    }

    @Override
    public void statement(Fragment fragment, String sql) throws SQLException, ShellException {
        session.execute(sql, fragment.vertical());
    }

    @Override
    public boolean wants(Command.Effect effect) {
        return true;
    }
}
