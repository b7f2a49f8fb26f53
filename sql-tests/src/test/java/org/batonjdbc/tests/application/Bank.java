package org.batonjdbc.tests.application;

import java.sql.Connection;
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

    /** Between any two accounts, for which tellers wait for one another; always in the same order, so that none waits for ever. */
    void transfer(Random random) throws SQLException {
        int source = random.nextInt(ACCOUNTS);
        int target = random.nextInt(ACCOUNTS);
        int amount = random.nextInt(50);
        template.inTransaction(session -> {
            for (int account : new int[] {Math.min(source, target), Math.max(source, target)}) {
                int sum = account == source ? -amount : amount;
                session.update(
                        "UPDATE account SET balance = balance + ? WHERE id = ?", source == target ? 0 : sum, account);
            }
            return session.insert(
                    "INSERT INTO transfer(source, target, amount) VALUES (?, ?, ?)", source, target, amount);
        });
    }

    /** In two statements of one transaction, both of which must see the same store at the same moment. */
    long totalInHalves() throws SQLException {
        return template.inTransaction(
                Connection.TRANSACTION_REPEATABLE_READ,
                session -> session.number("SELECT SUM(balance) FROM account WHERE id < ?", ACCOUNTS / 2)
                        + session.number("SELECT SUM(balance) FROM account WHERE id >= ?", ACCOUNTS / 2));
    }

    /** How many accounts have a balance that their transfers do not account for. */
    long unexplained() throws SQLException {
        return template.withoutTransaction(
                session -> session.number("SELECT COUNT(*) FROM account a WHERE balance <> " + OPENING
                        + " - (SELECT COALESCE(SUM(amount), 0) FROM transfer WHERE source = a.id)"
                        + " + (SELECT COALESCE(SUM(amount), 0) FROM transfer WHERE target = a.id)"));
    }

    /** In one statement, so it is true at any moment. */
    long total() throws SQLException {
        return template.withoutTransaction(session -> session.number("SELECT SUM(balance) FROM account"));
    }

    long transfers() throws SQLException {
        return template.withoutTransaction(session -> session.number("SELECT COUNT(*) FROM transfer"));
    }
}
