package org.batonjdbc.tests.application;

import java.sql.SQLException;
import java.util.Random;

/** A small service: money moves between accounts, so that its sum stays the same, and each move leaves a record. */
final class Bank {
    static final int ACCOUNTS = 60;
    static final int OPENING = 1000;

    private final Template template;

    Bank(Template template) {
        this.template = template;
    }

    void open() throws SQLException {
        template.withoutTransaction(session -> {
            session.update("CREATE TABLE account(id INT PRIMARY KEY, balance DECIMAL(12, 2) NOT NULL)");
            session.update("CREATE TABLE transfer(id IDENTITY PRIMARY KEY, source INT NOT NULL, target INT NOT NULL,"
                    + " amount DECIMAL(12, 2) NOT NULL, FOREIGN KEY (source) REFERENCES account(id))");
            return session.update(
                    "INSERT INTO account SELECT X, " + OPENING + " FROM SYSTEM_RANGE(0, " + (ACCOUNTS - 1) + ")");
        });
    }

    /** Between two accounts of one teller, who has every n-th of them. */
    void transfer(Random random, int teller, int tellers) throws SQLException {
        int source = random.nextInt(ACCOUNTS / tellers) * tellers + teller;
        int target = random.nextInt(ACCOUNTS / tellers) * tellers + teller;
        int amount = random.nextInt(50);
        template.inTransaction(session -> {
            session.number("SELECT balance FROM account WHERE id = ?", source);
            session.update("UPDATE account SET balance = balance - ? WHERE id = ?", amount, source);
            session.update("UPDATE account SET balance = balance + ? WHERE id = ?", amount, target);
            return session.insert(
                    "INSERT INTO transfer(source, target, amount) VALUES (?, ?, ?)", source, target, amount);
        });
    }

    /** In one statement, so it is true at any moment. */
    long total() throws SQLException {
        return template.withoutTransaction(session -> session.number("SELECT SUM(balance) FROM account"));
    }

    long transfers() throws SQLException {
        return template.withoutTransaction(session -> session.number("SELECT COUNT(*) FROM transfer"));
    }
}
