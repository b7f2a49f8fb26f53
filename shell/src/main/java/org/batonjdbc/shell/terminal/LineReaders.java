package org.batonjdbc.shell.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.batonjdbc.shell.session.Configuration;
import org.batonjdbc.shell.session.Session;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** Sets JLine's reader up for statements: of several lines, with completion, colours, history, and suggestions from it. */
final class LineReaders {
    private static final int HISTORY_ENTRIES = 10_000;
    private static final int MOST_CANDIDATES = 200;
    private static final String ACCEPT = "baton-accept-suggestion";

    private LineReaders() {}

    static LineReader open(
            Terminal terminal,
            Session session,
            Configuration configuration,
            Supplier<Theme> themes,
            Completer completer,
            StatusBar bar)
            throws IOException {
        StatementReader reader = new StatementReader(terminal, bar);
        reader.setParser(new Input(session::syntax, reader::isAsking));
        reader.setHighlighter(new SqlHighlighter(session::syntax, themes));
        reader.setCompleter(completer);
        reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "%P    -> ");
        reader.setVariable(LineReader.HISTORY_SIZE, HISTORY_ENTRIES);
        reader.setVariable(LineReader.HISTORY_FILE_SIZE, HISTORY_ENTRIES);
        reader.setVariable(LineReader.INDENTATION, 0);
        reader.setVariable(LineReader.LIST_MAX, MOST_CANDIDATES);
        reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true); // else backslashes vanish
        reader.option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
        reader.option(LineReader.Option.CASE_INSENSITIVE, true);
        reader.option(LineReader.Option.AUTO_MENU_LIST, true);
        Path file = configuration.history();
        try {
            DiscreetHistory.prepare(file);
            reader.setVariable(LineReader.HISTORY_FILE, file);
        } catch (IOException e) {
            session.say("no history will be kept: " + e);
        }
        DiscreetHistory history = new DiscreetHistory();
        reader.setHistory(history);
        history.attach(reader);
        if (!Theme.isPlain(terminal)) {
            suggest(reader, terminal);
        }
        return reader;
    }

    /** The keys that go right take the suggestion at the end of the line. */
    private static void suggest(StatementReader reader, Terminal terminal) {
        reader.suggest();
        reader.getWidgets().put(ACCEPT, (Widget) () -> reader.acceptSuggestionOr(LineReader.FORWARD_CHAR));
        reader.getWidgets().put(ACCEPT + "-line", (Widget) () -> reader.acceptSuggestionOr(LineReader.END_OF_LINE));
        KeyMap<Binding> keys = reader.getKeyMaps().get(LineReader.MAIN);
        keys.bind(new Reference(ACCEPT), KeyMap.ctrl('F'), "\u001b[C", "\u001bOC");
        keys.bind(new Reference(ACCEPT + "-line"), KeyMap.ctrl('E'), "\u001b[F", "\u001bOF");
        String right = KeyMap.key(terminal, Capability.key_right);
        if (right != null) {
            keys.bind(new Reference(ACCEPT), right);
        }
    }
}
