package org.batonjdbc.shell.completion;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The words of SQL that the prompt emphasises and completes. */
public final class SqlWords {
    private static final Set<String> WORDS = new TreeSet<>(List.of("""
            ADD ALL ALTER AND ANY AS ASC BEGIN BETWEEN BIGINT BLOB BOOLEAN BY CALL CASCADE CASE CAST CHAR CHECK CLOB COLUMN
            COMMIT CONSTRAINT COUNT CREATE CROSS CURRENT_DATE CURRENT_TIMESTAMP DATE DECIMAL DEFAULT DELETE DESC DISTINCT
            DOUBLE DROP ELSE END EXCEPT EXECUTE EXISTS EXPLAIN FALSE FETCH FIRST FOR FOREIGN FROM FULL FUNCTION GRANT GROUP
            HAVING IDENTITY IF IN INDEX INNER INSERT INT INTEGER INTERSECT INTO IS JOIN KEY LEFT LIKE LIMIT LOCK MAX MERGE
            MIN NATURAL NOT NULL NUMERIC OFFSET ON ONLY OR ORDER OUTER OVER PARTITION PRIMARY REFERENCES REPLACE RESTRICT
            RETURNING REVOKE RIGHT ROLLBACK ROW ROWS SAVEPOINT SCHEMA SELECT SEQUENCE SET SHOW SMALLINT SUM TABLE TEMPORARY
            THEN TIME TIMESTAMP TO TRIGGER TRUE TRUNCATE UNION UNIQUE UPDATE UPGRADE USING UUID VALUES VARBINARY VARCHAR
            VIEW WHEN WHERE WITH
            """.strip().split("\\s+")));

    private SqlWords() {}

    static Set<String> all() {
        return WORDS;
    }

    /** Whether it is one of them, in letters of either case. */
    public static boolean contains(String word) {
        return WORDS.contains(word.toUpperCase(Locale.ROOT));
    }
}
