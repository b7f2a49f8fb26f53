package org.batonjdbc.shell.terminal;

import java.util.List;
import org.batonjdbc.shell.command.Interpreter;
import org.batonjdbc.shell.completion.Suggestion;
import org.batonjdbc.shell.completion.Suggestions;
import org.batonjdbc.shell.session.Session;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers JLine what could stand at the cursor. */
final class Completion implements Completer {
    /** What JLine puts around a candidate and its description. */
    private static final int FRAME = 6;

    private static final int LEAST_ROOM = 10;

    private final Session session;
    private final Interpreter interpreter;
    private final MetadataCatalog catalog;

    Completion(Session session, Interpreter interpreter, MetadataCatalog catalog) {
        this.session = session;
        this.interpreter = interpreter;
        this.catalog = catalog;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        Suggestions suggestions = new Suggestions(
                catalog,
                session.syntax(),
                interpreter.commands(),
                interpreter.variables().all());
        try {
            List<Suggestion> found = suggestions.at(line.line(), line.cursor());
            int widest =
                    found.stream().mapToInt(one -> one.value().length()).max().orElse(0);
            int room = reader.getTerminal().getColumns() - widest - FRAME;
            int rank = 0;
            for (Suggestion one : found) {
                candidates.add(new Candidate(
                        one.value(),
                        one.value(),
                        null,
                        shortened(one.description(), room),
                        null,
                        null,
                        !one.goesOn(),
                        rank++));
            }
        } catch (RuntimeException e) {
            candidates.clear(); // a driver's defect; the Tab key must not end what is being typed
        }
    }

    /** JLine would break what does not fit in the middle of a word; null is no description. */
    private static String shortened(String description, int room) {
        if (description.isEmpty() || room < LEAST_ROOM) {
            return null;
        }
        return description.length() <= room ? description : description.substring(0, room - 1) + "…";
    }
}
