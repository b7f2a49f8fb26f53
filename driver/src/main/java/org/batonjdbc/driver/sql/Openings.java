package org.batonjdbc.driver.sql;

/** Statements of which the first word tells all that matters. */
final class Openings {
    private Openings() {}

    static Draft of(Keyword first, Syntax syntax) {
        boolean ddlCommits = syntax.has(Trait.DDL_COMMITS);
        String verb = first.name();
        return switch (first) {
            case SHOW, HELP -> new Draft(StatementKind.READ, verb, Verdict.PASS);
            // a cursor is open or a table is, for as long as the transaction or session lasts
            case FETCH, MOVE, CLOSE, HANDLER -> new Draft(StatementKind.READ, verb, Verdict.PASS).locking();
            case DEALLOCATE ->
                new Draft(StatementKind.SESSION, verb, Verdict.PASS).commits(syntax.has(Trait.PREPARE_COMMITS));
            case UNLOCK -> new Draft(StatementKind.LOCK, verb, Verdict.PASS).commits(true);
            case ANALYZE, ANALYSE, SCRIPT, OPTIMIZE, REPAIR, CHECK, FLUSH, CACHE, EXPORT ->
                new Draft(StatementKind.ADMIN, verb, Verdict.PASS).commits(ddlCommits);
            case CHECKPOINT, BACKUP ->
                new Draft(StatementKind.ADMIN, verb, Verdict.PASS)
                        .commits(ddlCommits && !syntax.has(Trait.SOME_DDL_LEAVES_OPEN));
            case VACUUM, REINDEX, CLUSTER, NOTIFY, KILL, PURGE -> new Draft(StatementKind.ADMIN, verb, Verdict.PASS);
            case SHUTDOWN, STOP -> new Draft(StatementKind.ADMIN, verb, Verdict.REFUSE).commits(true);
            case RUNSCRIPT, LOAD, IMPORT, BINLOG, PERFORM ->
                new Draft(StatementKind.LOAD, verb, Verdict.REFUSE).commits(ddlCommits);
            default -> Draft.unknown();
        };
    }
}
