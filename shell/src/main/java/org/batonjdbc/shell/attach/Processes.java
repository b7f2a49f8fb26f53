package org.batonjdbc.shell.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.batonjdbc.driver.management.PairRegistration;

/** The Java processes of this user on this machine in which Baton has a pair. */
public final class Processes {
    private Processes() {}

    /**
     * One of them.
     *
     * @param pairs their names, with commas between them
     * @param program its main class or jar, and what follows
     */
    public record Candidate(String pid, String pairs, String program) {}

    /** All of them. They are asked for their properties; nothing is started in them. */
    public static List<Candidate> withPairs() {
        List<Candidate> found = new ArrayList<>();
        String self = String.valueOf(ProcessHandle.current().pid());
        for (VirtualMachineDescriptor candidate : VirtualMachine.list()) {
            String pairs = candidate.id().equals(self) ? "" : pairs(candidate);
            if (!pairs.isEmpty()) {
                found.add(new Candidate(candidate.id(), pairs, program(candidate)));
            }
        }
        return found;
    }

    /** Empty also for a process that does not answer, for it has just ended, or belongs to somebody else. */
    private static String pairs(VirtualMachineDescriptor candidate) {
        try {
            VirtualMachine machine = VirtualMachine.attach(candidate);
            try {
                return machine.getSystemProperties().getProperty(PairRegistration.PROPERTY, "");
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            return "";
        }
    }

    /** Without its arguments, in which a URL with a password may stand. */
    private static String program(VirtualMachineDescriptor candidate) {
        String name = candidate.displayName();
        int blank = name.indexOf(' ');
        return blank < 0 ? name : name.substring(0, blank);
    }
}
