package io.allo.pbx.app.agi;

import java.util.List;

/**
 * One command of the interface. Immutable.
 *
 * @param name its words, in small letters
 * @param syntax what follows them, for the usage text
 * @param purpose what it does, for the usage text
 * @param dead whether it is permitted when the channel is over
 * @param body carries it out and gives the reply, without its line end
 */
record AgiCommand(String name, String syntax, String purpose, boolean dead, Body body) {

    /** Carries a command out. */
    interface Body {
        /**
         * The reply to a command with these arguments.
         *
         * @throws Usage if the arguments are not as they should be
         */
        String run(AgiSession session, List<String> arguments);
    }

    /** The arguments are wrong: the script is told the usage. */
    static final class Usage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Usage() {
            super("usage", null, false, false);
        }
    }

    /** A command that a living channel alone permits. */
    static AgiCommand live(String name, String syntax, String purpose, Body body) {
        return new AgiCommand(name, syntax, purpose, false, body);
    }

    /** A command that is permitted after the hangup too. */
    static AgiCommand always(String name, String syntax, String purpose, Body body) {
        return new AgiCommand(name, syntax, purpose, true, body);
    }

    /** Demands so many arguments. */
    static void need(List<String> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw new Usage();
        }
    }

    /** A whole number. */
    static long number(String text) {
        if (!text.matches("[+-]?[0-9]{1,15}")) {
            throw new Usage();
        }
        return Long.parseLong(text);
    }

    /** What is at an index, "" if nothing. */
    static String optional(List<String> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : "";
    }

    /** Whether it fails when the caller hangs up while it is carried out. */
    boolean endsWithCaller() {
        return !dead && !name.equals("hangup") || name.equals("exec");
    }

    /** The block that explains the usage. */
    String usage() {
        return "520-Invalid command syntax.  Proper usage follows:\nUsage: "
                + (name.toUpperCase(java.util.Locale.ROOT) + " " + syntax).strip() + "\n\t" + purpose
                + "\n520 End of proper usage.";
    }
}
