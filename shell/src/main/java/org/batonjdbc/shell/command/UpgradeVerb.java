package org.batonjdbc.shell.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The UPGRADE statements as the help and the completion know them. */
public enum UpgradeVerb {
    CHECK("[TO '<store>']", "look whether an upgrade would work; changes nothing"),
    START("[TO '<store>'] [WITH (name = value, ...)]", "check, build the schema, begin capture and copy"),
    STATUS("", "where the upgrade stands, in one row"),
    PAUSE("", "stop applying; changes accumulate meanwhile"),
    RESUME("", "go on applying"),
    WAIT("FOR <phase> [WITH (timeout = '60s')]", "return when the phase is reached, such as REPLICATING"),
    VERIFY("[TABLE name, ...]", "compare both stores while the application works"),
    REPAIR("[TABLE name, ...]", "copy again what VERIFY found different"),
    REHEARSE("", "compile the application's statements on the upgraded store, and say which would be refused"),
    SWITCH(
            "[DRY RUN] [WITH (drain_timeout = '5s', on_timeout = 'abort' or 'rollback', verify = 'required' or 'skip')]",
            "move the application to the upgraded store"),
    REVERSE("[WITH (...)]", "switch back; no change is lost"),
    COMPLETE("", "stop replicating back and release the old store; this cannot be undone"),
    CANCEL("", "before a switchover: stop, and leave the active store as it was");

    private final String arguments;
    private final String meaning;

    UpgradeVerb(String arguments, String meaning) {
        this.arguments = arguments;
        this.meaning = meaning;
    }

    static Optional<UpgradeVerb> named(String name) {
        return Arrays.stream(values())
                .filter(verb -> verb.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    String usage() {
        return ("UPGRADE " + name() + " " + arguments).strip();
    }

    String meaning() {
        return meaning;
    }
}
