package org.batonjdbc.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.batonjdbc.shell.attach.Attached;
import org.batonjdbc.shell.attach.Processes;
import org.batonjdbc.shell.session.Console;
import picocli.CommandLine;

/**
 * {@code baton attach}: without a process it lists those that could be named, with one it is the program itself, with a
 * URL that leads into that process.
 */
final class AttachArguments {
    private static final String HELP = """
            Usage: baton attach
                   baton attach PID[/PAIR] [OPTIONS] [-c SQL]... [-f FILE | -]

            Drives the upgrade of stores that another Java process of this user on this machine has open, without
            anything prepared in it: over the JDK's attach mechanism and the platform MXBean that Baton's driver registers
            for each pair (org.batonjdbc:type=Pair,name=...). No port is opened to the network.

              (nothing)     list the processes that have pairs
              PID           the process
              PAIR          the pair, where the process has more than one

            UPGRADE statements can be run there, and \\watch, scripts and the status bar work as they do elsewhere; other
            SQL is refused. Ctrl-C ends the waiting for a statement, which goes on in its process. OPTIONS are those of
            'baton --help'.

            Examples:
              baton attach 4711
              baton attach 4711 -c 'upgrade status'
              baton attach 4711/orders -f upgrade.sql
            """;

    private AttachArguments() {}

    static boolean isAttach(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("attach");
    }

    static int run(String[] arguments, CommandLine line, Console console) {
        if (arguments.length == 1) {
            return list(console);
        }
        if (Set.of("-h", "--help").contains(arguments[1])) {
            console.out().print(HELP);
            return ExitCode.DONE;
        }
        if (!arguments[1].matches("\\d+(/.+)?")) {
            console.err()
                    .println("baton: attach wants a process, such as 4711 or 4711/orders; '" + arguments[1]
                            + "' is none");
            console.err().println("Try 'baton attach --help'.");
            return ExitCode.NOT_STARTED;
        }
        List<String> rest = new ArrayList<>(Arrays.asList(arguments).subList(2, arguments.length));
        rest.add(Attached.PREFIX + arguments[1]);
        return line.execute(rest.toArray(new String[0]));
    }

    private static int list(Console console) {
        List<Processes.Candidate> found = Processes.withPairs();
        if (found.isEmpty()) {
            console.err().println("baton: no Java process of this user on this machine has a pair of Baton's");
            return ExitCode.NOT_STARTED;
        }
        console.out().printf("%-8s  %-20s  %s%n", "PID", "PAIRS", "PROGRAM");
        for (Processes.Candidate process : found) {
            console.out().printf("%-8s  %-20s  %s%n", process.pid(), process.pairs(), process.program());
        }
        return ExitCode.DONE;
    }
}
