package org.batonjdbc.driver.sql;

import java.util.Locale;

/**
 * The words that decide what a statement is; all others are names to the classifier. Looked up without making a string,
 * because each word of each new statement is.
 */
enum Keyword {
    ABORT,
    ALTER,
    ANALYSE,
    ANALYZE,
    AND,
    AS,
    ATOMIC,
    AUTOCOMMIT,
    BACKUP,
    BEGIN,
    BINLOG,
    BY,
    CACHE,
    CALL,
    CASE,
    CHAIN,
    CHECK,
    CHECKPOINT,
    CLOSE,
    CLUSTER,
    COMMENT,
    COMMIT,
    COPY,
    CREATE,
    CROSS,
    DEALLOCATE,
    DECLARE,
    DEFAULT,
    DELAYED,
    DELETE,
    DESC,
    DESCRIBE,
    DISCARD,
    DISTINCT,
    DO,
    DROP,
    ELSE,
    END,
    EVENT,
    EXEC,
    EXECUTE,
    EXPLAIN,
    EXPORT,
    FETCH,
    FINAL,
    FLUSH,
    FOR,
    FORMAT,
    FROM,
    FULL,
    FUNCTION,
    GLOBAL,
    GRANT,
    HANDLER,
    HELP,
    HIGH_PRIORITY,
    IF,
    IGNORE,
    IMMEDIATE,
    IMPORT,
    IN,
    INNER,
    INSERT,
    INSTALL,
    INTO,
    IS,
    ISOLATION,
    JOIN,
    KEY,
    KILL,
    LEFT,
    LIKE,
    LIMIT,
    LISTEN,
    LOAD,
    LOCAL,
    LOCK,
    LOOP,
    LOW_PRIORITY,
    MATERIALIZED,
    MERGE,
    MOVE,
    NATURAL,
    NEW,
    NEXT,
    NEXTVAL,
    NO,
    NOT,
    NOTIFY,
    OFF,
    OFFSET,
    OLD,
    ON,
    ONLY,
    OPTIMIZE,
    OR,
    ORDER,
    OUTFILE,
    DUMPFILE,
    OVERRIDING,
    PACKAGE,
    PERFORM,
    PREPARE,
    PROCEDURE,
    PURGE,
    QUICK,
    REASSIGN,
    RECURSIVE,
    REFRESH,
    REINDEX,
    RELEASE,
    RENAME,
    REPAIR,
    REPEAT,
    REPLACE,
    RESET,
    RETURNING,
    REVOKE,
    RIGHT,
    ROLLBACK,
    ROW,
    RUNSCRIPT,
    SAVEPOINT,
    SCRIPT,
    SECURITY,
    SELECT,
    SESSION,
    SET,
    SHARE,
    SHOW,
    SHUTDOWN,
    START,
    STOP,
    TABLE,
    TABLES,
    TEMP,
    TEMPORARY,
    THEN,
    TO,
    TOP,
    TRANSACTION,
    TRANSACTIONAL,
    TRIGGER,
    TRUNCATE,
    UNINSTALL,
    UNLISTEN,
    UNLOCK,
    UPDATE,
    UPGRADE,
    USE,
    USING,
    VACUUM,
    VALUE,
    VALUES,
    WHEN,
    WHERE,
    WHILE,
    WITH,
    WORK,
    XA;

    private static final int SLOTS = 1 << 10;
    private static final Keyword[] TABLE_OF_WORDS = new Keyword[SLOTS];
    private static final int LONGEST;

    private final String word = name().toUpperCase(Locale.ROOT);

    static {
        int longest = 0;
        for (Keyword keyword : values()) {
            int slot = slot(keyword.word, 0, keyword.word.length());
            while (TABLE_OF_WORDS[slot] != null) {
                slot = slot + 1 & SLOTS - 1;
            }
            TABLE_OF_WORDS[slot] = keyword;
            longest = Math.max(longest, keyword.word.length());
        }
        LONGEST = longest;
    }

    /** The keyword that stands in this stretch of the text, in letters of either case; null if it is none. */
    static Keyword at(String text, int start, int end) {
        int length = end - start;
        if (length < 2 || length > LONGEST) {
            return null;
        }
        for (int slot = slot(text, start, end); TABLE_OF_WORDS[slot] != null; slot = slot + 1 & SLOTS - 1) {
            Keyword keyword = TABLE_OF_WORDS[slot];
            if (keyword.word.length() == length && text.regionMatches(true, start, keyword.word, 0, length)) {
                return keyword;
            }
        }
        return null;
    }

    private static int slot(String text, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + (text.charAt(i) & 0xdf);
        }
        return (hash ^ hash >>> 10) & SLOTS - 1;
    }
}
