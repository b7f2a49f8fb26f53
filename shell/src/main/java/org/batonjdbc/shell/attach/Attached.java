package org.batonjdbc.shell.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.batonjdbc.driver.management.PairMXBean;
import org.batonjdbc.driver.management.PairRegistration;

/** The way to a pair in another process: {@code jdbc:baton:attach:<pid>[/<pair>]}. */
public final class Attached {
    /** What the URLs of pairs in other processes begin with. */
    public static final String PREFIX = "jdbc:baton:attach:";

    private static final String UNREACHABLE = "08001";

    private Attached() {}

    /**
     * Connects to a pair in another process.
     *
     * @throws SQLException 08001 with a message that says what is there instead
     */
    public static Connection connect(String url) throws SQLException {
        String[] parts = url.substring(PREFIX.length()).split("/", 2);
        String pid = parts[0];
        JMXConnector connector = open(pid);
        try {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            ObjectName name = choose(server, pid, parts.length == 2 ? parts[1] : null);
            PairMXBean pair = JMX.newMXBeanProxy(server, name, PairMXBean.class);
            return new AttachedConnection(connector, pair, pid, name.getKeyProperty("name")).asConnection();
        } catch (IOException | JMException e) {
            throw closing(connector, unreachable("process " + pid + " cannot be asked: " + e, e));
        } catch (SQLException e) {
            throw closing(connector, e);
        }
    }

    private static SQLException closing(JMXConnector connector, SQLException error) {
        try {
            connector.close();
        } catch (IOException e) {
            error.addSuppressed(e);
        }
        return error;
    }

    @SuppressWarnings(
            "BanJNDI") // the address is the one that the process itself has given through the attach mechanism
    private static JMXConnector open(String pid) throws SQLException {
        try {
            VirtualMachine machine = VirtualMachine.attach(pid);
            try {
                return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw unreachable(
                    "process " + pid + " is no Java process that can be attached to; 'baton attach' lists those", e);
        } catch (IOException e) {
            throw unreachable(
                    "cannot attach to process " + pid + ": " + e.getMessage()
                            + "; it must run on this machine as the same user; 'baton attach' lists those that can be attached to",
                    e);
        }
    }

    private static ObjectName choose(MBeanServerConnection server, String pid, String wanted)
            throws IOException, JMException, SQLException {
        Set<ObjectName> all = server.queryNames(new ObjectName(PairRegistration.DOMAIN + "*"), null);
        List<ObjectName> found = all.stream()
                .filter(name -> wanted == null || name.getKeyProperty("name").equals(wanted))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String names =
                all.stream().map(name -> name.getKeyProperty("name")).sorted().collect(Collectors.joining(", "));
        if (all.isEmpty()) {
            throw unreachable("process " + pid + " has no pair of Baton's", null);
        }
        throw unreachable(
                wanted == null
                        ? "process " + pid + " has several pairs: " + names + "; name one, as in " + pid + "/"
                                + names.replaceAll(",.*", "")
                        : "process " + pid + " has no pair " + wanted + "; it has " + names,
                null);
    }

    private static SQLException unreachable(String message, Exception cause) {
        return new SQLException(message, UNREACHABLE, cause);
    }
}
